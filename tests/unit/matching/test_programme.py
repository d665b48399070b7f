"""A programme's way from draft to closed, and the plans it accepts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.matching.contracts.programmes import ProgrammeState
from services.matching.domain.cadence import Cadence
from services.matching.domain.plan import plan_after, plan_from
from services.matching.domain.programme import NotOpen
from services.matching.domain.templates import TEMPLATES, Template, template
from shared.kernel.errors import Invalid, NotFound, WrongState
from tests.unit.matching.builders import a_programme, told
from tests.unit.matching.house import MONDAY


def test_nobody_hears_of_a_draft() -> None:
    programme = a_programme()

    programme.change(programme.plan, MONDAY)

    assert told(programme) == []


def test_it_is_opened_once() -> None:
    programme = a_programme()
    programme.open(MONDAY)

    with pytest.raises(WrongState):
        programme.open(MONDAY)
    assert told(programme) == ["programme-opened"]


def test_runs_move_it_on_and_never_back() -> None:
    programme = a_programme()
    programme.open(MONDAY)

    programme.begin_matching(MONDAY)
    programme.begin_running(MONDAY)
    programme.begin_matching(MONDAY)

    assert programme.state is ProgrammeState.RUNNING
    assert told(programme) == ["programme-opened", "programme-changed", "programme-changed"]


def test_it_ends_with_the_last_day_in_its_own_zone() -> None:
    programme = a_programme(time_zone="America/New_York", ends_on="2027-11-30")
    programme.open(MONDAY)

    assert programme.timers["end"] == datetime(2027, 12, 1, 5, 0, tzinfo=UTC)


def test_the_next_cohort_is_as_long_and_keeps_all_else() -> None:
    last = a_programme(starts_on="2027-03-01", ends_on="2027-11-30", undo_minutes=3, coordinator_ids=("carla",)).plan

    following = plan_after(last, "Rising 2028", date(2028, 2, 1))

    assert (following.name, following.starts_on, following.ends_on) == ("Rising 2028", "2028-02-01", "2028-11-01")
    assert replace(following, name=last.name, starts_on=last.starts_on, ends_on=last.ends_on) == last


def test_a_draft_takes_nobody_in() -> None:
    with pytest.raises(NotOpen):
        a_programme().require_open()


@pytest.mark.parametrize("wrong", [
    {"name": " "}, {"ends_on": "2027-03-01"}, {"cadence": Cadence(check_in_days=())},
    {"cadence": Cadence(check_in_days=(30, 12))}, {"cadence": Cadence(check_in_reminder_days=7)},
    {"cadence": Cadence(case_days=0)}])
def test_a_plan_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        a_programme(**wrong)


@pytest.mark.parametrize("one", TEMPLATES, ids=lambda one: one.code)
def test_every_template_makes_a_sound_plan(one: Any) -> None:
    plan_from(one, "Rising", date(2027, 3, 1), "carla").require_sound()


@pytest.mark.parametrize(("day", "end"), [
    (date(2027, 3, 1), "2027-06-01"), (date(2027, 11, 30), "2028-02-29"), (date(2026, 10, 31), "2027-01-31")])
def test_months_end_on_the_same_day_or_the_last_there_is(day: date, end: str) -> None:
    assert plan_from(template("onboarding-buddies"), "B", day, None).ends_on == end


@pytest.mark.feature("C6")
@pytest.mark.parametrize("one", TEMPLATES, ids=lambda one: one.code)
def test_every_template_leaves_ten_minutes_to_take_a_publication_back(one: Template) -> None:
    assert plan_from(one, "Rising", date(2027, 3, 1), None).undo_minutes == 10


def test_an_unknown_template_is_not_found() -> None:
    with pytest.raises(NotFound):
        template("nothing")
