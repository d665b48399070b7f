"""What is refused before anything is solved: wrong kinds, sizes, indices and scores, each by the first offender."""

from collections.abc import Sequence, Sized

import numpy as np
import numpy.typing as npt

from services.matching.engine.arrays import Longs, Scores, Whole
from services.matching.engine.refused import Refused
from services.matching.engine.rows import first_outside

MOST_MENTEES = 200_000
MOST_EDGES = 20_000_000
HIGHEST_SCORE = 2**31 - 1

_BOUND = 2**62
"""Sums of worth and score stay below, so that no arithmetic of the solver can wrap."""

Given = npt.ArrayLike


def whole(name: str, given: Given) -> Whole:
    """One row of whole numbers, or Refused: floats are not rounded, NaN and infinity are named."""
    array = np.asarray(given)
    if array.ndim != 1:
        raise Refused(f"{name} has {array.ndim} dimensions; it must have one")
    if not len(array):
        return np.empty(0, np.int64)
    if array.dtype.kind == "f":
        _refuse_floats(name, array)
    if array.dtype.kind not in "iu":
        raise Refused(f"{name} holds {array.dtype}; it must hold whole numbers")
    if array.dtype.kind == "u" and array.max() > np.iinfo(np.int64).max:
        raise Refused(f"{name}[{array.argmax()}] is {array.max()}; it must be below 2^63")
    return np.ascontiguousarray(array, array.dtype if array.dtype in (np.int32, np.int64) else np.int64)


def of_length(name: str, given: Given, length: int) -> Whole:
    """As `whole`, with as many entries as there are people."""
    array = whole(name, given)
    if len(array) != length:
        raise Refused(f"{name} has {len(array)} entries; it must have {length}")
    return array


def _refuse_floats(name: str, array: npt.NDArray[np.floating]) -> None:
    strange = np.flatnonzero(~np.isfinite(array))
    if len(strange):
        raise Refused(f"{name}[{strange[0]}] is {array[strange[0]]}; it must be a whole number")
    raise Refused(f"{name} holds {array.dtype}; it must hold whole numbers, so that every comparison is exact")


def require_sizes(n_mentees: int, mentee: Given, mentor: Given, score: Given) -> None:
    """Before anything is copied."""
    require_mentees(n_mentees)
    mentees, mentors, scores = (_length(one) for one in (mentee, mentor, score))
    if mentors > MOST_EDGES:
        raise Refused(f"there are {mentors:,} edges; this solver takes {MOST_EDGES:,} at most")
    if not mentees == mentors == scores:
        raise Refused(f"edges differ in length: {mentees} mentees, {mentors} mentors, {scores} scores")


def _length(given: Given) -> int:
    return len(given) if isinstance(given, Sized) else np.size(given)


def require_mentees(count: int) -> None:
    if count < 0:
        raise Refused(f"there are {count} mentees; there must be none or more")
    if count > MOST_MENTEES:
        raise Refused(f"there are {count:,} mentees; this solver takes {MOST_MENTEES:,} at most")


def require_inside(name: str, index: Whole, size: int, lowest: int = 0) -> None:
    at = first_outside(index, lowest, size)
    if at >= 0:
        raise Refused(f"{name}[{at}] is {index[at]}; it must be from {lowest} to {size - 1}")


def require_not_negative(name: str, values: Whole) -> None:
    if len(values) and values.min() < 0:
        at = int(np.argmax(values < 0))
        raise Refused(f"{name}[{at}] is {values[at]}; it must not be negative")


def require_scores(score: Scores) -> None:
    require_not_negative("score", score)
    if len(score) and score.max() > HIGHEST_SCORE:
        at = int(np.argmax(score > HIGHEST_SCORE))
        raise Refused(f"score[{at}] is {score[at]}; it must be at most {HIGHEST_SCORE}")


def require_seats(seats: int) -> None:
    """Of all mentors together, where each seat has a place also while nobody may take it."""
    if seats > MOST_EDGES:
        raise Refused(f"all mentors have {seats:,} seats together; an assignment takes {MOST_EDGES:,} at most")


def require_no_overflow(worths: Longs | Sequence[int], highest: int, seats: int) -> None:
    """(B + S) times the most pairs there can be is below 2^62."""
    if (max((abs(int(one)) for one in worths), default=0) + highest) * max(1, seats) >= _BOUND:
        raise Refused(f"a seat is worth {int(worths[0])} and scores go to {highest}: sums of {seats} reach 2^62")
