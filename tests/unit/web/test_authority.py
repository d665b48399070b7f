"""Who may what is known from a copy: too old a copy lets nobody in."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.kernel.clock import SettableClock
from shared.web.authority import AuthorityStale, Fresh
from shared.web.callers import NOBODY
from shared.web.problems import kind_of

NOW = datetime(2026, 2, 28, 9, tzinfo=UTC)


def fresh(caught_up_at: datetime | None) -> Fresh:
    """Asked at NOW."""
    return Fresh(lambda: caught_up_at, SettableClock(NOW))


@pytest.mark.parametrize("behind", [0, 59, 60])
def test_a_copy_of_the_last_minute_is_trusted(behind: int) -> None:
    fresh(NOW - timedelta(seconds=behind)).check()


@pytest.mark.parametrize("caught_up_at", [None, NOW - timedelta(seconds=61), NOW - timedelta(days=1)])
def test_an_older_copy_is_not(caught_up_at: datetime | None) -> None:
    with pytest.raises(AuthorityStale):
        fresh(caught_up_at).check()


def test_it_is_a_rule_in_itself() -> None:
    with pytest.raises(AuthorityStale):
        fresh(None)(None, NOBODY, {})


def test_it_is_told_as_a_passing_trouble() -> None:
    assert (kind_of(AuthorityStale).status, AuthorityStale.code) == (503, "authority-stale")
