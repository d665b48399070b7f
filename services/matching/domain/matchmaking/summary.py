"""Figures about proposals: how scores spread, who got which wish, how full mentors are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from services.matching.domain.matchmaking.people import Person, Role
from services.matching.domain.matchmaking.problem import Problem, Proposals

_BINS = 10


@dataclass(frozen=True)
class Bin:
    """Scores from `least` to `most`, both included."""

    least: int
    most: int
    pairs: int


@dataclass(frozen=True)
class WishShare:
    """`rank` is the best wish that came true; 0 for none of them, None for who had no wish."""

    rank: int | None
    mentees: int


@dataclass(frozen=True)
class Load:
    """A mentor's seats and how many are taken."""

    mentor_id: str
    taken: int
    seats: int


@dataclass(frozen=True)
class Summary:
    """All figures of one matching. Scores are of how well two fit (`fits`): `total` is their sum, `lowest_5` their
    fifth percentile."""

    pairs: int
    mentees: int
    mentees_without: int
    mentors: int
    mentors_without: int
    total: int
    lowest_5: int
    scores: tuple[Bin, ...]
    wishes: tuple[WishShare, ...]
    loads: tuple[Load, ...]


def summary_of(problem: Problem, proposals: Proposals) -> Summary:
    """Of one problem and what came of it."""
    taken = Counter(pair.mentor_id for pair in proposals.pairs)
    placed, scores = {pair.mentee_id for pair in proposals.pairs}, fits(problem, proposals)
    return Summary(
        pairs=len(proposals.pairs),
        mentees=len(problem.mentees),
        mentees_without=len(problem.mentees) - len(placed),
        mentors=len(problem.mentors),
        mentors_without=len(problem.mentors) - len(taken),
        total=sum(scores),
        lowest_5=percentile(scores, 5),
        scores=histogram(scores, problem.rulebook.highest_score),
        wishes=wish_shares(problem, proposals),
        loads=tuple(Load(one.id, taken[one.id], problem.rulebook.capacity.of(one)) for one in problem.mentors),
    )


class Pointed(Protocol):
    """A reason, as it is found or as it is stored."""

    @property
    def criterion(self) -> str: ...
    @property
    def points(self) -> int: ...


def fit(reasons: Iterable[Pointed], no_fit: frozenset[str]) -> int:
    """The points of two without those that say nothing of the two."""
    return sum(one.points for one in reasons if one.criterion not in no_fit)


def fits(problem: Problem, proposals: Proposals) -> list[int]:
    """Of each pair."""
    no_fit = problem.rulebook.no_fit
    return [fit(pair.reasons, no_fit) for pair in proposals.pairs]


def percentile(scores: list[int], part: int) -> int:
    """The lowest score that at least `part` of a hundred do not exceed; 0 where there is none."""
    return sorted(scores)[max(0, -(-part * len(scores) // 100) - 1)] if scores else 0


def histogram(scores: list[int], highest: int) -> tuple[Bin, ...]:
    """Equal steps from 0 to the highest possible score; fewer where there are fewer scores than steps."""
    width = max(1, -(-(highest + 1) // _BINS))
    counts = Counter(score // width for score in scores)
    last = highest // width
    return tuple(Bin(step * width, (step + 1) * width - 1, counts[step]) for step in range(last + 1))


def best_fits(problem: Problem, proposals: Proposals) -> dict[str, int]:
    """Of the best pair of each mentee who has one."""
    best: dict[str, int] = {}
    for pair, points in zip(proposals.pairs, fits(problem, proposals), strict=True):
        best[pair.mentee_id] = max(points, best.get(pair.mentee_id, 0))
    return best


def granted_wishes(proposals: Proposals) -> dict[str, int]:
    """The rank of the best wish of each mentee that came true."""
    got: dict[str, int] = {}
    for pair in proposals.pairs:
        if pair.wish_rank:
            got[pair.mentee_id] = min(pair.wish_rank, got.get(pair.mentee_id, pair.wish_rank))
    return got


def ranks_of(problem: Problem) -> tuple[int, ...]:
    """Of the wishes that count."""
    wishes = problem.rulebook.wishes
    return tuple(range(1, len(wishes.points) + 1)) if wishes else ()


def wish_shares(problem: Problem, proposals: Proposals) -> tuple[WishShare, ...]:
    """Of each rank, of none, and of those without a wish; nothing where wishes do not count."""
    wishes, got = problem.rulebook.wishes, granted_wishes(proposals)
    if not wishes:
        return ()
    counts = Counter(got.get(one.id, 0) if wishes.of(one) else None for one in problem.mentees)
    return tuple(WishShare(rank, counts[rank]) for rank in (*ranks_of(problem), 0, None))


def names_of(problem: Problem) -> dict[tuple[Role, str], str]:
    """What people are called; their id where the sheet does not say."""
    book = problem.rulebook
    sides = ((Role.MENTOR, problem.mentors, book.mentor.name), (Role.MENTEE, problem.mentees, book.mentee.name))
    return {(side, one.id): _name(one, column) for side, people, column in sides for one in people}


def _name(person: Person, column: str) -> str:
    value = person.row.get(column, "")
    return value if isinstance(value, str) else ""
