"""Starts of any kind, good and bad: from each of them the finish has to come to the best."""

import numpy as np

from services.matching.engine.outcome import outcome_of_one
from services.matching.engine.problem import Problem
from services.matching.engine.run import Run
from services.matching.engine.solution import Solution
from services.matching.engine.solve import solve
from services.matching.engine.watch import UNWATCHED
from tests.unit.matching.engine.instances import random_prices


def solved_from_any(seed: int, problem: Problem) -> Solution:
    """From nothing, from prices, from prices and seats, or from bids in phases with steps of any width."""
    dice = np.random.default_rng(seed + 2_000_000)
    kind = seed % 4
    if kind == 0:
        return solve(problem)
    if kind == 1:
        return solve(problem, start_prices=random_prices(seed, problem))
    if kind == 2:
        seats = dice.integers(-1, problem.n_mentors, problem.n_mentees).astype(np.int32)
        return solve(problem, start_prices=random_prices(seed, problem), start_mentor_of=seats)
    return _from_bids(problem, [step for step in (50_000, 300, 7, 1) if dice.random() < 0.5])


def _from_bids(problem: Problem, steps: list[int]) -> Solution:
    """`steps`: how far a bid goes beyond indifference (ε) in each phase; none: as in a run."""
    run = Run.of(problem, UNWATCHED)
    run.start(steps)
    run.finish()
    outcome = outcome_of_one(problem, run.state, whole=True, stats={})
    return outcome.solution(problem, "participation", None, proven=True)
