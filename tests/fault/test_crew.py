"""Who is killed, who ends by itself, and who could not begin: three different things."""

import os
import signal
from collections.abc import Callable, Iterator

import pytest

from shared.kernel.errors import Unavailable
from tests.fault.clock import FastClock
from tests.fault.crew import Crew, Role
from tests.fault.service import ROLES, WEB, World

SOMEBODY: Role = (WEB, "matching")


def is_killed(_world: World, _service: str, order: str) -> None:
    if order:
        os.kill(os.getpid(), signal.SIGKILL)
    signal.pause()


def crashes(_world: World, _service: str, _order: str) -> None:
    raise ZeroDivisionError


def is_too_early(_world: World, _service: str, _order: str) -> None:
    raise Unavailable("the store is away")


@pytest.fixture
def crew() -> Iterator[Crew]:
    crew = Crew(World({}, FastClock(1.0), {}))
    yield crew
    crew.end_all()


@pytest.fixture
def lives(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[World, str, str], None]], None]:
    return lambda life: monkeypatch.setitem(ROLES, WEB, life)


def ends(crew: Crew, process: int) -> bool:
    """Waits for the process, and leaves it to the crew to reap."""
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    return crew.killed_itself(SOMEBODY)


def test_a_point_that_is_reached_is_a_death(crew: Crew, lives: Callable[..., None]) -> None:
    lives(is_killed)
    crew.start(SOMEBODY, "a-point:1")

    assert ends(crew, crew.alive[SOMEBODY])
    assert [role for _, role in crew.deaths] == [SOMEBODY]
    crew.start(SOMEBODY)


def test_who_crashes_is_started_again_under_the_same_order_and_counted(crew: Crew, lives: Callable[..., None]) -> None:
    lives(crashes)
    crew.start(SOMEBODY, "a-point:1")
    first = crew.alive[SOMEBODY]
    lives(is_killed)

    assert not ends(crew, first)
    assert (crew.crashes, crew.deaths) == (["web matching ended by itself with 1"], [])
    assert ends(crew, crew.alive[SOMEBODY]), "the order still stands"
    crew.start(SOMEBODY)


def test_who_finds_a_server_away_is_started_again_and_is_no_crash(crew: Crew, lives: Callable[..., None]) -> None:
    lives(is_too_early)
    crew.start(SOMEBODY)
    first = crew.alive[SOMEBODY]
    lives(is_killed)

    assert not ends(crew, first)
    assert (crew.crashes, crew.deaths) == ([], [])
    assert crew.alive[SOMEBODY] != first
