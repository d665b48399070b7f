"""A problem told differently, and what must become of its value: relations that need no oracle."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from services.matching.engine.solution import Solution
from services.matching.engine.solve import solve
from tests.unit.matching.engine.instances import Instance, a_random_instance, a_random_instance_of_several

Dice = np.random.Generator


def renumbered(one: Instance, dice: Dice) -> Instance:
    """Everybody has another number, and edges come in another order."""
    rows, columns = dice.permutation(one.n_mentees), dice.permutation(len(one.capacity))
    order = dice.permutation(len(one.score))
    capacity = np.empty_like(one.capacity)
    capacity[columns] = one.capacity
    wants = None if one.wants is None else one.wants[np.argsort(rows)]
    return replace(one, capacity=capacity, mentee=rows[one.mentee[order]], mentor=columns[one.mentor[order]],
                   score=one.score[order], wants=wants)


def lifted(one: Instance, _dice: Dice) -> Instance:
    """Every pair scores `LIFT` more."""
    return replace(one, score=one.score + LIFT)


def with_the_unusable(one: Instance, dice: Dice) -> Instance:
    """One mentor more without a seat, whom all would like most, and one without an edge."""
    mentors = len(one.capacity)
    some = np.flatnonzero(dice.random(one.n_mentees) < 0.5)
    return replace(one, capacity=np.append(one.capacity, [0, 3]), mentee=np.append(one.mentee, some),
                   mentor=np.append(one.mentor, np.full(len(some), mentors)),
                   score=np.append(one.score, np.full(len(some), one.score.max(initial=0))))


def split(one: Instance, _dice: Dice) -> Instance:
    """A mentor a seat. Only where a mentee has one mentor: nobody may sit with one person twice."""
    first = np.cumsum(one.capacity) - one.capacity
    copies = one.capacity[one.mentor]
    at = np.repeat(np.arange(len(one.mentor)), copies)
    nth = np.arange(len(at)) - np.repeat(np.cumsum(copies) - copies, copies)
    return replace(one, capacity=np.ones(int(one.capacity.sum()), np.int64), mentee=one.mentee[at],
                   mentor=first[one.mentor][at] + nth, score=one.score[at])


LIFT = 17
VARIANTS: Mapping[str, Callable[[Instance, Dice], Instance]] = {
    one.__name__: one for one in (renumbered, lifted, with_the_unusable, split)}


def expected(name: str, found: Solution) -> tuple[int, int]:
    """(pairs, sum) of the variant; the count comes first, so that what all score more changes who sits nowhere."""
    return found.matched, found.total_score + (LIFT * found.matched if name == lifted.__name__ else 0)


def told(seed: int) -> Instance:
    """More pairs come before the score; each third has several mentors a mentee."""
    several = seed % 3 == 0
    return a_random_instance_of_several(seed) if several else replace(a_random_instance(seed), seat_worth=None)


def require_as_expected(name: str, seed: int) -> None:
    """Raises AssertionError where the variant of that name has another value than it must have."""
    instance = told(seed + (1 if name == split.__name__ and seed % 3 == 0 else 0))
    found = solve(instance.problem)
    other = solve(VARIANTS[name](instance, np.random.default_rng(seed)).problem)
    assert (other.matched, other.total_score) == expected(name, found), (name, seed)


def require_same_bytes(seeds: Iterable[int]) -> None:
    """Raises AssertionError where a run in one of two threads comes to other bytes than one alone."""
    problems = [told(seed).problem for seed in seeds]
    alone = [_bytes_of(solve(problem)) for problem in problems]
    with ThreadPoolExecutor(2) as both:
        at_once = list(both.map(lambda problem: _bytes_of(solve(problem)), problems))
    assert at_once == alone


def _bytes_of(solution: Solution) -> bytes:
    return b"".join(one.tobytes() for one in (solution.mentor_of, solution.seats_mentee, solution.seats_mentor,
                                              solution.prices, solution.utilities))
