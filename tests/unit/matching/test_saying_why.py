"""Why a pair never began, and why one ended: a code of whoever says it, private, and counted."""

from contextlib import nullcontext
from typing import Any

import orjson
import pytest

from services.matching.contracts.closings import CLOSINGS, PartingReason
from services.matching.contracts.pairs import PAIRS, CloseReason, PairState
from services.matching.domain.choice import DeclineReason
from services.matching.domain.pair import AlreadyDecided, Pair
from services.matching.domain.parting import DeclineNeedsReason, NotTheirReason, Parting, Refusal
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from shared.audit.trail import Wanted
from shared.kernel.errors import NotFound
from tests.unit.matching.builders import SEATS, a_created_pair, a_proposed_pair, an_active_pair, told
from tests.unit.matching.house import MONDAY, MatchingHouse
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_

MIA, EVA = person_id("m1"), person_id("e1")
NO = {"reason": "no-time", "note": "I have two already."}
WHY = {"reason": "ended-early", "why": "no-contact", "note": "She never answers."}


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    return house.a_full_programme()


def proposed(house: MatchingHouse, programme: Programme, mentor: str = MIA, mentee: str = EVA) -> Pair:
    return house.matching.pairs.propose(programme.id, mentor, mentee, "carla")


def said_no(by: str, reason: DeclineReason = DeclineReason.NO_TIME) -> Refusal:
    return Refusal(reason=reason, note="", by=by, at=MONDAY)


@pytest.mark.feature("C17")
@pytest.mark.parametrize("who", [MIA, EVA])
def test_one_of_the_two_declines_a_proposal_with_a_reason_alone(house: MatchingHouse, as_: As, programme: Programme,
                                                                who: str) -> None:
    place = f"/pairs/{proposed(house, programme).id}"

    unsaid = as_(who)("POST", f"{place}/closure", {"reason": "declined"})
    unknown = [as_(who)("POST", f"{place}/refusal", body).status_code for body in ({}, {"reason": "bored"})]
    said = as_(who)("POST", f"{place}/refusal", NO, Idempotency_Key="once")
    again = as_(who)("POST", f"{place}/refusal", NO, Idempotency_Key="once")
    late = as_(who)("POST", f"{place}/refusal", NO)

    assert (unsaid.status_code, unsaid.json["code"], unknown) == (422, "decline-needs-reason", [422, 422])
    assert (said.json["state"], said.json["reason"], again.json) == ("closed", "declined", said.json)
    assert late.status_code == 409


@pytest.mark.feature("C17")
def test_why_is_read_by_nobody_else_and_the_text_is_optional(house: MatchingHouse, as_: As,
                                                             programme: Programme) -> None:
    pair = proposed(house, programme)
    as_(MIA)("POST", f"/pairs/{pair.id}/refusal", NO)
    house.settle()
    as_(EVA)("POST", f"/pairs/{proposed(house, programme, person_id('m2')).id}/refusal", {"reason": "other"})
    house.settle()

    read = [as_(who).get(path).text for who in (EVA, "carla", MIA)
            for path in (f"/pairs/{pair.id}", f"/pairs/{pair.id}/timeline")]
    heard = [str(one) for topic in (PAIRS, CLOSINGS) for one in house.world.heard(topic.name)]
    logged = [str(one) for one in house.backbone.trail.each(Wanted())]
    assert not [text for text in (*read, *heard, *logged) if "no-time" in text or "two already" in text]
    hers, his = (orjson.dumps(as_(who).get(f"/people/{who}/export").json).decode() for who in (EVA, MIA))
    assert ("two already" in hers, "two already" in his) == (False, True)


@pytest.mark.feature("C17")
def test_refusals_of_proposals_are_counted_with_those_of_requests(house: MatchingHouse, as_: As) -> None:
    people = [{"id": f"{side}{n}", "name": f"{side} {n}", "email": f"{side}{n}@example.org", "manager": f"x{side}{n}"}
              for side in "me" for n in range(1, 21)]
    programme = house.a_full_programme(people[:20], people[20:], requests_allowed=True)
    for n in range(1, 21):
        mentor, mentee = person_id(f"m{n}"), person_id(f"e{n}")
        reason = DeclineReason.NO_TIME if n % 2 else DeclineReason.TOO_CLOSE
        if n > 4:
            pair = proposed(house, programme, mentor, mentee)
            house.matching.pairs.refuse(pair.id, mentee if n % 3 else mentor, reason, "")
        else:
            request = house.matching.requests.open(programme.id, mentee, [mentor])
            house.matching.requests.decline(request.id, mentor, reason, "")

    counts = as_("carla").get(f"/programmes/{programme.id}/requests/refusals").json["declined"]

    assert counts == {"no-time": 10, "too-close": 10}


def test_a_stranger_refuses_nothing_and_a_coordinator_takes_a_proposal_back_without_a_reason(
        house: MatchingHouse, as_: As, programme: Programme) -> None:
    place = f"/pairs/{proposed(house, programme).id}"

    strangers = [as_(who)("POST", f"{place}/refusal", NO).status_code for who in ("otto", "carla", person_id("e2"))]
    taken_back = as_("carla")("POST", f"{place}/closure", {"reason": "declined"})

    assert (strangers, taken_back.json["reason"]) == ([404, 404, 404], "declined")


def test_only_a_proposal_is_refused_by_one_of_its_two() -> None:
    pair = a_proposed_pair()
    with pytest.raises(NotFound):
        pair.refuse(said_no("stranger"), MONDAY)
    with pytest.raises(DeclineNeedsReason):
        pair.end(CloseReason.DECLINED, None, "mentee", MONDAY)
    pair.accept("mentor", SEATS, MONDAY)

    pair.refuse(said_no("mentee"), MONDAY)

    assert (pair.reason, told(pair)) == (CloseReason.DECLINED, ["pair-accepted", "pair-closed"])
    with pytest.raises(AlreadyDecided):
        an_active_pair().refuse(said_no("mentee"), MONDAY)


def test_whoever_is_forgotten_leaves_the_code_of_a_refusal_alone() -> None:
    pair = a_proposed_pair()
    pair.refuse(Refusal(reason=DeclineReason.OTHER, note="My name is Eva.", by="mentee", at=MONDAY), MONDAY)

    pair.forget("mentee")

    assert pair.refusal == Refusal(reason=DeclineReason.OTHER, note="", by="", at=MONDAY)


def test_who_ends_a_pair_may_say_why_to_coordinators(house: MatchingHouse, as_: As, programme: Programme) -> None:
    house.a_published_run(programme)
    pair = house.pairs(programme)[0]

    ended = as_(pair.mentor_id)("POST", f"/pairs/{pair.id}/closure", WHY)
    house.settle()

    assert ended.json["state"] == "closed"
    assert as_("carla").get(f"/pairs/{pair.id}/parting").json == {
        "reason": "no-contact", "note": "She never answers.", "by": pair.mentor_id}
    [event] = house.world.heard(CLOSINGS.name)
    assert (event.key, event.data) == (
        pair.id, {"pair_id": pair.id, "programme_id": programme.id, "reason": "no-contact"})
    others = [str(one) for one in house.world.heard(PAIRS.name)] + [as_(pair.mentee_id).get(path).text for path in (
        f"/pairs/{pair.id}", f"/pairs/{pair.id}/timeline")]
    assert not [text for text in others if "no-contact" in text or "never answers" in text]


@pytest.mark.parametrize("who", [MIA, EVA, "carla"])
def test_nobody_says_that_somebody_left(house: MatchingHouse, as_: As, programme: Programme, who: str) -> None:
    house.a_published_run(programme)
    place = f"/pairs/{house.pair_of(programme, 'e1').id}"

    answers = [as_(who)("POST", f"{place}/closure", {"reason": f"{role}-left"}) for role in ("mentor", "mentee")]

    assert {(one.status_code, one.json["code"]) for one in answers} == {(422, "reason-not-yours")}
    assert as_(who).get(place).json["reason"] is None


@pytest.mark.parametrize(("by", "last_weeks", "may"), [
    ("mentor", False, False), ("mentee", False, False), ("mentee", True, True), ("carla", False, True)])
def test_the_two_complete_a_pair_in_its_last_weeks_and_a_coordinator_at_any_time(by: str, last_weeks: bool,
                                                                                  may: bool) -> None:
    pair = an_active_pair()
    pair.close_from(MONDAY if last_weeks else None, MONDAY)

    with nullcontext() if may else pytest.raises(NotTheirReason):
        pair.end(CloseReason.COMPLETED, None, by, MONDAY)

    assert pair.reason is (CloseReason.COMPLETED if may else None)


def test_what_has_not_begun_is_completed_by_nobody_of_the_two() -> None:
    pair = a_created_pair()
    pair.close_from(MONDAY, MONDAY)

    with pytest.raises(NotTheirReason):
        pair.end(CloseReason.COMPLETED, None, "mentee", MONDAY)

    assert not pair.may_complete


@pytest.mark.parametrize(("parting", "news"), [
    (None, ["pair-closed"]),
    (Parting(reason=PartingReason.OTHER, by="mentee"), ["pair-closed", "closing-reason-given"])])
def test_a_reason_is_told_when_there_is_one(parting: Parting | None, news: list[str]) -> None:
    pair = an_active_pair()

    pair.end(CloseReason.ENDED_EARLY, parting, "mentee", MONDAY)

    assert (pair.state, told(pair)) == (PairState.CLOSED, news)


def test_a_wish_for_another_mentor_afterwards_keeps_what_was_said(house: MatchingHouse) -> None:
    said: Any = Parting(reason=PartingReason.NO_FIT, by="mentee")
    pair = an_active_pair()
    pair.end(CloseReason.ENDED_EARLY, said, "mentee", MONDAY)

    pair.ask_for_rematch("mentee", None, MONDAY)

    assert (pair.parting, told(pair)) == (said, ["pair-closed", "closing-reason-given", "rematch-requested"])
