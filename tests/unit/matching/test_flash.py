"""Flash mentoring: one question goes with the request, a yes begins at once, and the pair closes by itself."""

import json
from typing import Any

import pytest

from services.matching.contracts.pairs import PAIRS, CloseReason, PairState
from services.matching.contracts.programmes import Format, Gate
from services.matching.domain.cadence import BadCadence
from services.matching.domain.choice import DeclineReason
from services.matching.domain.flash import NoQuestion, NotForFlash
from services.matching.domain.pair import Pair
from services.matching.domain.programme import Programme
from services.surveys.contracts.journeys import ConcludedBecause, JourneyConcluded
from tests.unit.matching.builders import an_active_pair, told
from tests.unit.matching.house import COORDINATOR, MONDAY, MatchingHouse
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_
from tests.unit.matching.test_requests import E1, E2, M1, M2, MENTEES, MENTORS

QUESTION = "How did you survive your first budget?"


@pytest.fixture
def flash(house: MatchingHouse) -> Programme:
    mentors = [{**one, "languages": "en"} for one in MENTORS]
    mentees = [{**one, "languages": "en"} for one in MENTEES]
    return house.a_full_programme(mentors, mentees, template="flash")


def a_pair(house: MatchingHouse, programme: Programme) -> Pair:
    request = house.matching.requests.open(programme.id, E1, [M1, M2], QUESTION)
    house.settle()
    made = house.matching.requests.accept(request.id, M1)
    house.settle()
    return house.matching.pairs.get(made.id)


def done(pair: Pair) -> JourneyConcluded:
    return JourneyConcluded(journey_id="j", pair_id=pair.id, programme_id=pair.programme_id,
                            because=ConcludedBecause.ANSWERED)


@pytest.mark.feature("C14")
@pytest.mark.feature("S4.6")
def test_a_mentee_asks_one_question_and_a_yes_begins_at_once(house: MatchingHouse, flash: Programme) -> None:
    pair = a_pair(house, flash)

    assert (pair.state, pair.gates, pair.one_question) == (PairState.ACTIVE, (), QUESTION)
    assert house.told(PAIRS.name) == ["pair-created", "pair-activated"]


@pytest.mark.parametrize("question", ["", "   \n"])
def test_without_a_question_nobody_is_asked(house: MatchingHouse, flash: Programme, question: str) -> None:
    with pytest.raises(NoQuestion):
        house.matching.requests.open(flash.id, E1, [M1], question)


def test_requests_of_other_programmes_carry_none(house: MatchingHouse) -> None:
    usual = house.a_full_programme(MENTORS, MENTEES, requests_allowed=True)

    with pytest.raises(NoQuestion):
        house.matching.requests.open(usual.id, E1, [M1], QUESTION)


@pytest.mark.feature("C14")
def test_the_question_is_in_no_event_and_no_log(house: MatchingHouse, flash: Programme, as_: As,
                                                capfd: pytest.CaptureFixture[str]) -> None:
    made = as_(E1)("POST", f"/programmes/{flash.id}/requests", {"mentor_ids": [M1], "one_question": QUESTION})
    house.settle()
    as_(M1)("POST", f"/requests/{made.json['id']}/acceptance")
    house.settle()

    heard = list(house.log.read(house.world.topics))
    logged = capfd.readouterr()

    assert len(heard) > 10
    assert not any("budget" in json.dumps(getattr(one, "data", None), default=str) for one in heard)
    assert "budget" not in logged.out + logged.err


@pytest.mark.feature("C14")
def test_it_is_read_by_the_mentee_and_whoever_may_answer(house: MatchingHouse, flash: Programme, as_: As) -> None:
    request = house.matching.requests.open(flash.id, E1, [M1, M2], QUESTION)
    house.settle()

    def seen(person: str, *roles: str) -> Any:
        answer = as_(person, *roles).get(f"/requests/{request.id}")
        return answer.json.get("one_question") if answer.status_code == 200 else answer.status_code

    assert [seen(one) for one in (E1, M1, M2, E2, COORDINATOR)] == [QUESTION, QUESTION, 404, 404, ""]
    house.matching.requests.decline(request.id, M1, DeclineReason.NO_TIME, "")
    assert [seen(one) for one in (M1, M2)] == ["", QUESTION]
    pair = house.matching.requests.accept(request.id, M2)
    house.settle()

    place = f"/pairs/{pair.id}/question"
    answers = {one: as_(one).get(place) for one in (E1, M2, M1, COORDINATOR)}
    assert [answers[one].json["text"] for one in (E1, M2)] == [QUESTION] * 2
    assert [answers[one].status_code for one in (M1, COORDINATOR)] == [404, 404]
    assert QUESTION not in as_(COORDINATOR).get(f"/pairs/{pair.id}").text
    assert QUESTION not in as_(COORDINATOR).get(f"/programmes/{flash.id}/requests").text


def test_it_is_exported_to_the_two_and_goes_when_one_is_forgotten(house: MatchingHouse, flash: Programme) -> None:
    pair = a_pair(house, flash)

    def exported(person: str, reader: str) -> str:
        return json.dumps(house.matching.exporting.of(person, reader)["pairs"], default=str)

    assert [QUESTION in exported(M1, reader) for reader in (M1, "the-office")] == [True, False]

    house.matching.erasures.ask(E1, "the-office")
    house.settle()
    house.pass_time(days=1)

    assert house.matching.pairs.get(pair.id).one_question == ""
    assert [one.one_question for one in house.matching.requests.store.each({})] == [""]


@pytest.mark.feature("C14")
def test_it_closes_when_surveys_says_that_it_is_done(house: MatchingHouse, flash: Programme) -> None:
    pair = a_pair(house, flash)

    house.tell(done(pair))

    closed = house.matching.pairs.get(pair.id)
    assert (closed.state, closed.reason) == (PairState.CLOSED, CloseReason.COMPLETED)
    assert house.matching.pairs.seating.require_apart(flash.id, M1, E1) is None, "the seats are free again"


@pytest.mark.feature("C14")
def test_repeated_words_and_a_killed_worker_close_it_once(house: MatchingHouse, flash: Programme) -> None:
    pair = a_pair(house, flash)
    house.world.tell(done(pair))
    house.worker.stop()
    house.worker = house.a_worker()
    house.settle()

    house.tell(done(pair))
    house.world.again()
    house.settle()

    told_once = {one.id for one in house.world.heard(PAIRS.name) if one.type == "mentoring.pair-closed.v1"}
    assert len(told_once) == 1


@pytest.mark.parametrize("state", ["active", "paused", "closed"])
def test_whatever_was_pressed_meanwhile_it_is_complete_at_most_once(state: str) -> None:
    pair = an_active_pair()
    if state == "paused":
        pair.pause("mentor", MONDAY)
    if state == "closed":
        pair.close(CloseReason.ENDED_EARLY, "mentor", MONDAY)
    pair.recorded.clear()

    pair.conclude(MONDAY)
    pair.conclude(MONDAY)

    assert told(pair) == ([] if state == "closed" else ["pair-closed"])


def test_its_settings_ask_for_nothing_before_and_end_after_the_check_in(house: MatchingHouse, flash: Programme) -> None:
    change = house.matching.programmes.change

    with pytest.raises(NotForFlash):
        change(flash.id, {"gates": (Gate.GOAL,)}, None)
    with pytest.raises(BadCadence):
        change(flash.id, {"close_days": 3}, None)
    with pytest.raises(BadCadence):
        change(flash.id, {"close_days": 0}, None)
    assert change(flash.id, {"close_days": 21}, None).plan.cadence.close_days == 21


def test_its_events_say_what_it_is(house: MatchingHouse, flash: Programme) -> None:
    usual = house.a_programme()

    said = {one.key: (one.data["format"], one.data["close_days"]) for one in house.world.heard(
        "mentoring.programmes.v1") if one.data}

    assert said == {flash.id: ("flash", 14), usual.id: ("pairs", 14)}
    assert (flash.format, usual.format) == (Format.FLASH, Format.PAIRS)
