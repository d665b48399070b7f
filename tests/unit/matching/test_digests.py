"""Once a month the sponsor of a programme is told how it stands."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.matching.contracts.digests import DIGESTS
from services.matching.contracts.programmes import ProgrammeOpened
from services.matching.domain.programme import Programme
from services.matching.domain.way import Step
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.mortal import killed_after

SPONSOR = "sigrid"
MENTOR = {"id": "m", "name": "Mentor", "email": "m@example.org"}
MANY = [{"id": f"e{number}", "name": f"E {number}", "email": f"e{number}@example.org"} for number in range(6)]
FIRST_OF_APRIL = datetime(2027, 4, 1, 6, tzinfo=UTC)
"""Eight in the morning in Berlin."""


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    return house.a_full_programme(sponsor_id=SPONSOR, mentees=[
        {"id": f"e{number}", "name": f"E {number}", "email": f"e{number}@example.org"} for number in range(7)])


def digests(house: MatchingHouse) -> list[dict[str, Any]]:
    return [one.data for one in house.world.heard(DIGESTS.name) if one.data]


def wait_until(house: MatchingHouse, moment: datetime) -> None:
    house.pass_time(seconds=(moment - house.clock.now()).total_seconds())


def test_the_first_of_the_month_tells_what_the_sponsor_would_see(house: MatchingHouse, programme: Programme) -> None:
    wait_until(house, FIRST_OF_APRIL - timedelta(seconds=1))
    before = digests(house)
    house.pass_time(seconds=1)

    [digest] = digests(house)
    view = house.matching.sponsoring.of(programme.id)
    seen = {f"{side.role}-{one.code}": one.count for side in view.sides for one in side.steps}
    seen |= {f"pairs-{one.code}": one.count for one in view.pairs}
    assert before == []
    assert (digest["programme_id"], digest["sponsor_id"], digest["month"]) == (programme.id, SPONSOR, "2027-03")
    assert {one["code"]: one["count"] for one in digest["figures"]} == seen
    assert seen["mentee-approved"] == 5, "seven, by fives"
    assert seen["mentor-approved"] is None, "three"
    assert set(Step) == {code.removeprefix("mentee-") for code in seen if code.startswith("mentee-")}


def test_each_month_has_one(house: MatchingHouse, programme: Programme) -> None:
    for _ in range(70):
        house.pass_time(days=1)

    assert [one["month"] for one in digests(house)] == ["2027-03", "2027-04"]


def test_of_months_in_which_nobody_worked_the_last_is_told(house: MatchingHouse, programme: Programme) -> None:
    wait_until(house, datetime(2027, 6, 15, tzinfo=UTC))

    assert [one["month"] for one in digests(house)] == ["2027-05"]


def test_no_month_is_told_twice_or_early_when_the_programme_moves_west(house: MatchingHouse,
                                                                       programme: Programme) -> None:
    house.matching.programmes.change(programme.id, {"time_zone": "America/Los_Angeles"}, None)
    wait_until(house, FIRST_OF_APRIL)
    early = digests(house)
    house.pass_time(days=2)

    assert early == []
    assert [one["month"] for one in digests(house)] == ["2027-03"]


def test_nothing_is_told_where_there_is_no_sponsor(house: MatchingHouse, programme: Programme) -> None:
    house.matching.programmes.change(programme.id, {"sponsor_id": None}, None)
    wait_until(house, FIRST_OF_APRIL)
    none = digests(house)
    house.matching.programmes.change(programme.id, {"sponsor_id": "another"}, None)
    wait_until(house, FIRST_OF_APRIL + timedelta(days=30))

    assert none == []
    assert [(one["sponsor_id"], one["month"]) for one in digests(house)] == [("another", "2027-04")]


def test_of_a_programme_that_is_over_it_is_told_once_how_it_ended(house: MatchingHouse) -> None:
    programme = house.a_full_programme(
        sponsor_id=SPONSOR, ends_on="2027-03-10", gates=[], mentors=[{**MENTOR, "capacity": "6"}], mentees=MANY)
    house.a_published_run(programme)
    for _ in range(100):
        house.pass_time(days=1)

    told = [(one["month"], one["last"], {each["code"]: each["count"] for each in one["figures"]})
            for one in digests(house)]
    assert [(month, last) for month, last, _ in told] == [("2027-03", False), ("2027-04", True)], "it closed on 8 April"
    assert [figures["pairs-completed"] for *_, figures in told] == [None, 5]
    assert not [one for one in house.matching.digests.store.each({}) if one.timers]


def test_a_programme_from_before_there_were_digests_has_one_from_its_next_change(
        house: MatchingHouse, programme: Programme) -> None:
    house.matching.digests.store.delete(programme.id)
    house.matching.programmes.change(programme.id, {"name": "Rising further"}, None)
    house.settle()
    wait_until(house, FIRST_OF_APRIL)

    assert len(digests(house)) == 1


def test_the_same_event_again_begins_no_other(house: MatchingHouse, programme: Programme) -> None:
    [opened] = [one for one in house.world.heard("mentoring.programmes.v1") if one.type == ProgrammeOpened.type]
    house.worker.handlers[opened.type](opened)
    wait_until(house, FIRST_OF_APRIL)

    assert len(digests(house)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("writes", range(1, 3))
def test_a_crash_after_any_write_tells_a_month_once(house: MatchingHouse, programme: Programme, writes: int) -> None:
    house.clock.set(FIRST_OF_APRIL)

    killed_after(house, writes, house.matching.digests.store)
    house.settle()
    house.pass_time(hours=2)

    assert [one["month"] for one in digests(house)] == ["2027-03"]
