"""Approvals that the person has not confirmed: reminded on working days, listed, and reminded by a coordinator."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import PARTICIPANTS, ParticipantLeft, ParticipantState, Role
from services.matching.contracts.taking_part import TAKING_PART, ParticipantConfirmed
from services.matching.domain.directory import Weekday
from services.matching.domain.programme import Programme
from services.matching.domain.verdict import Outcome, Verdict
from tests.unit.matching.house import COORDINATOR, MatchingHouse
from tests.unit.matching.test_applications import ANNA, BEN, an_application, decided, people
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_
from tests.unit.matching.test_moves import on_leave

pytestmark = pytest.mark.feature("S2.4")
DUE = "confirmation-reminder-due"
End = Callable[[MatchingHouse, As, str], object]


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    people(house, "anna", "ben")
    return house.a_programme(holiday_calendar="DE-BE", always_on=True)


@pytest.fixture
def approved(house: MatchingHouse, programme: Programme) -> str:
    """On Monday, 1 March 2027, at nine where Anna is."""
    its = an_application(house, programme)
    decided(house, programme, [its])
    return its


def days_of_mails(house: MatchingHouse, days: int) -> list[str]:
    """When a reminder came, by UTC, looked at every four hours."""
    found: list[str] = []
    for _hours in range(days * 6):
        before = house.told(TAKING_PART.name).count(DUE)
        house.pass_time(hours=4)
        found += [f"{house.clock.now():%a %d %b %H}"] * (house.told(TAKING_PART.name).count(DUE) - before)
    return found


def waiting(house: MatchingHouse, programme: Programme) -> int:
    return house.matching.summaries.of(programme.id).to_do["approvals_to_confirm"]


def test_whoever_is_silent_is_reminded_on_the_third_and_the_tenth_working_day(
        house: MatchingHouse, programme: Programme, approved: str) -> None:
    assert waiting(house, programme) == 1

    # the 8th is a holiday in Berlin
    assert days_of_mails(house, 20) == ["Thu 04 Mar 08", "Tue 16 Mar 08"]


def test_neither_days_off_nor_holidays_count(house: MatchingHouse, programme: Programme) -> None:
    house.matching.people.store.change(ANNA, lambda one: one.change(
        replace(one.details, working_days=(Weekday.MON, Weekday.TUE)), house.clock.now()))
    house.pass_time(days=21)
    decided(house, programme, [an_application(house, programme)])

    # Easter Monday is 29 March 2027
    assert days_of_mails(house, 20) == ["Mon 05 Apr 08"]


def test_a_leave_puts_a_reminder_off_until_they_are_back(house: MatchingHouse, programme: Programme,
                                                         approved: str) -> None:
    on_leave(house, ANNA)
    away = days_of_mails(house, 8)
    on_leave(house, ANNA, away=False)

    assert (away, days_of_mails(house, 20)) == ([], ["Wed 10 Mar 08", "Tue 16 Mar 08"])


def test_a_worker_that_was_down_over_the_third_day_reminds_on_no_weekend(
        house: MatchingHouse, programme: Programme, approved: str) -> None:
    house.clock.set(house.clock.now() + timedelta(days=5))
    house.settle()

    assert days_of_mails(house, 3) == ["Tue 09 Mar 08"]


ENDS: dict[str, End] = {
    "confirmed": lambda _house, as_, its: as_(ANNA)("POST", f"/applications/{its}/confirmation"),
    "withdrawn": lambda _house, as_, its: as_(ANNA)("POST", f"/applications/{its}/withdrawal"),
    "taken out": lambda _house, as_, its: as_(COORDINATOR)(
        "POST", f"/participants/{its}/departure", {"reason": "silent"}),
    "gone": lambda _house, as_, _its: as_("hr", "hr")("POST", f"/people/{ANNA}/departure"),
    "forgotten": lambda _house, as_, _its: as_("hr", "hr")("POST", f"/people/{ANNA}/erasure"),
}


@pytest.mark.parametrize("end", ENDS)
def test_nobody_is_reminded_of_what_is_answered_or_over(
        house: MatchingHouse, as_: As, programme: Programme, approved: str, end: str) -> None:
    ENDS[end](house, as_, approved)
    house.settle()

    assert waiting(house, programme) == 0
    assert as_(COORDINATOR).get(f"/programmes/{programme.id}/applications?unconfirmed=true").json["items"] == []
    assert days_of_mails(house, 5) == []


def test_whoever_says_yes_is_told_of_where_reminders_are(house: MatchingHouse, as_: As, approved: str) -> None:
    as_(ANNA)("POST", f"/applications/{approved}/confirmation", Idempotency_Key="yes")
    as_(ANNA)("POST", f"/applications/{approved}/confirmation", Idempotency_Key="yes")
    house.settle()

    [told] = house.world.heard(TAKING_PART.name)
    assert (told.type, told.key) == (ParticipantConfirmed.type, approved)
    assert set(told.data) == {"application_id", "programme_id", "person_id", "role"}


def test_that_somebody_left_before_is_no_answer_to_a_new_approval(
        house: MatchingHouse, as_: As, programme: Programme, approved: str) -> None:
    as_(COORDINATOR)("POST", f"/participants/{approved}/departure", {"reason": "silent"})
    house.settle()
    [left] = [one for one in house.world.heard(PARTICIPANTS.name) if one.type == ParticipantLeft.type]
    assert an_application(house, programme) == approved
    decided(house, programme, [approved])

    house.matching.confirming.left(approved, cause=replace(left, source="/another"))

    assert waiting(house, programme) == 1


def test_nobody_confirms_for_a_programme_that_is_over(house: MatchingHouse, as_: As, programme: Programme,
                                                      approved: str) -> None:
    house.matching.programmes.store.change(programme.id, lambda one: one.on_close(house.clock.now()))
    house.settle()

    assert waiting(house, programme) == 0
    assert as_(COORDINATOR)("POST", f"/applications/{approved}/confirmation-reminder").status_code == 409
    assert days_of_mails(house, 5) == []


def test_who_confirms_before_it_is_heard_of_is_asked_nothing(house: MatchingHouse, programme: Programme) -> None:
    its = an_application(house, programme)
    yes = Verdict(decision_id="one", outcome=Outcome.APPROVE, by=COORDINATOR)
    house.matching.applications.store.change(its, lambda one: one.decide(yes, house.clock.now()))
    house.matching.applications.confirm(its)
    house.settle()

    assert waiting(house, programme) == 0
    assert days_of_mails(house, 5) == []


def test_whoever_has_not_confirmed_takes_part_all_the_same(house: MatchingHouse, approved: str) -> None:
    assert house.matching.applications.get(approved).state is ApplicationState.APPROVED
    assert house.matching.participants.get(approved).state is ParticipantState.ACTIVE


def test_they_are_listed_by_role_and_name_and_counted(house: MatchingHouse, as_: As, programme: Programme,
                                                      approved: str) -> None:
    other = an_application(house, programme, BEN, Role.MENTOR)
    done = an_application(house, programme, BEN)
    decided(house, programme, [other, done])
    as_(BEN)("POST", f"/applications/{done}/confirmation")
    place = f"/programmes/{programme.id}/applications?unconfirmed=true"

    def listed(more: str = "") -> set[str]:
        return {one["id"] for one in as_(COORDINATOR).get(f"{place}{more}").json["items"]}

    assert listed() == {approved, other}
    assert (listed("&role=mentor"), listed("&q=anna"), listed("&q=ben&role=mentee")) == ({other}, {approved}, set())
    assert waiting(house, programme) == 2
    first = as_(COORDINATOR).get(f"{place}&limit=1")
    rest = as_(COORDINATOR).get(first.headers["Link"].split(">")[0].removeprefix("</v1")).json["items"]
    assert {one["id"] for one in (*first.json["items"], *rest)} == listed()


def test_a_name_changes_neither_their_order_nor_what_narrows_them(
        house: MatchingHouse, as_: As, programme: Programme) -> None:
    early, late = (an_application(house, programme, ANNA, role) for role in (Role.MENTEE, Role.MENTOR))
    decided(house, programme, [late])
    house.pass_time(hours=1)
    decided(house, programme, [early])
    place = f"/programmes/{programme.id}/applications?unconfirmed=true&state=waiting"

    plain, named = ([one["id"] for one in as_(COORDINATOR).get(f"{place}{more}").json["items"]]
                    for more in ("", "&q=anna"))

    assert plain == named == [late, early]


def test_a_coordinator_reminds_once_a_working_day_and_the_clock_not_on_the_same(
        house: MatchingHouse, as_: As, programme: Programme, approved: str) -> None:
    carla, place = as_(COORDINATOR), f"/applications/{approved}/confirmation-reminder"
    too_soon = carla("POST", place, Idempotency_Key="monday")
    house.pass_time(days=3, hours=-1)

    first = carla("POST", place, Idempotency_Key="thursday")
    again = carla("POST", place, Idempotency_Key="thursday")
    more = carla("POST", place, Idempotency_Key="more")

    assert [(one.status_code, one.json.get("code")) for one in (too_soon, first, again, more)] == [
        (409, "mailed-today"), (200, None), (200, None), (409, "mailed-today")]
    assert first.json["confirm_reminded_at"] is not None
    house.settle()
    assert house.told(TAKING_PART.name) == [DUE]
    assert days_of_mails(house, 3) == ["Fri 05 Mar 11"]


def test_nobody_but_whoever_looks_after_the_programme_reminds_and_not_themselves(
        house: MatchingHouse, as_: As, approved: str) -> None:
    house.pass_time(days=1)
    wrong = as_(COORDINATOR)("POST", "/applications/nothing-real/confirmation-reminder")

    answers = [as_(who, *roles)("POST", f"/applications/{approved}/confirmation-reminder")
               for who, roles in ((ANNA, ()), (ANNA, ("programme-office",)), ("nobody", ()))]

    assert {(one.status_code, one.data) for one in answers} == {(404, wrong.data)}


def test_what_needs_no_yes_is_not_reminded_of(house: MatchingHouse, as_: As, approved: str) -> None:
    as_(ANNA)("POST", f"/applications/{approved}/confirmation")

    answer = as_(COORDINATOR)("POST", f"/applications/{approved}/confirmation-reminder")

    assert (answer.status_code, answer.json["code"]) == (409, "already-decided")
