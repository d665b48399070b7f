"""Rounds of munkres, one a mentor that a mentee may have, as mentor-match works: nobody looks beyond the round."""

import sys
from collections.abc import Callable
from time import process_time

import numpy as np

from services.matching.engine.solution import Solution
from services.matching.engine.solve import solve_edges
from tests.bench.engine import samples
from tests.bench.engine.flow import Answer
from tests.bench.engine.turns import taken


def against_munkres(size: int, wants: int = 3) -> Callable[[int], tuple[float, float]]:
    """As many mentors as mentees, each with `wants` of the others at most; ours must not seat fewer, nor score less at
    the same count."""
    def measure(seed: int) -> tuple[float, float]:
        scores = samples.scores(size, seed)
        mentee, mentor = np.nonzero(scores.T >= 0)
        each = np.full(size, wants)
        ours, theirs = taken([
            lambda: solve_edges(size, each, mentee, mentor, scores[mentor, mentee], mentee_capacity=each),
            lambda: rounds(scores, wants)], clock=process_time)
        assert isinstance(ours.answer, Solution)
        assert isinstance(theirs.answer, Answer)
        assert (len(ours.answer.seats_mentee), ours.answer.total_score) >= theirs.answer
        return 1 / ours.seconds, 1 / theirs.seconds
    return measure


def rounds(scores: np.ndarray, wants: int) -> Answer:
    """Everybody gets one mentor a round, and none twice. As in mentor-match 7.0.1 a barred pair costs what a pair
    without points does, and is left out when it is chosen."""
    from munkres import Munkres, make_cost_matrix

    free, together = scores >= 0, np.zeros(scores.shape, bool)
    for _ in range(wants):
        alone = ~together.any(axis=1)[:, None] | ~together.any(axis=0)[None, :]
        points = np.where(free & ~together, scores + samples.FIRST * alone, 0)
        chosen = np.array(Munkres().compute(make_cost_matrix(points.tolist(), lambda one: sys.maxsize - one)))
        together[chosen[:, 0], chosen[:, 1]] |= free[chosen[:, 0], chosen[:, 1]]
    return Answer(int(together.sum()), int(scores[together].sum()))
