"""Programmes like mentor-match's samples have its points and its bars."""

import numpy as np

from tests.bench.engine import samples


def test_a_sixth_of_all_pairs_is_allowed_at_the_points_that_the_rules_give() -> None:
    scores = samples.scores(500, seed=1)

    allowed = scores[scores != samples.FORBIDDEN]

    assert abs(len(allowed) / scores.size - 1 / 6) < 0.01
    assert set(np.unique(allowed).tolist()) == {9, 12, 15, 18, 19, 22, 25, 28}


def test_the_points_are_the_same_for_the_same_seed() -> None:
    assert samples.scores(40, seed=2).tobytes() == samples.scores(40, seed=2).tobytes()
