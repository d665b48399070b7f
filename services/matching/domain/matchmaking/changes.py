"""What a run changes of the last proposal: who moves, by how many points that is better, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from services.matching.domain.matchmaking.locks import Couple
from services.matching.domain.matchmaking.people import Person
from services.matching.domain.matchmaking.problem import Problem, Proposals
from services.matching.domain.matchmaking.summary import fit

MOST_TOLD = 200


@dataclass(frozen=True)
class Last:
    """The last proposal, by names: how well each couple fitted then (None: not known), and everybody who was looked
    at."""

    fits: Mapping[Couple, int | None]
    mentors: frozenset[str]
    mentees: frozenset[str]


@dataclass(frozen=True)
class Change:
    """Of one mentee; an empty mentor is none. `code`: gone (the mentor before takes no part, or has no free seat),
    barred (by `rule`), locked, new (so is the mentor after), score (the two of before fit otherwise now), others (for
    the sake of all)."""

    mentee_id: str
    before: str
    after: str
    code: str
    rule: str = ""


@dataclass(frozen=True)
class Changes:
    """Against the run `since`. Of mentees in both: how many moved from one mentor to another, have one now who had none
    (`placed`), have none any more (`lost`), and how many `points` more those who moved and `could_stay` fit by the
    present rules; `joined` and `left`: mentees in one of the two alone. The first of all changes are told."""

    since: str
    moved: int = 0
    could_stay: int = 0
    placed: int = 0
    lost: int = 0
    joined: int = 0
    left: int = 0
    points: int = 0
    told: tuple[Change, ...] = ()


def without(changes: Changes | None, person_id: str) -> Changes | None:
    """Nobody is told of somebody who is erased; the figures stay."""
    if changes is None:
        return None
    return replace(changes, told=tuple(one for one in changes.told
                                       if person_id not in (one.mentee_id, one.before, one.after)))


@dataclass(frozen=True, eq=False)
class Comparing:
    """A problem, what was proposed for it, and what was proposed last."""

    problem: Problem
    proposals: Proposals
    last: Last

    def changes(self, since: str) -> Changes:
        both = sorted(self._mentees.keys() & self.last.mentees)
        found = [one for mentee in both for one in self._of(mentee)]
        changed = {one.mentee_id for one in found}
        moved = {one.mentee_id for one in found if one.before and one.after}
        free = [one for one in moved if self._could_stay(one)]
        return Changes(
            since, moved=len(moved), could_stay=len(free), points=sum(self._gain(mentee) for mentee in free),
            placed=len(changed - self._before.keys()), lost=len(changed - self._after.keys()),
            joined=len(self._mentees.keys() - self.last.mentees), left=len(self.last.mentees - self._mentees.keys()),
            told=tuple(sorted(found, key=lambda one: (not one.before, one.mentee_id))[:MOST_TOLD]))

    @cached_property
    def no_fit(self) -> frozenset[str]:
        return self.problem.rulebook.no_fit

    @cached_property
    def _mentees(self) -> dict[str, Person]:
        return {one.id: one for one in self.problem.mentees}

    @cached_property
    def _mentors(self) -> dict[str, Person]:
        return {one.id: one for one in self.problem.mentors}

    @cached_property
    def _before(self) -> dict[str, set[str]]:
        return _mentors_of(self.last.fits)

    @cached_property
    def _after(self) -> dict[str, set[str]]:
        return _mentors_of((one.mentor_id, one.mentee_id) for one in self.proposals.pairs)

    @cached_property
    def _fits(self) -> dict[Couple, int]:
        return {(one.mentor_id, one.mentee_id): fit(one.reasons, self.no_fit) for one in self.proposals.pairs}

    @cached_property
    def _locked(self) -> frozenset[Couple]:
        return frozenset((one.mentor_id, one.mentee_id) for one in self.proposals.pairs if one.locked)

    def _of(self, mentee: str) -> Iterator[Change]:
        before, after = self._before.get(mentee, set()), self._after.get(mentee, set())
        for old, new in zip_longest(sorted(before - after), sorted(after - before), fillvalue=""):
            yield Change(mentee, old, new, *self._why(mentee, old, new))

    def _why(self, mentee: str, old: str, new: str) -> tuple[str, ...]:
        if old and old not in self._mentors:
            return ("gone",)
        if old and (rules := self._barred(old, mentee)):
            return "barred", rules[0]
        if (new, mentee) in self._locked:
            return ("locked",)
        if new and new not in self.last.mentors:
            return ("new",)
        then = self.last.fits.get((old, mentee))
        return ("others",) if then is None or then == self._fit(old, mentee) else ("score",)

    def _could_stay(self, mentee: str) -> bool:
        return not any(old not in self._mentors or self._barred(old, mentee) for old in self._before[mentee])

    def _gain(self, mentee: str) -> int:
        after = sum(self._fits[new, mentee] for new in self._after[mentee])
        return after - sum(self._fit(old, mentee) for old in self._before[mentee])

    def _fit(self, mentor: str, mentee: str) -> int:
        two = self._mentors[mentor], self._mentees[mentee]
        return fit(self.problem.rulebook.reasons(*two), self.no_fit)

    def _barred(self, mentor: str, mentee: str) -> tuple[str, ...]:
        return self.problem.rulebook.barred_by(self._mentors[mentor], self._mentees[mentee], self.problem.roster)


def _mentors_of(couples: Iterable[Couple]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for mentor, mentee in couples:
        found[mentee].add(mentor)
    return found
