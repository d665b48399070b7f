"""Interviews and endorsements: asked for where a programme says so, and nobody is approved over an open one unsaid."""

from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import pytest

from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.endorsements import ENDORSEMENTS
from services.matching.contracts.participants import PARTICIPANTS, Role
from services.matching.domain.application import Application
from services.matching.domain.audited import TOLD
from services.matching.domain.directory import Details
from services.matching.domain.person import Person, person_id
from services.matching.domain.programme import Programme
from services.matching.domain.steps import (
    ApplicationStep,
    EndorsementState,
    EndorsementUnderWay,
    Interview,
    InterviewOutcome,
    NoEndorser,
    NotAsked,
    NotHeldYet,
)
from services.matching.domain.verdict import DeclineReason, NoReason, Outcome
from shared.audit.trail import Wanted
from shared.kernel.errors import WrongState
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_applications import ANNA, BEN, an_application, decided, people, state
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_
from tests.unit.surveys.calling import Caller

BOSS = person_id("boss")
INTERVIEW = Interview(on="2027-03-01", outcome=InterviewOutcome.UNSURE, by="carla", note="Asks good questions")
BOTH: dict[str, Any] = {"interview_roles": (Role.MENTEE,), "endorsement_roles": (Role.MENTEE,)}


def a_person(house: MatchingHouse, name: str, manager: str = "") -> None:
    details = Details(name=name.title(), email=f"{name}@example.org", language="en", time_zone="Europe/Berlin",
                      manager_id=person_id(manager) if manager else "")
    house.matching.people.store.add(Person.add(name, details, house.clock.now()))
    house.settle()


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    a_person(house, "boss")
    a_person(house, "anna", manager="boss")
    a_person(house, "ben")
    return house.a_programme(**BOTH)


@pytest.fixture
def applied(house: MatchingHouse, programme: Programme) -> str:
    return an_application(house, programme)


def application(house: MatchingHouse, one: str) -> Application:
    return house.matching.applications.get(one)


def told(house: MatchingHouse) -> list[str]:
    return house.told(ENDORSEMENTS.name)


@pytest.mark.feature("B2")
def test_nobody_is_approved_while_a_step_is_open_and_the_decision_says_why(
        house: MatchingHouse, programme: Programme, applied: str) -> None:
    refused = decided(house, programme, [applied])
    house.matching.steps.note_interview(applied, INTERVIEW)
    still = decided(house, programme, [applied])
    house.matching.steps.ask(applied, None)
    waiting = decided(house, programme, [applied])
    house.matching.steps.endorse(applied, endorsed=False, note="")

    done = decided(house, programme, [applied])

    assert [one.refused for one in (refused, still, waiting)] == [{applied: "step-open"}] * 3
    assert (done.decided, state(house, applied)) == (1, ApplicationState.APPROVED)
    assert application(house, applied).waived == ()


@pytest.mark.parametrize(("day", "is_taken"), [("2027-03-01", True), ("2027-03-02", False), ("2028-05-01", False)])
def test_an_interview_is_noted_once_it_was_held(house: MatchingHouse, applied: str, day: str, is_taken: bool) -> None:
    with nullcontext() if is_taken else pytest.raises(NotHeldYet):
        house.matching.steps.note_interview(applied, replace(INTERVIEW, on=day))

    assert (application(house, applied).interview is not None) is is_taken


def test_where_the_day_has_begun_already_it_is_today(house: MatchingHouse, applied: str) -> None:
    house.pass_time(hours=6)

    house.matching.steps.note_interview(applied, replace(INTERVIEW, on="2027-03-02"))

    assert application(house, applied).interview


def test_coordinators_read_why_somebody_was_approved_without_a_step(
        house: MatchingHouse, programme: Programme, applied: str, as_: As) -> None:
    decided(house, programme, [applied], without="Known to all of us")
    office = as_("carla", "coordinator")

    row = office.get(f"/programmes/{programme.id}/applications").get_json()["items"][0]
    page = office.get(f"/applications/{applied}/steps").get_json()
    own = as_(ANNA).get("/me/applications").get_json()["items"][0]

    for read in (row, page):
        assert (read["waived"], read["without"]) == (["interview", "endorsement"], "Known to all of us")
    assert "without" not in own


@pytest.mark.feature("B2")
def test_a_coordinator_decides_without_a_step_for_a_reason_that_the_audit_log_can_be_asked_for(
        house: MatchingHouse, programme: Programme, applied: str) -> None:
    done = decided(house, programme, [applied], without="Known to all of us")

    one = application(house, applied)
    told_of = [*house.backbone.trail.each(Wanted(document=applied))]
    assert (done.decided, one.state) == (1, ApplicationState.APPROVED)
    assert one.waived == (ApplicationStep.INTERVIEW, ApplicationStep.ENDORSEMENT)
    assert one.verdict
    assert (one.verdict.without, house.matching.deciding.get(done.id).verdict.without) == ("Known to all of us", "")
    assert [entry.values["waived"] for entry in told_of if "waived" in entry.values] == [
        [None, []], [[], ["interview", "endorsement"]]]
    assert "Known to all" not in str(told_of)


def test_only_who_approves_goes_without_a_step(house: MatchingHouse, programme: Programme, applied: str) -> None:
    with pytest.raises(NoReason):
        decided(house, programme, [applied], Outcome.WAIT, without="because")


@pytest.mark.parametrize("outcome", [Outcome.WAIT, Outcome.APPROVE])
def test_by_default_no_programme_asks_for_a_step_and_a_place_on_the_waiting_list_needs_none(
        house: MatchingHouse, outcome: Outcome) -> None:
    people(house, "anna")
    programme = house.a_programme(**(BOTH if outcome is Outcome.WAIT else {}))
    one = an_application(house, programme)

    assert decided(house, programme, [one], outcome).decided == 1
    if outcome is Outcome.APPROVE:
        with pytest.raises(NotAsked):
            house.matching.steps.note_interview(one, INTERVIEW)
        with pytest.raises(NotAsked):
            house.matching.steps.ask(one, ANNA)


def test_the_other_role_is_not_asked_for_anything(house: MatchingHouse, programme: Programme) -> None:
    mentor = an_application(house, programme, BEN, Role.MENTOR)

    assert house.matching.steps.asked(application(house, mentor)) == ()
    assert decided(house, programme, [mentor]).decided == 1


@pytest.mark.feature("A1")
def test_the_settings_go_on_to_the_next_cohort_and_are_told_in_the_audit_log(
        house: MatchingHouse, programme: Programme) -> None:
    copied = house.matching.programmes.copy(programme.id, "Rising 2", house.clock.now().date())

    assert copied.plan.steps_of(Role.MENTEE) == (ApplicationStep.INTERVIEW, ApplicationStep.ENDORSEMENT)
    assert copied.plan.steps_of(Role.MENTOR) == ()
    assert {"plan/interview_roles", "plan/endorsement_roles"} <= {*TOLD[Programme]}


def test_the_line_manager_is_asked_once_reminded_once_and_answers_once(
        house: MatchingHouse, applied: str) -> None:
    house.matching.steps.ask(applied, None)
    house.settle()
    with pytest.raises(EndorsementUnderWay):
        house.matching.steps.ask(applied, BEN)
    house.pass_time(days=5)
    house.pass_time(days=30)
    before = told(house)

    house.matching.steps.endorse(applied, endorsed=True, note="Ready for more")
    house.settle()

    one = application(house, applied).endorsement
    assert one
    assert (one.endorser_id, one.state, one.endorsed) == (BOSS, EndorsementState.ANSWERED, True)
    assert before == ["endorsement-asked", "endorsement-reminder-due"]
    assert told(house) == [*before, "endorsement-answered"]
    with pytest.raises(WrongState):
        house.matching.steps.endorse(applied, endorsed=False, note="")


@pytest.mark.parametrize("endorser", [None, ANNA, "stranger"])
def test_nobody_is_asked_who_cannot_endorse(house: MatchingHouse, programme: Programme, endorser: str | None) -> None:
    one = an_application(house, programme, ANNA if endorser else BEN)  # Ben has no line manager

    with pytest.raises(NoEndorser):
        house.matching.steps.ask(one, endorser)


@pytest.mark.parametrize("end", ["withdrawn", "declined", "approved", "over"])
def test_whoever_was_asked_need_not_answer_once_the_application_is_settled(
        house: MatchingHouse, programme: Programme, applied: str, end: str) -> None:
    house.matching.steps.ask(applied, BEN)
    house.settle()

    if end == "withdrawn":
        house.matching.applications.withdraw(applied)
    elif end == "over":
        house.matching.applications.end_of_programme(programme.id)
    else:
        outcome = Outcome.DECLINE if end == "declined" else Outcome.APPROVE
        more: dict[str, Any] = {"reason": "other"} if end == "declined" else {"without": "Known"}
        decided(house, programme, [applied], outcome, **more)
    house.pass_time(days=30)

    assert told(house) == ["endorsement-asked", "endorsement-revoked"]
    assert house.matching.steps.waiting_of(BEN) == []
    with pytest.raises(WrongState):
        house.matching.steps.endorse(applied, endorsed=True, note="")


def test_what_is_sent_anew_goes_through_its_steps_anew(house: MatchingHouse, programme: Programme,
                                                       applied: str) -> None:
    house.matching.steps.note_interview(applied, INTERVIEW)
    house.matching.applications.withdraw(applied)
    an_application(house, programme)

    one = application(house, applied)

    assert (one.state, one.interview, one.endorsement) == (ApplicationState.SUBMITTED, None, None)


def test_somebody_else_is_asked_when_whoever_was_asked_has_left(house: MatchingHouse, applied: str) -> None:
    house.matching.steps.ask(applied, None)
    house.matching.people.leave(BOSS)
    house.settle()

    house.matching.steps.ask(applied, BEN)
    house.settle()

    assert told(house) == ["endorsement-asked", "endorsement-revoked", "endorsement-asked"]
    assert [one.id for one in house.matching.steps.waiting_of(BEN)] == [applied]


def test_the_funnel_hears_nothing_of_steps(house: MatchingHouse, applied: str) -> None:
    before = house.told(PARTICIPANTS.name)
    house.matching.steps.note_interview(applied, INTERVIEW)
    house.matching.steps.ask(applied, None)
    house.matching.steps.endorse(applied, endorsed=True, note="")
    house.settle()

    assert house.told(PARTICIPANTS.name) == before


@pytest.mark.feature("P6")
def test_notes_are_erased_with_the_person_and_with_whoever_wrote_them_and_are_in_no_event(
        house: MatchingHouse, programme: Programme, applied: str) -> None:
    other = an_application(house, programme, BEN)
    for one in (applied, other):
        house.matching.steps.note_interview(one, INTERVIEW)
        house.matching.steps.ask(one, BOSS)
        house.matching.steps.endorse(one, endorsed=True, note="Ready for more")
    house.settle()
    events = str([one.data for topic in (ENDORSEMENTS, PARTICIPANTS) for one in house.world.heard(topic.name)])

    for gone in (ANNA, BOSS):
        house.matching.erasures.ask(gone, by="office")
        for _ in range(5):
            house.pass_time(seconds=2)

    hers, his = application(house, applied), application(house, other)
    assert hers.interview and hers.endorsement and his.interview and his.endorsement  # noqa: PT018 - for the types
    assert [hers.interview.note, hers.endorsement.note, his.endorsement.note] == ["", "", ""]
    assert his.interview.note == INTERVIEW.note
    assert house.matching.erasures.get(BOSS).counts["endorsements"] == 2
    assert "Ready" not in events
    assert "good questions" not in events


@pytest.fixture
def carla(as_: As) -> Caller:
    return as_("carla")


def test_a_coordinator_sees_what_is_open_notes_the_interview_and_asks(
        house: MatchingHouse, carla: Caller, programme: Programme, applied: str) -> None:
    place = f"/applications/{applied}"
    [listed] = carla.get(f"/programmes/{programme.id}/applications").json["items"]
    before = carla.get(f"{place}/steps").json

    noted = carla("PUT", f"{place}/interview", {"on": "2027-03-01", "outcome": "fits", "note": "Calm"})
    asked = carla("POST", f"{place}/endorsement", {})
    house.settle()

    assert listed["open_steps"] == before["open_steps"] == before["steps"] == ["interview", "endorsement"]
    assert (before["has_manager"], before["interview"], before["endorsement"]) == (True, None, None)
    assert noted.json["interview"] == {"on": "2027-03-01", "outcome": "fits", "note": "Calm", "by": "carla"}
    assert asked.json["open_steps"] == ["endorsement"]
    assert (asked.json["endorsement"]["endorser_id"], asked.json["endorsement"]["endorsed"]) == (BOSS, None)
    assert carla.get(f"/people/{BOSS}").json["name"] == "Boss"
    for wrong in ({"on": "soon", "outcome": "fits"}, {"on": "2027-03-01", "outcome": "great"}):
        assert carla("PUT", f"{place}/interview", wrong).status_code == 422


def test_whoever_is_asked_sees_who_applies_and_nothing_of_what_they_wrote(
        house: MatchingHouse, as_: As, carla: Caller, applied: str) -> None:
    boss = as_(BOSS)
    assert boss.get(f"/people/{ANNA}").status_code == 404
    carla("POST", f"/applications/{applied}/endorsement", {})
    [asked] = boss.get("/me/endorsements").json["items"]
    name = boss.get(f"/people/{ANNA}").json["name"]

    said = boss("POST", f"/me/endorsements/{applied}/answer", {"endorsed": True, "note": "Go on"})
    again = boss("POST", f"/me/endorsements/{applied}/answer", {"endorsed": False})

    assert (asked["application_id"], asked["programme"], asked["person_id"], asked["role"], name) == (
        applied, "Rising", ANNA, "mentee", "Anna")
    assert "python" not in str(asked)
    assert (said.status_code, said.json["endorsed"]) == (200, True)
    assert (again.status_code, again.json["code"]) == (409, "wrong-state")
    assert boss.get("/me/endorsements").json["items"] == []
    assert carla.get(f"/applications/{applied}/steps").json["endorsement"]["note"] == "Go on"


def test_steps_are_between_those_whom_they_concern(
        house: MatchingHouse, as_: As, carla: Caller, applied: str) -> None:
    carla("PUT", f"/applications/{applied}/interview", {"on": "2027-03-01", "outcome": "fits", "note": "Calm"})
    carla("POST", f"/applications/{applied}/endorsement", {})
    as_(BOSS)("POST", f"/me/endorsements/{applied}/answer", {"endorsed": False, "note": "Not now"})

    for who in (ANNA, BEN, BOSS):
        assert as_(who).get(f"/applications/{applied}/steps").status_code == 404
        assert as_(who)("POST", f"/applications/{applied}/endorsement", {}).status_code == 404
    for who in (ANNA, BEN, "carla"):
        assert as_(who)("POST", f"/me/endorsements/{applied}/answer", {"endorsed": True}).status_code == 404
    own = as_(ANNA)
    for page in (f"/applications/{applied}", "/me/applications", f"/people/{ANNA}/export"):
        shown = str(own.get(page).json)
        assert "Calm" not in shown
        assert "Not now" not in shown
        assert "'interview'" not in shown.replace("'interview': None", "")
    export = as_(BOSS).get(f"/people/{BOSS}/export").json
    assert "Not now" in str(export)
    assert "python" not in str(export)


def in_charge_too(house: MatchingHouse, as_: As, programme: Programme) -> Caller:
    """Anna."""
    house.matching.programmes.store.change(programme.id, lambda one: setattr(
        one, "plan", replace(one.plan, coordinator_ids=(*one.plan.coordinator_ids, ANNA))))
    return as_(ANNA)


@pytest.mark.feature("B2")
def test_coordinators_who_apply_themselves_learn_and_note_nothing_of_their_own_application(
        house: MatchingHouse, as_: As, carla: Caller, programme: Programme, applied: str) -> None:
    an_application(house, programme, BEN)
    carla("POST", f"/applications/{applied}/endorsement", {})
    as_(BOSS)("POST", f"/me/endorsements/{applied}/answer", {"endorsed": False, "note": "Not now"})
    decided(house, programme, [applied], Outcome.DECLINE, reason=DeclineReason.NO_PLACES)
    anna, place = in_charge_too(house, as_, programme), f"/applications/{applied}"

    refused = [anna.get(f"{place}/steps"), anna("POST", f"{place}/endorsement", {}),
               anna("PUT", f"{place}/interview", {"on": "2027-03-01", "outcome": "fits"})]
    listed = {one["person_id"]: one for one in anna.get(f"/programmes/{programme.id}/applications").json["items"]}

    assert [one.status_code for one in refused] == [404, 404, 404]
    assert application(house, applied).interview is None
    assert (listed[ANNA]["state"], listed[ANNA].get("reason"), "open_steps" in listed[ANNA]) == (
        "declined", None, False)
    assert listed[BEN]["open_steps"] == ["interview", "endorsement"]
    [told] = [one for one in carla.get(f"/programmes/{programme.id}/applications").json["items"]
              if one["person_id"] == ANNA]
    assert (told["reason"], told["open_steps"]) == (DeclineReason.NO_PLACES, ["interview"])


@pytest.mark.feature("B2")
@pytest.mark.parametrize(("outcome", "because"), [
    (Outcome.APPROVE, {"without": "I know her well"}), (Outcome.WAIT, {}),
    (Outcome.DECLINE, {"reason": "no-places"})])
def test_coordinators_who_apply_themselves_are_decided_about_by_others(
        house: MatchingHouse, as_: As, programme: Programme, applied: str, outcome: Outcome, because: dict[str, str]
        ) -> None:
    made = in_charge_too(house, as_, programme)("POST", f"/programmes/{programme.id}/decisions", {
        "outcome": outcome, "application_ids": [applied, an_application(house, programme, BEN)], **because})
    house.settle()

    job = house.matching.deciding.get(made.json["id"])
    assert (job.decided, job.refused) == (1, {applied: "own-application"})
    assert state(house, applied) is ApplicationState.SUBMITTED


def test_a_decision_over_http_says_without_what_it_goes(
        house: MatchingHouse, carla: Caller, programme: Programme, applied: str) -> None:
    place = f"/programmes/{programme.id}/decisions"
    refused = carla("POST", place, {"outcome": "approve", "application_ids": [applied]}).json["id"]
    house.settle()
    done = carla("POST", place, {"outcome": "approve", "application_ids": [applied], "without": "Known"}).json["id"]
    house.settle()

    assert carla.get(f"/decisions/{refused}").json["refused"] == {applied: "step-open"}
    assert carla.get(f"/decisions/{done}").json["decided"] == 1
    assert carla.get(f"/applications/{applied}/steps").json["waived"] == ["interview", "endorsement"]
