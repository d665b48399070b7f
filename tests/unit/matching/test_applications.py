"""Applying, from the draft to the participant: in time, by everybody of the organisation, once each."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.matching.application.around import CannotApply
from services.matching.application.deciding import Asked
from services.matching.application.pairs import StillPaired
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.internal import INTERNAL
from services.matching.contracts.participants import PARTICIPANTS, ParticipantState, Role
from services.matching.contracts.programmes import ProgrammeState
from services.matching.domain.answering import BadAnswers
from services.matching.domain.decision import Decision, DecisionState, TooMany
from services.matching.domain.directory import Details
from services.matching.domain.person import Person, person_id
from services.matching.domain.plan import BadDates
from services.matching.domain.programme import NoApplications, NotOpen, Programme
from services.matching.domain.templates import template
from services.matching.domain.verdict import DeclineReason, NoReason, Outcome
from shared.kernel.errors import WrongState
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse
from tests.unit.matching.mortal import killed_after, revived

ANNA, BEN = person_id("anna"), person_id("ben")
OFFERED = {"skills": "python; leading", "languages": "en", "grade": "lead", "capacity": "2", "voluntary": "yes"}
WANTED = {"goals": "python", "languages": "en", "grade": "junior"}


def people(house: MatchingHouse, *names: str) -> None:
    for name in names:
        details = Details(name=name.title(), email=f"{name}@example.org", language="en", time_zone="Europe/Berlin")
        house.matching.people.store.add(Person.add(name, details, house.clock.now()))
    house.settle()


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    people(house, "anna", "ben")
    return house.a_programme()


def an_application(house: MatchingHouse, programme: Programme, who: str = ANNA, role: Role = Role.MENTEE) -> str:
    answers = OFFERED if role is Role.MENTOR else WANTED
    one = house.matching.applications.write(programme.id, who, role, answers)
    house.matching.applications.submit(one.id)
    house.settle()
    return one.id


def decided(house: MatchingHouse, programme: Programme, ids: list[str], outcome: Outcome = Outcome.APPROVE,
            **more: Any) -> Decision:
    job = house.matching.deciding.decide(programme.id, Asked(outcome=outcome, application_ids=ids, **more), "carla")
    house.settle()
    return house.matching.deciding.get(job.id)


def state(house: MatchingHouse, application: str) -> ApplicationState:
    return house.matching.applications.get(application).state


def test_a_draft_may_be_incomplete_and_submitting_names_every_flaw(house: MatchingHouse, programme: Programme) -> None:
    applications = house.matching.applications
    draft = applications.write(programme.id, ANNA, Role.MENTOR, {"capacity": "many"})

    with pytest.raises(BadAnswers) as refused:
        applications.submit(draft.id)
    applications.write(programme.id, ANNA, Role.MENTOR, OFFERED)
    submitted = applications.submit(draft.id)
    house.settle()

    assert [one.key for one in applications.flaws(draft)] == ["skills", "languages", "capacity", "voluntary"]
    assert all(key in str(refused.value) for key in ("skills", "languages", "capacity", "voluntary"))
    assert submitted.state is ApplicationState.SUBMITTED
    assert house.told(PARTICIPANTS.name) == ["application-submitted"]


@pytest.mark.feature("A3")
def test_a_cohort_refuses_applications_outside_its_window(house: MatchingHouse) -> None:
    people(house, "anna")
    programme = house.a_programme(applications_from="2027-03-03", applications_until="2027-03-05")
    applications = house.matching.applications

    def apply() -> None:
        applications.write(programme.id, ANNA, Role.MENTEE, WANTED)

    with pytest.raises(NoApplications):
        apply()
    assert applications.calls() == []
    house.pass_time(days=2)
    apply()
    assert [one.id for one in applications.calls()] == [programme.id]
    house.pass_time(days=3)
    with pytest.raises(NoApplications):
        apply()
    with pytest.raises(NoApplications):
        applications.submit(next(iter(applications.store.each({}))).id)


@pytest.mark.feature("A3")
def test_the_window_ends_with_the_last_day_in_the_programmes_own_zone(house: MatchingHouse) -> None:
    people(house, "anna")
    programme = house.a_programme(applications_until="2027-03-01", time_zone="Pacific/Auckland")
    applications = house.matching.applications

    assert applications.takes(programme.id)  # 21:00 there
    house.pass_time(hours=3)
    assert not applications.takes(programme.id)


@pytest.mark.feature("A3")
def test_without_dates_a_cohort_takes_applications_until_its_first_pairs(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    applications = house.matching.applications

    assert applications.takes(programme.id)
    house.a_published_run(programme)

    assert not applications.takes(programme.id)


@pytest.mark.feature("A3")
def test_an_always_on_programme_takes_applications_into_its_next_run(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentees=MENTEES[:1], always_on=True)
    people(house, "anna")
    house.a_published_run(programme)

    decided(house, programme, [an_application(house, programme)])
    house.a_published_run(programme)

    assert house.pair_of(programme, "anna").mentor_id == person_id("m1")


@pytest.mark.feature("A3")
@pytest.mark.parametrize(("settings", "state"), [
    ({"always_on": True}, ProgrammeState.RUNNING), ({}, ProgrammeState.RECRUITING)])
def test_one_that_is_always_on_runs_from_its_first_pair_and_a_cohort_from_its_first_run(
        house: MatchingHouse, settings: dict[str, bool], state: ProgrammeState) -> None:
    programme = house.a_full_programme(**settings)
    house.matching.pairs.propose(programme.id, person_id("m1"), person_id("e1"), "carla")
    house.settle()

    assert house.matching.programmes.get(programme.id).state is ProgrammeState.RECRUITING
    pair = house.pair_of(programme, "e1")
    house.matching.pairs.agree(pair.id, "carla")
    house.settle()

    assert house.matching.programmes.get(programme.id).state is state


def test_a_window_must_lie_within_the_programme_and_always_on_has_none(house: MatchingHouse) -> None:
    for wrong in ({"applications_from": "2027-04-02", "applications_until": "2027-04-01"},
                  {"applications_until": "2029-01-01"}, {"always_on": True, "applications_until": "2027-04-01"}):
        with pytest.raises(BadDates):
            house.a_programme(**wrong)


@pytest.mark.feature("A3")
def test_the_next_cohort_has_a_window_of_its_own(house: MatchingHouse) -> None:
    last = house.a_programme(applications_until="2027-03-20")

    copied = house.matching.programmes.copy(last.id, "Next", date(2028, 3, 1))

    assert copied.plan.applications_until is None


@pytest.mark.feature("B2")
def test_an_approval_makes_the_participant_once(house: MatchingHouse, programme: Programme) -> None:
    application = an_application(house, programme, role=Role.MENTOR)

    job = decided(house, programme, [application])
    again = decided(house, programme, [application])

    participant = house.matching.participants.get(application)
    assert (participant.capacity, participant.answers["skills"], participant.by_application) == (
        2, "python; leading", True)
    assert house.told(PARTICIPANTS.name) == ["application-submitted", "participant-approved"]
    assert (job.state, job.decided, job.refused) == (DecisionState.DONE, 1, {})
    assert again.refused == {application: "wrong-state"}


@pytest.mark.slow
@pytest.mark.feature("B2")
def test_many_are_decided_at_once_with_one_event_each(house: MatchingHouse) -> None:
    names = [f"p{number}" for number in range(230)]
    people(house, *names)
    programme = house.a_programme()
    ids = [an_application(house, programme, person_id(name)) for name in names]

    job = decided(house, programme, [*ids, "nobody"], Outcome.DECLINE, reason=DeclineReason.NO_PLACES, text="full")

    assert (job.state, job.decided, job.refused) == (DecisionState.DONE, 230, {"nobody": "not-found"})
    assert house.told(PARTICIPANTS.name).count("application-declined") == 230
    declined = house.matching.applications.get(ids[0])
    assert declined.verdict
    assert (declined.verdict.reason, declined.verdict.text) == (DeclineReason.NO_PLACES, "full")
    assert job.verdict.text == ""


@pytest.mark.feature("B2")
def test_a_reason_is_needed_to_decline_and_leaves_in_no_event(house: MatchingHouse, programme: Programme) -> None:
    application = an_application(house, programme)

    for outcome, reason in ((Outcome.DECLINE, None), (Outcome.APPROVE, DeclineReason.OTHER)):
        with pytest.raises(NoReason):
            decided(house, programme, [application], outcome, reason=reason)
    with pytest.raises(TooMany):
        decided(house, programme, [])
    decided(house, programme, [application], Outcome.DECLINE, reason=DeclineReason.NOT_ELIGIBLE, text="secret")

    for topic in (PARTICIPANTS.name, INTERNAL.name):
        assert not any("secret" in str(one.data) or "not-eligible" in str(one.data) for one in house.world.heard(topic))


@pytest.mark.slow
@pytest.mark.feature("B2")
@pytest.mark.parametrize("writes", range(1, 12))
def test_deciding_killed_after_any_write_decides_everybody_once(house: MatchingHouse, writes: int) -> None:
    people(house, "anna", "ben", "cleo")
    programme = house.a_programme()
    ids = [an_application(house, programme, person_id(one)) for one in ("anna", "ben", "cleo")]
    house.matching.deciding.decide(programme.id, Asked(outcome=Outcome.APPROVE, application_ids=ids), "carla")

    killed_after(house, writes)
    revived(house)

    [job] = list(house.matching.deciding.store.each({}))
    assert (job.state, job.decided) == (DecisionState.DONE, 3)
    assert house.told(PARTICIPANTS.name) == ["application-submitted"] * 3 + ["participant-approved"] * 3


@pytest.mark.feature("B4")
def test_a_person_applies_in_both_roles_and_is_never_paired_with_themselves(house: MatchingHouse,
                                                                            programme: Programme) -> None:
    both = [an_application(house, programme, ANNA, role) for role in Role]
    decided(house, programme, both)

    run = house.a_proposed_run(programme)

    assert {house.matching.participants.get(one).role for one in both} == set(Role)
    assert run.found
    assert run.found.matched == 0


@pytest.mark.feature("B4")
def test_who_applied_in_both_roles_has_a_pair_in_each(house: MatchingHouse, programme: Programme) -> None:
    decided(house, programme, [an_application(house, programme, ANNA, role) for role in Role]
            + [an_application(house, programme, BEN, role) for role in Role])

    house.a_published_run(programme)

    assert {(pair.mentor_id, pair.mentee_id) for pair in house.pairs(programme)} == {(ANNA, BEN), (BEN, ANNA)}


def test_a_declined_one_may_apply_anew_and_a_waiting_one_may_be_approved(house: MatchingHouse,
                                                                         programme: Programme) -> None:
    application = an_application(house, programme)
    decided(house, programme, [application], Outcome.DECLINE, reason=DeclineReason.INCOMPLETE)
    assert an_application(house, programme) == application

    decided(house, programme, [application], Outcome.WAIT)
    assert state(house, application) is ApplicationState.WAITING
    with pytest.raises(WrongState):
        house.matching.applications.write(programme.id, ANNA, Role.MENTEE, WANTED)
    decided(house, programme, [application])

    assert house.told(PARTICIPANTS.name) == [
        "application-submitted", "application-declined", "application-submitted", "participant-waitlisted",
        "participant-approved"]


def test_who_was_approved_confirms_or_withdraws_and_may_come_back(house: MatchingHouse, programme: Programme) -> None:
    application, applications = an_application(house, programme), house.matching.applications
    decided(house, programme, [application])
    with pytest.raises(CannotApply):
        applications.write(programme.id, ANNA, Role.MENTEE, WANTED)

    applications.confirm(application)
    assert state(house, application) is ApplicationState.CONFIRMED
    applications.withdraw(application)
    house.settle()
    assert house.matching.participants.get(application).state is ParticipantState.LEFT

    decided(house, programme, [an_application(house, programme)])
    assert house.matching.participants.get(application).state is ParticipantState.ACTIVE


def test_whoever_has_a_pair_ends_it_before_withdrawing(house: MatchingHouse, programme: Programme) -> None:
    application = an_application(house, programme)
    decided(house, programme, [application, an_application(house, programme, BEN, Role.MENTOR)])
    house.a_published_run(programme)
    house.matching.programmes.change(programme.id, {"always_on": True}, None)

    other_role = an_application(house, programme, ANNA, Role.MENTOR)
    house.matching.applications.withdraw(other_role)
    with pytest.raises(StillPaired):
        house.matching.applications.withdraw(application)


def test_a_withdrawal_overtakes_its_approval(house: MatchingHouse, programme: Programme) -> None:
    application = an_application(house, programme)
    job = house.matching.deciding.decide(
        programme.id, Asked(outcome=Outcome.APPROVE, application_ids=[application]), "carla")
    house.matching.deciding.ring(job.id, house.clock.now())

    house.matching.applications.withdraw(application)
    house.settle()

    assert not house.matching.participants.store.exists(application)
    assert house.told(PARTICIPANTS.name)[-1] == "application-withdrawn"


def test_whoever_withdrew_is_let_go_though_a_crash_came_after_admitting_them(house: MatchingHouse,
                                                                            programme: Programme) -> None:
    application, applications = an_application(house, programme), house.matching.applications
    decided(house, programme, [application])
    applications.store.change(application, lambda one: one._move(ApplicationState.WITHDRAWN))

    applications.admit(application, cause=None)  # type: ignore[arg-type]

    assert house.matching.participants.get(application).state is ParticipantState.LEFT


def test_news_of_a_withdrawal_that_comes_late_lets_nobody_go_who_is_back(house: MatchingHouse,
                                                                         programme: Programme) -> None:
    application = an_application(house, programme)
    decided(house, programme, [application])
    house.matching.applications.withdraw(application)
    house.settle()
    decided(house, programme, [an_application(house, programme)])

    house.matching.applications.withdrawn(application)

    assert house.matching.participants.get(application).state is ParticipantState.ACTIVE


def test_who_left_or_is_unknown_cannot_apply_and_what_waited_is_withdrawn(house: MatchingHouse,
                                                                          programme: Programme) -> None:
    application, applications = an_application(house, programme), house.matching.applications
    draft = applications.write(programme.id, ANNA, Role.MENTOR, {})
    house.matching.people.leave(ANNA)
    house.settle()

    assert {state(house, one) for one in (application, draft.id)} == {ApplicationState.WITHDRAWN}
    assert house.told(PARTICIPANTS.name).count("application-withdrawn") == 1
    for who in (ANNA, "nobody"):
        with pytest.raises(CannotApply):
            applications.write(programme.id, who, Role.MENTEE, WANTED)
    assert decided(house, programme, [application]).refused == {application: "not-in-directory"}


def test_nobody_decides_about_somebody_who_left_and_no_erasure_waits_for_it(house: MatchingHouse,
                                                                            programme: Programme) -> None:
    application, applications = an_application(house, programme), house.matching.applications
    decided(house, programme, [application], Outcome.DECLINE, reason=DeclineReason.OTHER)
    house.matching.people.leave(ANNA)
    house.settle()

    assert decided(house, programme, [application], Outcome.WAIT).refused == {application: "not-in-directory"}
    applications.store.change(application, lambda one: one._move(ApplicationState.WAITING))
    assert house.matching.erasures.forgetting.has_left(ANNA)
    assert state(house, application) is ApplicationState.WITHDRAWN


def test_whoever_came_by_a_file_takes_part_already(house: MatchingHouse, programme: Programme) -> None:
    house.bring(programme, Role.MENTOR, MENTORS)

    with pytest.raises(CannotApply):
        house.matching.applications.write(programme.id, person_id("m1"), Role.MENTOR, OFFERED)
    house.matching.applications.write(programme.id, person_id("m1"), Role.MENTEE, WANTED)
    assert not house.matching.participants.store.find({}).items[0].by_application


def test_wishes_name_mentors_by_their_address(house: MatchingHouse, programme: Programme) -> None:
    mentors = [an_application(house, programme, BEN, Role.MENTOR)]
    wishing = house.matching.applications.write(
        programme.id, ANNA, Role.MENTEE, {**WANTED, "goals": "knitting", "wishes": "BEN@example.org"})
    house.matching.applications.submit(wishing.id)
    decided(house, programme, [*mentors, wishing.id])

    run = house.a_proposed_run(programme)

    [proposal] = house.matching.runs.proposals(run.id, 10, None).items
    assert "wish" in [one.criterion for one in proposal.reasons]


def test_a_closed_programme_decides_nothing(house: MatchingHouse, programme: Programme) -> None:
    application = an_application(house, programme)
    house.pass_time(days=400)

    with pytest.raises(NotOpen):
        decided(house, programme, [application])


def test_while_a_programme_closes_there_is_still_a_kind_no_and_then_one_for_the_rest(house: MatchingHouse,
                                                                                    programme: Programme) -> None:
    mine, his = an_application(house, programme), an_application(house, programme, BEN)
    house.pass_time(days=(date.fromisoformat(programme.plan.ends_on) - house.clock.now().date()).days + 1)

    with pytest.raises(NotOpen):
        decided(house, programme, [mine])
    decided(house, programme, [mine], Outcome.DECLINE, reason=DeclineReason.TOO_LATE)
    assert (state(house, mine), state(house, his)) == (ApplicationState.DECLINED, ApplicationState.SUBMITTED)
    house.pass_time(days=28)

    assert state(house, his) is ApplicationState.DECLINED
    assert house.told(PARTICIPANTS.name).count("application-declined") == 2
    with pytest.raises(NotOpen):
        decided(house, programme, [his], Outcome.DECLINE, reason=DeclineReason.TOO_LATE)


@pytest.mark.parametrize("told", [True, False])
def test_what_was_sent_anew_is_not_what_the_coordinator_read(house: MatchingHouse, programme: Programme,
                                                             told: bool) -> None:
    application, applications = an_application(house, programme), house.matching.applications
    asked = Asked(outcome=Outcome.APPROVE, application_ids=[application],
                  read_until=applications.get(application).submitted_at if told else None)
    before = None if told else house.matching.deciding.decide(programme.id, asked, "carla")
    applications.withdraw(application)
    house.clock.set(house.clock.now() + timedelta(minutes=1))
    applications.write(programme.id, ANNA, Role.MENTEE, {"goals": "sql"})
    applications.submit(application)

    job = before or house.matching.deciding.decide(programme.id, asked, "carla")
    house.settle()

    assert house.matching.deciding.get(job.id).refused == {application: "changed-since"}
    assert state(house, application) is ApplicationState.SUBMITTED


@pytest.mark.feature("B1")
def test_a_programme_has_the_form_of_its_template_until_it_has_its_own(house: MatchingHouse,
                                                                       programme: Programme) -> None:
    form = template(programme.kind).form
    application = an_application(house, programme)
    shorter = type(form)(fields=tuple(one for one in form.fields if one.key not in ("goals", "grade")))

    house.matching.programmes.change(programme.id, {"form": shorter}, None)
    decided(house, programme, [application])

    assert house.matching.programmes.get(programme.id).form == shorter
    assert house.matching.participants.get(application).answers == WANTED


def test_what_was_answered_is_forgotten_with_the_person(house: MatchingHouse, programme: Programme) -> None:
    mine = house.matching.applications.write(programme.id, ANNA, Role.MENTEE, {
        "wishes": "ben@example.org", "goals": "Ask Ben@example.org, or reuben@example.org"})
    his = an_application(house, programme, BEN)
    decided(house, programme, [his], Outcome.DECLINE, reason=DeclineReason.OTHER, text="about Ben")

    house.matching.erasures.ask(BEN, "hr")
    for _ in range(3):
        house.pass_time(minutes=5)

    gone = house.matching.applications.get(his)
    assert (gone.answers, gone.verdict and gone.verdict.text) == ({}, "")
    assert house.matching.applications.get(mine.id).answers == {"wishes": "", "goals": "Ask …; or reuben@example.org"}


def test_the_export_has_the_application_without_what_coordinators_say_of_it(house: MatchingHouse,
                                                                           programme: Programme) -> None:
    application = an_application(house, programme)
    decided(house, programme, [application], Outcome.DECLINE, reason=DeclineReason.OTHER, text="between us")

    [exported] = house.matching.exporting.of(ANNA)["applications"]

    assert exported["answers"] == WANTED
    assert "between us" not in str(exported)
