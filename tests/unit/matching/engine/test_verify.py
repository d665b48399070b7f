"""The checker believes nobody: whatever is changed in a solution, it is not valid any more."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from services.matching.engine.problem import problem_of
from services.matching.engine.solution import Solution
from services.matching.engine.solve import solve
from services.matching.engine.verify import verify
from tests.unit.matching.engine.instances import an_instance

Forge = Callable[[Solution], Solution]
PROBLEM = an_instance([1, 2, 1], [{0: 9, 1: 5}, {0: 8, 1: 1}, {0: 3, 2: 3}]).problem


def pairs(*seats: tuple[int, int]) -> Forge:
    """Others sit there, and everything else says so too."""
    mentee, mentor = np.array(seats, np.int32).T
    mentor_of = np.full(3, -1, np.int32)
    mentor_of[mentee] = mentor
    return lambda one: replace(one, seats_mentee=mentee, seats_mentor=mentor, mentor_of=mentor_of, matched=len(seats))


def prices(*change: int) -> Forge:
    return lambda one: replace(one, prices=one.prices + np.array(change))


def utilities(*change: int) -> Forge:
    return lambda one: replace(one, utilities=one.utilities + np.array(change))


FORGED: dict[str, Forge] = {
    "a mentor has too many": pairs((0, 0), (1, 0), (2, 2)),
    "a mentee has too many": pairs((0, 0), (0, 1), (1, 1)),
    "a pair is not an edge, or sits twice": pairs((0, 0), (1, 2)),
    "a price is negative": prices(0, -1, 0),
    "a priced seat is vacant": prices(0, 1, 0),
    "an outsider would gain": utilities(-9, 0, 0),
    "a pair would rather part": utilities(9, 0, 0),
    "the figures are not those of the pairs": lambda one: replace(one, total_score=one.total_score + 1),
    "mentor_of is not who sits there": lambda one: replace(one, mentor_of=one.mentor_of[::-1]),
    "arrays are not as long as there are people": lambda one: replace(one, prices=one.prices[:2]),
    "a price or utility is out of range": prices(2**62, 0, 0),
}


@pytest.mark.parametrize("flaw", FORGED)
def test_what_is_forged_is_named(flaw: str) -> None:
    certificate = verify(PROBLEM, FORGED[flaw](solve(PROBLEM)))

    assert not certificate.valid
    assert flaw in certificate.broken


def test_a_pair_that_sits_twice_is_named() -> None:
    certificate = verify(PROBLEM, pairs((0, 0), (0, 0))(solve(PROBLEM)))

    assert certificate.broken == ("a pair is not an edge, or sits twice",)


def test_a_matching_that_is_allowed_but_not_the_best_is_worth_less_than_the_bound() -> None:
    nobody = np.zeros(0, np.int32)
    empty = replace(solve(PROBLEM), seats_mentee=nobody, seats_mentor=nobody, mentor_of=np.full(3, -1, np.int32),
                    prices=np.zeros(3, np.int64), utilities=np.array([9, 8, 3]), matched=0, total_score=0)

    certificate = verify(PROBLEM, empty)

    assert (certificate.broken, certificate.value, certificate.valid) == ((), 0, False)
    assert certificate.bound == 9 + 8 + 3 + 3 * PROBLEM.worth


def test_sums_beyond_64_bits_do_not_wrap() -> None:
    seats = 16
    problem = problem_of(seats, [1] * seats, range(seats), range(seats), [5] * seats)
    dear = replace(solve(problem), prices=np.full(seats, 2**61), utilities=np.full(seats, 5 - 2**61))

    certificate = verify(problem, dear)

    assert certificate.bound == seats * 2**61
    assert not certificate.valid
