"""Mentees whose mentoring ended well are asked to become mentors, once, and are counted when they do."""

import pytest

from services.matching.application.deciding import Asked
from services.matching.application.stepping_ups import Conversion
from services.matching.contracts.applications import OFFERS, MentorInvited
from services.matching.contracts.catalogue import TOPICS
from services.matching.contracts.participants import PARTICIPANTS, Role
from services.matching.domain.participant import application_id
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.stepping_up import SteppingUp, StepState
from services.matching.domain.verdict import Outcome
from services.surveys.contracts.catalogue import TOPICS as SURVEYS
from services.surveys.contracts.journeys import JourneyPraised
from shared.kernel.errors import NotFound
from tests.unit.matching.house import MENTORS, MatchingHouse
from tests.unit.matching.mortal import killed_after, revived
from tests.unit.matching.test_applications import OFFERED, decided
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_

EVA, MIA = person_id("e1"), person_id("m1")


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    return house.a_full_programme(always_on=True)


def ended_well(house: MatchingHouse, programme: Programme, mentee: str = EVA) -> None:
    house.tell(JourneyPraised(journey_id="j", pair_id="p", programme_id=programme.id, person_id=mentee))


def told(house: MatchingHouse) -> int:
    return house.told(OFFERS.name).count("mentor-invited")


def becomes_mentor(house: MatchingHouse, programme: Programme, who: str = EVA) -> str:
    one = house.matching.applications.write(programme.id, who, Role.MENTOR, OFFERED)
    house.matching.applications.submit(one.id)
    decided(house, programme, [one.id])
    return str(one.id)


def training(house: MatchingHouse, application: str) -> list[str]:
    events = [one.data or {} for one in house.world.heard(PARTICIPANTS.name) if one.key == application]
    return [one["module"] for one in events[-1]["training"]]


def test_only_ithaca_hears_to_whom_the_offer_is_made() -> None:
    tiers = {one.name: one.tier for one in (*TOPICS, *SURVEYS)}

    assert (tiers[MentorInvited.topic], tiers[JourneyPraised.topic]) == ("private", "private")


@pytest.mark.feature("B9")
@pytest.mark.feature("S2.12")
def test_a_mentee_whose_mentoring_ended_well_is_asked_once(house: MatchingHouse, programme: Programme) -> None:
    for _ in range(2):
        ended_well(house, programme)

    assert told(house) == 1
    [event] = [one.data or {} for one in house.world.heard(OFFERS.name)]
    assert (event["person_id"], event["role"], event["state"]) == (EVA, "mentor", "invited")
    assert not {"rating", "answers"} & set(event)


def test_whoever_is_a_mentor_left_or_is_unknown_is_not_asked(house: MatchingHouse, programme: Programme) -> None:
    house.matching.people.leave(person_id("e2"))
    house.settle()

    for who in (MIA, person_id("e2"), "nobody"):
        ended_well(house, programme, who)

    assert told(house) == 0


@pytest.mark.feature("B9")
def test_conversion_counts_who_was_asked_who_applied_and_who_is_a_mentor(house: MatchingHouse,
                                                                        programme: Programme) -> None:
    for name in ("e1", "e2", "e3"):
        ended_well(house, programme, person_id(name))
    stepping_ups = house.matching.stepping_ups
    assert stepping_ups.conversion(programme.id) == Conversion(invited=3, applied=0, mentors=0)

    next_one = house.a_programme()
    becomes_mentor(house, next_one)
    one = house.matching.applications.write(next_one.id, person_id("e2"), Role.MENTOR, OFFERED)
    house.matching.applications.submit(one.id)
    house.settle()

    assert stepping_ups.conversion(programme.id) == Conversion(invited=3, applied=2, mentors=1)
    assert stepping_ups.conversion(next_one.id) == Conversion(invited=0, applied=0, mentors=0)


@pytest.mark.feature("S2.13")
def test_whoever_was_asked_is_trained_for_the_new_role_beside_their_gaps(house: MatchingHouse,
                                                                        programme: Programme) -> None:
    ended_well(house, programme)
    asked, unasked = becomes_mentor(house, programme), becomes_mentor(house, programme, person_id("e3"))

    assert training(house, asked)[-1] == "stepping-up"
    assert "stepping-up" not in training(house, unasked)
    [*_, last] = [one.data or {} for one in house.world.heard(PARTICIPANTS.name) if one.key == asked]
    assert "stepping-up" not in last["gaps"]
    assert house.told(OFFERS.name).count("mentor-invited") == 1


def test_an_application_as_a_mentee_is_no_step(house: MatchingHouse, programme: Programme) -> None:
    ended_well(house, programme)
    other = house.a_programme()
    one = house.matching.applications.write(other.id, EVA, Role.MENTEE, {"goals": "sql", "languages": "en"})
    house.matching.applications.submit(one.id)
    decided(house, other, [one.id])

    assert house.matching.stepping_ups.conversion(programme.id) == Conversion(invited=1, applied=0, mentors=0)


@pytest.mark.parametrize(("states", "last"), [
    ((StepState.MENTOR, StepState.APPLIED), StepState.MENTOR),
    ((StepState.APPLIED, StepState.INVITED), StepState.APPLIED),
])
def test_what_is_heard_late_leads_nobody_back(states: tuple[StepState, ...], last: StepState) -> None:
    one = SteppingUp(id="s", programme_id="p", person_id="e")
    for state in states:
        one.come(state)
    one.refuse()

    assert one.state is last


def test_whoever_says_no_is_not_shown_it_again_and_may_still_apply(house: MatchingHouse, as_: As,
                                                                   programme: Programme) -> None:
    ended_well(house, programme)
    eva = as_(EVA)
    [offer] = eva.get("/me/stepping-up").json["items"]

    refused = eva("POST", f"/me/stepping-up/{programme.id}/refusal")

    assert offer["answers"]["goals"] == "python"
    assert (refused.json["state"], eva.get("/me/stepping-up").json["items"]) == ("refused", [])
    becomes_mentor(house, programme)
    assert as_("carla").get(f"/programmes/{programme.id}/stepping-up").json == {
        "invited": 1, "applied": 1, "mentors": 1}


def test_invitations_are_each_ones_own_and_figures_for_coordinators(as_: As, house: MatchingHouse,
                                                                    programme: Programme) -> None:
    """Where one mentee ended, the figure says how content that one was: the sponsor is not told."""
    ended_well(house, programme)
    house.matching.programmes.change(programme.id, {"sponsor_id": "sigrid"}, None)

    assert as_(MIA).get("/me/stepping-up").json["items"] == []
    assert as_(MIA)("POST", f"/me/stepping-up/{programme.id}/refusal").status_code == 404
    assert {one: as_(one).get(f"/programmes/{programme.id}/stepping-up").status_code
            for one in ("carla", "otto", "sigrid")} == {"carla": 200, "otto": 404, "sigrid": 404}


def test_a_mentor_who_pauses_elsewhere_is_not_asked(house: MatchingHouse, programme: Programme) -> None:
    other = house.a_programme()
    house.bring(other, Role.MENTOR, [{**MENTORS[0], "id": "e1", "email": "eva@example.org", "name": "Eva Lund"}])
    house.matching.participants.pause(application_id(other.id, EVA, Role.MENTOR))

    ended_well(house, programme)

    assert house.matching.stepping_ups.conversion(programme.id).invited == 0


@pytest.mark.slow
@pytest.mark.parametrize("writes", range(1, 5))
def test_a_crash_after_any_write_asks_once_and_supports_once(house: MatchingHouse, programme: Programme,
                                                             writes: int) -> None:
    ended_well(house, programme)
    one = house.matching.applications.write(programme.id, EVA, Role.MENTOR, OFFERED)
    house.matching.applications.submit(one.id)
    house.settle()
    approval = Asked(outcome=Outcome.APPROVE, application_ids=[one.id])
    house.matching.deciding.decide(programme.id, approval, "carla")

    killed_after(house, writes, house.matching.stepping_ups.store)
    revived(house)

    assert training(house, one.id).count("stepping-up") == 1
    assert house.matching.stepping_ups.conversion(programme.id) == Conversion(invited=1, applied=1, mentors=1)


def test_whoever_is_forgotten_is_still_counted_and_their_export_has_it(house: MatchingHouse,
                                                                       programme: Programme) -> None:
    ended_well(house, programme)

    assert len(house.matching.exporting.of(EVA)["stepping_ups"]) == 1
    assert house.matching.stepping_ups.forget(EVA) == 1
    assert house.matching.stepping_ups.conversion(programme.id).invited == 1


def test_nobody_refuses_what_was_never_offered(house: MatchingHouse, programme: Programme) -> None:
    with pytest.raises(NotFound):
        house.matching.stepping_ups.refuse(programme.id, EVA)
