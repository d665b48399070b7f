"""Large problems are watched from the moment they are read: progress, cancel and deadline."""

from dataclasses import replace
from threading import Event

import numpy as np
import pytest

from services.matching.engine.aside import LARGE, aside
from services.matching.engine.problem import Problem, problem_of
from services.matching.engine.solution import Solution
from services.matching.engine.solve import solve, solve_edges
from services.matching.engine.watch import Progress, TimeUp, Watch


class Enough(Exception):
    """Somebody cancelled."""


MENTEE, MENTOR = np.indices((1000, LARGE // 1000)).reshape(2, -1)
SEATS, SCORE = np.ones(LARGE // 1000, int), (MENTEE + MENTOR) % 7
"""So many edges that reading them is watched."""


def edges() -> Problem:
    return problem_of(1000, SEATS, MENTEE, MENTOR, SCORE)


def solved(progress: Progress | None = None, deadline: float | None = None) -> Solution:
    return solve_edges(1000, SEATS, MENTEE, MENTOR, SCORE, progress=progress, deadline=deadline)


def test_whoever_waits_is_told_while_work_goes_on() -> None:
    told, go_on = [], Event()

    def progress(phase: str, part: float) -> None:
        told.append((phase, part))
        go_on.set()

    assert aside(lambda: go_on.wait(60), Watch(progress), "reading", 0.5, LARGE)
    assert told[0] == ("reading", 0.5)


def test_a_cancel_waits_for_no_work() -> None:
    never = Event()

    def cancel(_phase: str, _part: float) -> None:
        raise Enough

    with pytest.raises(Enough):
        aside(never.wait, Watch(cancel), "reading", 0.0, LARGE)
    never.set()


def test_a_deadline_waits_for_no_work() -> None:
    never = Event()

    with pytest.raises(TimeUp):
        aside(never.wait, Watch(deadline=0.0), "reading", 0.0, LARGE)
    never.set()


def test_what_work_raises_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        aside(lambda: 1 // 0, Watch(deadline=float("inf")), "reading", 0.0, LARGE)


def test_reading_is_a_phase_of_its_own() -> None:
    told: list[tuple[str, float]] = []

    solution = solved(lambda phase, part: told.append((phase, part)))

    assert told[0] == ("reading", 0.0)
    assert all(0 <= part <= 1 for _, part in told)
    assert solution.optimal


def test_a_run_that_is_late_before_it_began_seats_nobody_and_says_so() -> None:
    solution = solved(deadline=0.0)

    assert (solution.matched, solution.optimal) == (0, False)
    assert solution.gap >= 1000 * (6 + 6001)


def test_a_run_that_is_late_once_edges_are_read_seats_whom_it_can() -> None:
    clock = iter([0.0])
    watch = Watch(deadline=1.0, seconds=lambda: next(clock, 2.0))

    solution, best = solve(edges(), watch=watch), solve(edges())

    assert (0 < solution.matched <= 1000, solution.optimal) == (True, False)
    assert solution.gap >= best.total_score - solution.total_score + 6001 * (best.matched - solution.matched)


@pytest.mark.slow
@pytest.mark.parametrize("objective", ["participation", "maximin"])
def test_a_cancel_is_heard_in_every_phase(objective: str) -> None:
    problem, phases = edges(), set()
    solve(problem, objective=objective, watch=Watch(lambda phase, _part: phases.add(phase)), seed=1)

    for ended in phases:
        def cancel(phase: str, _part: float, ended: str = ended) -> None:
            if phase == ended:
                raise Enough

        with pytest.raises(Enough):
            solve(replace(problem), objective=objective, watch=Watch(cancel), seed=1)
    assert {"reading", "counting"} <= phases
