"""Stable matchings of small problems, by trying every assignment."""

from dataclasses import replace
from itertools import product

import numpy as np

from services.matching.engine.blocking import blocking_pairs
from services.matching.engine.problem import Problem
from services.matching.engine.stable import stable
from tests.unit.matching.engine.instances import a_random_instance


def every_stable(problem: Problem, band: int) -> list[tuple[int, ...]]:
    rows = [[-1, *problem.mentor[problem.mentee == one].tolist()] for one in range(problem.n_mentees)]
    fits = (chosen for chosen in product(*rows)
            if all(chosen.count(mentor) <= seats for mentor, seats in enumerate(problem.capacity)))
    return [chosen for chosen in fits if not blocking_pairs(problem, chosen, band=band)]


def scores_of(problem: Problem, mentor_of: list[int]) -> list[int]:
    score = {(i, j): s for i, j, s in zip(problem.mentee.tolist(), problem.mentor.tolist(), problem.score.tolist(),
                                          strict=True)}
    return [score.get(pair, -1) for pair in enumerate(mentor_of)]


def a_small_problem(seed: int) -> Problem:
    return a_random_instance(seed, most_mentees=7, most_mentors=3).problem


def without_ties(problem: Problem, seed: int) -> Problem:
    return replace(problem, score=np.random.default_rng(seed).permutation(len(problem.score)).astype(np.int32))


def require_best_stable(seed: int) -> None:
    """Without ties every mentee has the best of all stable matchings."""
    problem = without_ties(a_small_problem(seed), seed)
    mentor_of = stable(problem).mentor_of.tolist()
    all_stable = every_stable(problem, band=1)
    assert tuple(mentor_of) in all_stable, seed
    best = np.max([scores_of(problem, list(one)) for one in all_stable], axis=0).tolist()
    assert scores_of(problem, mentor_of) == best, seed


def require_two_thirds(seed: int, band: int) -> None:
    """With ties and promotion the matching is stable, and two thirds of the largest stable one are seated."""
    problem = a_small_problem(seed)
    found = stable(problem, band=band)
    all_stable = every_stable(problem, band=band)
    assert tuple(found.mentor_of.tolist()) in all_stable, seed
    assert 3 * found.matched >= 2 * max(sum(mentor >= 0 for mentor in one) for one in all_stable), seed
