"""Rounds of munkres, one a mentor that a mentee may have, as mentor-match works: nobody looks beyond the round."""

from collections.abc import Callable
from time import process_time

import numpy as np

from services.matching.engine.solution import Solution
from services.matching.engine.solve import solve_edges
from tests.bench.engine import product
from tests.bench.engine.flow import Answer
from tests.bench.engine.instances import Shape, pool
from tests.bench.engine.turns import taken


def against_munkres(mentees: int, mentors: int, wants: int = 3) -> Callable[[int], tuple[float, float]]:
    """As many mentors a mentee and mentees a mentor; ours must not seat fewer, nor score less at the same count."""
    def measure(seed: int) -> tuple[float, float]:
        scores = product.scores(pool(Shape(mentees, mentors, seats=1.0), seed))
        mentee, mentor = np.nonzero(scores >= 0)
        each = [np.full(size, wants) for size in (mentees, mentors)]
        ours, theirs = taken([
            lambda: solve_edges(mentees, each[1], mentee, mentor, scores[mentee, mentor], mentee_capacity=each[0]),
            lambda: rounds(scores, wants)], clock=process_time)
        assert isinstance(ours.answer, Solution)
        assert isinstance(theirs.answer, Answer)
        assert (len(ours.answer.seats_mentee), ours.answer.total_score) >= theirs.answer
        return 1 / ours.seconds, 1 / theirs.seconds
    return measure


def rounds(scores: np.ndarray, wants: int) -> Answer:
    """Everybody gets one mentor a round, and none twice."""
    from munkres import Munkres

    left, matched, total = scores.copy(), 0, 0
    worth = len(scores) * int(scores.max()) + 1
    for _ in range(wants):
        cost = np.where(left >= 0, worth - left, 2 * worth)
        for row, column in Munkres().compute(cost.tolist()):
            if left[row, column] >= 0:
                matched, total = matched + 1, total + int(left[row, column])
                left[row, column] = product.FORBIDDEN
    return Answer(matched, total)
