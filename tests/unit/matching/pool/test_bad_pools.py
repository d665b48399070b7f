"""Pools that must not be solved are refused, with the figure or the first entry that is wrong."""

from dataclasses import replace

import numpy as np
import pytest

from services.matching.engine.pool import BARRED, HIGHEST, Attribute, Bonus, Pool, Ragged, Removal
from services.matching.engine.refused import Refused
from services.matching.engine.solve_pool import solve_pool


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int32)


def three_and_two() -> Pool:
    """Three mentees, two mentors with a seat each."""
    return Pool(3, ints(1, 1))


def skills(*triples: tuple[int, int, int], rows: int = 3) -> Ragged:
    return Ragged.of(rows, *zip(*triples, strict=True))


def grade(mentee: np.ndarray, mentor: np.ndarray, points: object = ((1, 2),)) -> Attribute:
    return Attribute("grade", mentee, mentor, np.array(points))


BAD = {
    "there are -1 mentees": replace(three_and_two(), n_mentees=-1),
    r"capacity\[1\] is -2; it must be from 0": replace(three_and_two(), capacity=ints(1, -2)),
    "capacity must be one row of whole numbers": replace(three_and_two(), capacity=np.array([1.0, np.nan])),
    r"grade of mentees has 2 entries; it must have 3": replace(
        three_and_two(), attributes=(grade(ints(0, 0), ints(0, 1)),)),
    r"grade of mentors\[1\] is 2; it must be from 0 to 1": replace(
        three_and_two(), attributes=(grade(ints(0, 0, 0), ints(0, 2)),)),
    r"points of grade\[0, 1\] are -5; they must be from 0": replace(
        three_and_two(), attributes=(grade(ints(0, 0, 0), ints(0, 1), ((1, -5),)),)),
    "points of grade must be a table of whole numbers": replace(
        three_and_two(), attributes=(grade(ints(0, 0, 0), ints(0, 1), ((1.5, 2.0),)),)),
    "needs must have 3 rows": replace(three_and_two(), needs=skills((0, 1, 1), rows=2)),
    r"value of needs\[0\] is 0; it must be from 1": replace(three_and_two(), needs=skills((0, 1, 0))),
    "needs: skill 4 does not come after 4 in its row": replace(
        three_and_two(), needs=skills((1, 4, 1), (1, 4, 2))),
    r"mentor of wish\[0\] is 2; it must be from 0 to 1": replace(
        three_and_two(), bonuses=(Bonus("wish", ints(0), ints(2), ints(5)),)),
    r"points of wish\[0\] is -5; it must be from 0": replace(
        three_and_two(), bonuses=(Bonus("wish", ints(0), ints(1), ints(-5)),)),
    r"mentee of excluded\[0\] is 7; it must be from 0 to 2": replace(
        three_and_two(), removals=(Removal("excluded", ints(7), ints(1)),)),
    "all terms of a pair may add up to 134217728; they must not exceed 134217727": replace(
        three_and_two(), bonuses=(Bonus("wish", ints(0, 0), ints(1, 1), ints(HIGHEST, 1)),)),
    "mentor_key must be one row of 2 unsigned 64-bit numbers": replace(three_and_two(), mentor_key=ints(1, 2)),
    "mentee 1 is locked to mentor 0, but excluded removes the pair": replace(
        three_and_two(), locked=ints(-1, 0, -1), removals=(Removal("excluded", ints(1), ints(0)),)),
    "2 mentees are locked to mentor 1, who has 1 seats": replace(three_and_two(), locked=ints(-1, 1, 1)),
    r"locked\[0\] is 2; it must be from -1 to 1": replace(three_and_two(), locked=ints(2, -1, -1)),
}


@pytest.mark.parametrize("says", BAD)
def test_what_is_wrong_is_named(says: str) -> None:
    with pytest.raises(Refused, match=says):
        solve_pool(BAD[says])


@pytest.mark.parametrize(("pool", "says"), [
    (Pool(200_001, ints(1)), "there are 200,001 mentees; this solver takes 200,000 at most"),
    (Pool(200_000, np.ones(1000, np.int32)), "are 40,000,000 edges; this solver takes 20,000,000 at most"),
    (Pool(1, np.ones(300_000, np.int32), (grade(
        ints(0), np.zeros(300_000, np.int32), np.zeros((900, 1), np.int32)),)), "cells; this solver takes 268,435,456"),
])
def test_too_much_is_refused_with_the_figures(pool: Pool, says: str) -> None:
    with pytest.raises(Refused, match=says):
        solve_pool(pool, k=200)


def test_an_unknown_objective_is_refused() -> None:
    with pytest.raises(Refused, match="no objective is called luck"):
        solve_pool(three_and_two(), objective="luck")


@pytest.mark.parametrize("pool", [Pool(0, ints()), Pool(3, ints()), Pool(0, ints(1, 2)), Pool(3, ints(0, 0))])
def test_where_nobody_can_sit_nobody_does(pool: Pool) -> None:
    solution = solve_pool(pool)

    assert (solution.matched, solution.total_score, solution.optimal) == (0, 0, True)
    assert list(solution.mentor_of) == [-1] * pool.n_mentees


def test_a_pool_without_an_allowed_pair_is_solved_to_nothing() -> None:
    pool = replace(three_and_two(), attributes=(grade(ints(0, 0, 0), ints(0, 0), ((BARRED,),)),))

    assert solve_pool(pool).pairs == []
