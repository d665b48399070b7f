"""How far the solver is, and that it stops when it shall."""

from dataclasses import dataclass, field
from threading import Event
from typing import Any

import pytest

from services.matching.adapters.beside import beside
from services.matching.adapters.engine_solver import Attempt, EngineSolver, Stopped
from services.matching.domain.matchmaking.seating import Seating
from tests.unit.matching.matchmaking.test_solver import a_seating


class Cancelled(Exception):
    """As a run raises it."""


@dataclass(frozen=True)
class SlowSeating:
    """Nobody sees the grid before it may go on."""

    seating: Seating
    go: Event = field(default_factory=Event)

    @property
    def grid(self) -> Any:
        assert self.go.wait(60)
        return self.seating.grid

    def __getattr__(self, name: str) -> Any:
        return getattr(self.seating, name)


def test_progress_is_told_while_the_answer_takes_long() -> None:
    slow = SlowSeating(a_seating([[5]], [1], [1]))
    told: list[tuple[str, float]] = []

    def progress(phase: str, part: float) -> None:
        told.append((phase, part))
        if len(told) == 2:
            slow.go.set()

    pairs = EngineSolver().solve(slow, progress).pairs  # type: ignore[arg-type]

    assert pairs == [(0, 0)]
    assert told[:2] == [("solving", 0.0), ("solving", 0.0)]


def test_a_cancel_does_not_wait_for_the_engine() -> None:
    slow = SlowSeating(a_seating([[5]], [1], [1]))

    def cancelled(phase: str, part: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        EngineSolver().solve(slow, cancelled)  # type: ignore[arg-type]

    assert not slow.go.is_set()
    slow.go.set()


def test_the_engine_ends_where_it_next_looks_when_nobody_waits() -> None:
    attempt = Attempt(a_seating([[5, 4], [5, -1]], [1, 1], [1, 1]), stopped=True)

    with pytest.raises(Stopped):
        attempt.proven()


def test_how_far_the_engine_came_is_a_part_of_all_its_phases() -> None:
    attempt = Attempt(a_seating([[5, 4], [5, -1]], [1, 1], [1, 1]))

    attempt.proven()

    phase, part = attempt.how_far
    assert phase == "solving"
    assert 0.5 < part <= 1


def test_compiling_is_said_when_it_must_be() -> None:
    attempt = Attempt(a_seating([[5]], [1], [1]), compiles=lambda: True)

    assert attempt.how_far == ("compiling", 0.0)


def test_what_the_work_raises_is_raised_to_whoever_waits() -> None:
    def work() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        beside(work, lambda: None)
