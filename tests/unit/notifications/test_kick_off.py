"""A first meeting is proposed at an hour that suits both."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from services.notifications.domain.kick_off import NOTICE, propose
from tests.unit.notifications.builders import MONDAY


@pytest.mark.parametrize("zones", [
    ("Europe/Lisbon", "Europe/Berlin"), ("Europe/London", "Asia/Kolkata"), ("America/New_York", "Europe/Berlin"),
])
def test_neighbours_meet_in_the_middle_of_both_their_days(zones: tuple[str, str]) -> None:
    proposed = propose(MONDAY, zones)

    assert all(9 <= proposed.astimezone(ZoneInfo(zone)).hour < 17 for zone in zones)


@pytest.mark.parametrize("days", range(7))
def test_nobody_is_asked_to_meet_at_a_weekend(days: int) -> None:
    zones = ("Pacific/Auckland", "America/Los_Angeles")

    proposed = propose(MONDAY + timedelta(days=days), zones)

    assert all(proposed.astimezone(ZoneInfo(zone)).weekday() < 5 for zone in zones)


def test_there_is_time_to_prepare() -> None:
    assert propose(MONDAY, ("Europe/Lisbon", "Asia/Seoul")) >= MONDAY + NOTICE


def test_a_zone_that_nobody_knows_is_taken_for_utc() -> None:
    assert propose(MONDAY, ("Middle/Earth", "UTC")) == propose(MONDAY, ("UTC", "UTC"))


def test_across_the_world_it_is_noon_for_the_first() -> None:
    zones = ("Europe/Lisbon", "Pacific/Honolulu", "Asia/Seoul", "America/New_York")

    assert propose(MONDAY, zones).astimezone(ZoneInfo("Europe/Lisbon")).hour == 12
