"""Ties fall by the lot of a seed: for nobody in every run, and the same way each time."""

import pickle
from collections import Counter

import numpy as np

from services.matching.engine.solve import solve, solve_edges
from tests.unit.matching.engine.instances import a_random_instance, a_random_instance_of_several, random_prices
from tests.unit.matching.engine.truth import require_best


def test_a_seed_changes_who_wins_and_never_the_worth() -> None:
    for seed in range(100):
        problem = a_random_instance(seed).problem
        seats = np.random.default_rng(seed).integers(-1, problem.n_mentors, problem.n_mentees).astype(np.int32)

        require_best(problem, solve(problem, seed=seed))
        require_best(problem, solve(problem, seed=seed, start_prices=random_prices(seed, problem),
                                    start_mentor_of=seats))


def test_a_seed_changes_no_worth_where_mentees_may_have_several() -> None:
    for seed in range(60):
        problem = a_random_instance_of_several(seed).problem

        require_best(problem, solve(problem, seed=seed), oracles=())
        assert solve(problem, seed=seed).matched == solve(problem).matched


def test_nobody_wins_every_tie() -> None:
    winners = Counter(int(np.flatnonzero(solve_edges(
        10, [1], range(10), [0] * 10, [5] * 10, seed=seed).mentor_of == 0)[0]) for seed in range(40))

    assert len(winners) > 6


def test_the_same_seed_gives_the_same_bytes_in_whatever_order_edges_come() -> None:
    instance = a_random_instance(3)
    order = np.random.default_rng(3).permutation(len(instance.score))

    one, other = (solve_edges(instance.n_mentees, instance.capacity, mentee, mentor, score, seed=9)
                  for mentee, mentor, score in (
                      (instance.mentee, instance.mentor, instance.score),
                      (instance.mentee[order], instance.mentor[order], instance.score[order])))

    assert pickle.dumps(one) == pickle.dumps(other)
