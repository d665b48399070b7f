"""Why a solution of edges is as it is: every figure follows from scores and prices, or from one more solving."""

from dataclasses import dataclass

import numpy as np

from services.matching.engine.arrays import Ints, Longs, Mask
from services.matching.engine.compiling import maker
from services.matching.engine.fairness import posed
from services.matching.engine.outcome import entries_of
from services.matching.engine.problem import Problem, problem_of
from services.matching.engine.refused import Refused
from services.matching.engine.rows import offsets
from services.matching.engine.solution import Solution
from services.matching.engine.solve import solve


@dataclass(frozen=True)
class Why:
    """Of a pair that sits together: `score`, the `price` of a seat there, and `dearer`: (mentor, score, price) of whom
    the mentee scores higher with, the highest first; none of them is better once the price is paid."""

    score: int
    price: int
    dearer: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class WhyNot:
    """In units of score: the price of a seat there, what the whole loses at least (`reduced_cost`), and exactly
    (`loss`, with worths, so that a seat less counts as much as it does in the run)."""

    score: int
    price: int
    reduced_cost: int
    loss: int


@dataclass(frozen=True)
class Short:
    """All mentors whom any of `mentees` may have are `mentors`, who have `seats` together; all sorted. With fewer seats
    than mentees somebody stays alone, whatever is decided (Hall, 1935): this many `missing` seats would end that. With
    enough it was the objective that left a seat vacant."""

    mentees: tuple[int, ...]
    mentors: tuple[int, ...]
    seats: int

    @property
    def missing(self) -> int:
        return max(0, len(self.mentees) - self.seats)


def why(problem: Problem, solution: Solution, mentee: int, mentor: int) -> Why:
    """Raises Refused for a pair that does not sit together."""
    if (mentee, mentor) not in zip(solution.seats_mentee.tolist(), solution.seats_mentor.tolist(), strict=True):
        raise Refused(f"mentee {mentee} does not sit with mentor {mentor}")
    mentors, scores = _row(problem, mentee)
    own = int(scores[mentors == mentor][0])
    others = sorted(((int(score), int(one)) for one, score in zip(mentors, scores, strict=True) if score > own),
                    key=lambda pair: (-pair[0], pair[1]))
    dearer = tuple((one, score, int(solution.prices[one])) for score, one in others)
    return Why(own, int(solution.prices[mentor]), dearer)


def why_not(problem: Problem, solution: Solution, mentee: int, mentor: int) -> WhyNot:
    """What it would cost to have this pair; with a fair objective, within its threshold or in its squares. Raises
    Refused when the pair is not allowed, the mentor has no seat, or mentees may have several mentors."""
    if len(problem.worths) > 1:
        raise Refused("what another pair would cost is for one mentor a mentee")
    problem = posed(problem, solution.objective, solution.threshold)
    at = np.flatnonzero((problem.mentee == mentee) & (problem.mentor == mentor))
    if not len(at) or problem.capacity[mentor] == 0:
        raise Refused(f"mentee {mentee} may not sit with mentor {mentor}, or there is no seat")
    score, price = int(problem.score[at[0]]), int(solution.prices[mentor])
    loss = _worth(problem, solution) - _forced(problem, solution, mentee, mentor) - score - problem.worth
    return WhyNot(score, price, int(solution.utilities[mentee]) + price - score, loss)


def _forced(problem: Problem, solution: Solution, mentee: int, mentor: int) -> int:
    """What all others are worth at best when this pair has its seat."""
    others, capacity = problem.mentee != mentee, problem.capacity.copy()
    capacity[mentor] -= 1
    rest = problem_of(problem.n_mentees, capacity, problem.mentee[others], problem.mentor[others],
                      problem.score[others], seat_worth=problem.worth)
    return _worth(rest, solve(rest, start_prices=solution.prices))


def _worth(problem: Problem, solution: Solution) -> int:
    entries = entries_of(problem, solution.seats_mentee, solution.seats_mentor)
    return solution.matched * problem.worth + int(problem.score[entries].sum(dtype=np.int64))


def why_unmatched(problem: Problem, solution: Solution, mentee: int) -> Short:
    """Whom a search from this mentee reaches: every mentor allowed, and all who sit there. Raises Refused for somebody
    who has a mentor."""
    if mentee in solution.seats_mentee:
        raise Refused(f"mentee {mentee} has mentor {solution.mentor_of[mentee]}")
    first = offsets(solution.seats_mentor, problem.n_mentors)
    sits = solution.seats_mentee[np.argsort(solution.seats_mentor, kind="stable")]
    reached, open_to = np.zeros(problem.n_mentees, np.bool_), problem.capacity < 0
    reach_over(problem.starts, problem.mentor, problem.capacity, (first, sits), mentee, reached, open_to)
    mentors = np.flatnonzero(open_to)
    return Short(tuple(np.flatnonzero(reached).tolist()), tuple(mentors.tolist()),
                 int(problem.capacity[mentors].sum()))


@maker
def reach_over(starts: Longs, mentor: Ints, capacity: Longs, holders: tuple[Longs, Ints], mentee: int, reached: Mask,
               open_to: Mask) -> None:
    """Marks who is `reached` (n,), and which mentors with seats are `open_to` them (m,)."""
    waiting = np.empty(len(reached), np.int64)
    waiting[0], reached[mentee], count, at = mentee, True, 1, 0
    while at < count:
        for edge in range(starts[waiting[at]], starts[waiting[at] + 1]):
            one = mentor[edge]
            if capacity[one] == 0 or open_to[one]:
                continue
            open_to[one] = True
            for seat in range(holders[0][one], holders[0][one + 1]):
                if not reached[holders[1][seat]]:
                    waiting[count], reached[holders[1][seat]] = holders[1][seat], True
                    count += 1
        at += 1


def recommend(problem: Problem, solution: Solution, mentee: int, most: int) -> list[tuple[int, int]]:
    """(mentor, score minus price) of mentors with seats, the best first: a popular mentor is shown only as often as
    there is room."""
    mentors, scores = _row(problem, mentee)
    there = problem.capacity[mentors] > 0
    mentors, values = mentors[there], scores[there] - solution.prices[mentors[there]]
    best = np.lexsort((mentors, -values))[:most]
    return list(zip(mentors[best].tolist(), values[best].tolist(), strict=True))


def _row(problem: Problem, mentee: int) -> tuple[Ints, Longs]:
    row = slice(int(problem.starts[mentee]), int(problem.starts[mentee + 1]))
    return problem.mentor[row], problem.score[row].astype(np.int64)


def what_changed(before: Solution, after: Solution) -> list[tuple[int, int, int]]:
    """(mentee, mentor before, mentor after) of who moved, -1 for none; mentees keep their numbers, and who is new or
    gone counts as having been nowhere, or being nowhere now."""
    people = max(len(before.mentor_of), len(after.mentor_of))
    old, new = (np.append(one.mentor_of, np.full(people - len(one.mentor_of), -1)) for one in (before, after))
    moved = np.flatnonzero(old != new)
    return [(int(one), int(old[one]), int(new[one])) for one in moved]


def why_moved(before: Problem, after: Problem, moved: tuple[int, int, int]) -> str:
    """Why one of `what_changed` moved: the mentor before is `gone` (no pair, seat or person any more), the mentor after
    is `new`, a `score` of the two changed, or it was for the sake of `others`."""
    mentee, old, new = moved
    if old >= 0 and _score_of(after, mentee, old) is None:
        return "gone"
    if new >= 0 and _score_of(before, mentee, new) is None:
        return "new"
    same = all(_score_of(before, mentee, one) == _score_of(after, mentee, one) for one in (old, new) if one >= 0)
    return "others" if same else "score"


def _score_of(problem: Problem, mentee: int, mentor: int) -> int | None:
    """None where they may not sit together."""
    if mentee >= problem.n_mentees or mentor >= problem.n_mentors or problem.capacity[mentor] == 0:
        return None
    mentors, scores = _row(problem, mentee)
    return next((int(score) for one, score in zip(mentors, scores, strict=True) if one == mentor), None)
