"""A run on a pool says how far it is, stops when told to, and comes back in time with what it has."""

import numpy as np
import pytest

from services.matching.engine.pool import Pool
from services.matching.engine.solution import Solution
from services.matching.engine.solve_pool import solve_pool, solve_watched
from services.matching.engine.watch import Watch
from tests.bench.engine.instances import Shape, pool
from tests.unit.matching.pool import dense
from tests.unit.matching.pool.builders import a_pool


class Enough(Exception):
    """Somebody cancelled."""


def test_every_phase_is_told_with_the_part_done() -> None:
    told: list[tuple[str, float]] = []

    solve_pool(pool(Shape.of(1000), 1), k=5, progress=lambda phase, part: told.append((phase, part)))

    assert {"scoring", "proving"} <= {phase for phase, _ in told}
    assert all(0 <= part <= 1 for _, part in told)


@pytest.mark.parametrize("phase", ["scoring", "proving"])
@pytest.mark.parametrize("threads", [1, 2])
def test_a_cancelled_run_ends_without_a_result(phase: str, threads: int) -> None:
    def cancel(now: str, _part: float) -> None:
        if now == phase:
            raise Enough

    with pytest.raises(Enough):
        solve_pool(pool(Shape.of(1000), 1), k=5, threads=threads, progress=cancel)


class Ticks:
    """A clock that goes one further each time somebody looks."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        self._now += 1
        return self._now


@pytest.mark.slow
def test_a_run_out_of_time_says_how_much_better_the_best_may_be() -> None:
    for seed in range(60):
        people = a_pool(seed)
        scores = dense.table(people)
        count, total = dense.participation(people, scores)
        for moments in range(12):
            solution = solve_watched(people, Watch(deadline=moments, seconds=Ticks()), k=1)

            worth = seat_worth(people, scores)
            missing = worth * (count - solution.matched) + total - solution.total_score
            assert 0 <= missing <= solution.gap, (seed, moments)


@pytest.mark.slow
@pytest.mark.parametrize("objective", ["maximin", "minimax-regret", "least-squares-regret", "score"])
def test_no_objective_claims_more_than_was_proven_in_time(objective: str) -> None:
    for seed in range(20):
        people = a_pool(seed)
        whole = solve_pool(people, k=1, objective=objective)
        for moments in range(20):
            cut = solve_watched(people, Watch(deadline=moments, seconds=Ticks()), k=1, objective=objective)

            assert not cut.optimal or worth_of(cut) == worth_of(whole)


def worth_of(solution: Solution) -> tuple[int | None, int | None, int]:
    """What the objective looks at: by score nobody counts who brings nothing."""
    matched = None if solution.objective == "score" else solution.matched
    return matched, solution.threshold, solution.total_score


def seat_worth(people: Pool, scores: np.ndarray) -> int:
    seats = min(people.n_mentees, int(np.minimum(people.capacity, people.n_mentees).sum()))
    return seats * max(int(scores[:, people.capacity > 0].max(initial=0)), 0) + 1
