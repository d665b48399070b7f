"""Somebody leaves a programme, or is taken out of it, and is matched no more."""

import pytest

from services.matching.contracts.pairs import CloseReason
from services.matching.contracts.participants import PARTICIPANTS, ParticipantState, Role
from services.matching.contracts.taking_part import TAKING_PART
from services.matching.domain.circle import Shape
from services.matching.domain.departure import DepartureReason
from services.matching.domain.participant import application_id
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from tests.unit.matching.house import MENTORS, MatchingHouse, as_csv
from tests.unit.matching.test_applications import ANNA, an_application, decided, people
from tests.unit.matching.test_audit import told as audited
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_
from tests.unit.matching.test_requests import a_programme, a_request

E1, M1 = person_id("e1"), person_id("m1")


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    """Full of people who came by a file."""
    return house.a_full_programme(gates=())


def part(programme: Programme, who: str, role: Role) -> str:
    return application_id(programme.id, who, role)


@pytest.mark.feature("S4.5")
@pytest.mark.parametrize("by", [E1, "carla"])
def test_whoever_leaves_or_is_taken_out_is_matched_no_more(house: MatchingHouse, as_: As, programme: Programme,
                                                           by: str) -> None:
    its = part(programme, E1, Role.MENTEE)
    place = f"/participants/{its}/departure"

    gone, again = (as_(by)("POST", place, {"reason": "no-time"}, Idempotency_Key="once") for _ in range(2))
    house.settle()
    house.a_published_run(programme)

    assert (gone.status_code, gone.json["state"], again.json) == (200, "left", gone.json)
    assert E1 not in {pair.mentee_id for pair in house.pairs(programme)}
    assert [one.who for one in audited(house, its) if "left_because" in one.values] == [by]
    [told] = [one for one in house.world.heard(PARTICIPANTS.name) if one.type.endswith("participant-left.v1")]
    assert "no-time" not in str(told.data)
    listed = as_("carla").get(f"/programmes/{programme.id}/participants?state=left").json["items"]
    assert [(one["id"], one["left_because"]) for one in listed] == [(its, "no-time")]
    assert "left_because" not in as_(E1).get(f"/participants/{its}").json


@pytest.mark.feature("S4.5")
@pytest.mark.parametrize(("by", "told"), [(E1, []), ("carla", ["participant-removed"])])
def test_who_is_taken_out_by_somebody_else_is_told_and_not_why(house: MatchingHouse, as_: As, programme: Programme,
                                                               by: str, told: list[str]) -> None:
    its = part(programme, E1, Role.MENTEE)

    as_(by)("POST", f"/participants/{its}/departure", {"reason": "not-eligible"})
    house.settle()

    assert house.told(TAKING_PART.name) == told
    for one in house.world.heard(TAKING_PART.name):
        assert one.data == {"application_id": its, "programme_id": programme.id, "person_id": E1, "role": "mentee"}


def test_a_pair_ends_first_and_for_a_reason_of_its_own(house: MatchingHouse, as_: As, programme: Programme) -> None:
    house.a_published_run(programme)
    pair = next(one for one in house.pairs(programme) if one.mentee_id == E1)
    place = f"/participants/{part(programme, E1, Role.MENTEE)}/departure"

    refused = as_(E1)("POST", place, {"reason": "other"})
    house.matching.pairs.close(pair.id, CloseReason.ENDED_EARLY, by=E1)
    house.settle()

    assert (refused.status_code, refused.json["code"]) == (409, "still-paired")
    assert as_(E1)("POST", place, {"reason": "other"}).status_code == 200


def test_seats_in_circles_are_given_up_and_requests_end(house: MatchingHouse, as_: As) -> None:
    programme = a_programme(house)
    request = a_request(house, programme)
    circle = house.matching.circles.form(programme.id, Shape(name="Leading", mentor_ids=(person_id("m2"),)))
    house.settle()
    house.matching.circles.join(circle.id, E1, Role.MENTEE)
    house.settle()

    as_("carla")("POST", f"/participants/{part(programme, E1, Role.MENTEE)}/departure", {"reason": "silent"})
    house.settle()

    assert house.matching.requests.get(request.id).state == "withdrawn"
    assert E1 not in {one.person_id for one in house.matching.circles.get(circle.id).parties}


def test_nobody_leaves_twice_for_no_reason_or_of_an_old_version(as_: As, programme: Programme) -> None:
    place = f"/participants/{part(programme, M1, Role.MENTOR)}/departure"

    assert as_(M1)("POST", place, {}).status_code == 422
    assert as_(M1)("POST", place, {"reason": "no-time"}, If_Match='"99"').status_code == 412
    assert as_("stranger")("POST", place, {"reason": "no-time"}).status_code == 404
    assert as_(M1)("POST", place, {"reason": "no-time"}).status_code == 200
    assert as_(M1)("POST", place, {"reason": "no-time"}).json["code"] == "not-taking-part"


def test_whoever_comes_back_has_left_for_no_reason_any_more(house: MatchingHouse, programme: Programme) -> None:
    its = part(programme, M1, Role.MENTOR)
    house.matching.pairs.depart(its, DepartureReason.OTHER, "carla", None)

    house.matching.participants.store.change(its, lambda one: one.answer(2, {}, "list", house.clock.now()))

    back = house.matching.participants.get(its)
    assert (back.state, back.left_because, back.taken_out_at) == (ParticipantState.ACTIVE, None, None)


@pytest.mark.parametrize(("by", "bring_back", "comes_back"), [
    ("carla", False, False), ("carla", True, True), (M1, False, True)])
def test_a_list_brings_nobody_back_whom_a_coordinator_took_out_unless_it_is_said(
        house: MatchingHouse, as_: As, programme: Programme, by: str, bring_back: bool, comes_back: bool) -> None:
    its, before = part(programme, M1, Role.MENTOR), house.matching.people.get(M1).details
    house.matching.pairs.depart(its, DepartureReason.SILENT, by, None)
    imports, out = house.matching.imports, [(2, house.clock.now())] if by == "carla" else []
    renamed = [{**MENTORS[0], "name": "Mia Otherwise"}, MENTORS[1]]

    job = imports.check(programme.id, Role.MENTOR, as_csv(renamed))
    place = f"/imports/{job.id}"
    again = imports.map(job.id, job.mapping, None)
    listed = as_("carla").get(f"/programmes/{programme.id}/imports").json["items"]
    as_("carla")("POST", f"{place}/start", {"bring_back": bring_back} if bring_back else None)
    house.settle()

    for one in (job, again):
        assert [(line.line, line.at) for line in one.taken_out] == out
        assert (one.taken_out_count, one.error_count) == (len(out), 0)
    assert [one["refused"] for one in listed if one["id"] == job.id] == [len(out)]
    done = as_("carla").get(place).json
    assert (done["state"], done["results"]["left_out"]) == ("done", 0 if comes_back else 1)
    assert (house.matching.participants.get(its).state is ParticipantState.ACTIVE) is comes_back
    assert (house.matching.people.get(M1).details != before) is comes_back


def test_whoever_applied_and_left_finds_that_they_may_apply_anew(house: MatchingHouse, as_: As) -> None:
    people(house, "anna")
    programme = house.a_programme(always_on=True)
    its = an_application(house, programme)
    decided(house, programme, [its])
    before = as_(ANNA).get("/me/applications").json["items"]

    house.matching.pairs.depart(its, DepartureReason.OTHER, ANNA, None)
    house.settle()

    after = as_(ANNA).get("/me/applications").json["items"]
    assert [[one["left"] for one in seen] for seen in (before, after)] == [[False], [True]]
    again = as_(ANNA)("PUT", f"/programmes/{programme.id}/draft", {"role": "mentee", "answers": {}})
    assert (again.status_code, again.json["state"]) == (200, "draft")
