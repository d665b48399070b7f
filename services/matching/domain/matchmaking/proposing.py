"""Makes proposals of a solution: pairs with their reasons, and for everyone else why not."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from services.matching.domain.matchmaking.alternatives import Around, around
from services.matching.domain.matchmaking.arrays import Longs
from services.matching.domain.matchmaking.cells import fold
from services.matching.domain.matchmaking.demand import Demand, demand_of
from services.matching.domain.matchmaking.people import Person, Role
from services.matching.domain.matchmaking.problem import Problem, Progress, Proposals, ProposedPair, Solved
from services.matching.domain.matchmaking.reasons import BrokenWish, Facts, Unmatched
from services.matching.domain.matchmaking.seating import Seating


def shuffled(problem: Problem) -> Problem:
    """In an order drawn by seed and ids: ties fall the same way however the rows came, and for nobody in every run."""
    key = hashlib.blake2b(problem.seed.encode()).digest()

    def lot(person: Person) -> bytes:
        return hashlib.blake2b(fold(person.id).encode(), key=key, digest_size=16).digest()

    mentors, mentees = sorted(problem.mentors, key=lot), sorted(problem.mentees, key=lot)
    return replace(problem, mentors=tuple(mentors), mentees=tuple(mentees))


def explained(problem: Problem, by_lot: Problem, seating: Seating, solved: Solved, progress: Progress,
              others: int = 0) -> Proposals:
    """`seating` and `solved` are about `by_lot`; the answer is in the order of `problem`, with up to `others`
    alternatives for each pair."""
    told = Told(progress, 2 * len(by_lot.mentees) + len(by_lot.mentors))
    solution = Solution(by_lot, seating, solved, told.again, others)
    mentee_places = {person.id: place for place, person in enumerate(by_lot.mentees)}
    mentor_places = {person.id: place for place, person in enumerate(by_lot.mentors)}
    mentees = [mentee_places[person.id] for person in problem.mentees]
    mentors = [mentor_places[person.id] for person in problem.mentors]
    pairs = tuple(pair for place in told(mentees) for pair in solution.pairs_of(place))
    without = [solution.mentee_without(place) for place in told(mentees)]
    without += [solution.idle_mentor(place) for place in told(mentors)]
    return Proposals(pairs, tuple(one for one in without if one), solved.solver, solved.counts, seating.refused)


@dataclass
class Told:
    """Tells of every place that it hands on how many of `all` are done."""

    progress: Progress
    all: int
    done: int = 0

    def __call__(self, places: list[int]) -> Iterator[int]:
        for place in places:
            self.again()
            yield place
            self.done += 1

    def again(self) -> None:
        self.progress("explaining", self.done / self.all)


@dataclass(frozen=True, eq=False)
class Solution:
    """One solved problem, by places in its arrays."""

    problem: Problem
    seating: Seating
    solved: Solved
    look: Callable[[], object]
    others: int = 0

    @cached_property
    def _mentors_of(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for mentee, mentor in (*self.seating.locked, *self.solved.pairs):
            found[mentee].append(mentor)
        return found

    @cached_property
    def _locked(self) -> frozenset[tuple[int, int]]:
        return frozenset(self.seating.locked)

    @cached_property
    def _around(self) -> dict[int, Around]:
        prices = self.solved.prices if self.seating.aim.prices_points else [0] * len(self.solved.prices)
        return around(self.seating, prices, self._mentors_of, self.others) if self.others else {}

    def _rank(self, mentee: int, mentor: int) -> int:
        """0 for a lock, which the grid does not judge."""
        if mentee not in self._around or (mentee, mentor) in self._locked:
            return 0
        return self._around[mentee].ranks[self._mentors_of[mentee].index(mentor)]

    def _others(self, mentee: int) -> tuple[int, ...]:
        return self._around[mentee].others if mentee in self._around else ()

    @cached_property
    def _locks_of(self) -> Counter[int]:
        return Counter(mentee for mentee, _ in self.seating.locked)

    @cached_property
    def _busy(self) -> frozenset[int]:
        return frozenset(mentor for mentors in self._mentors_of.values() for mentor in mentors)

    @cached_property
    def _demand(self) -> Demand:
        return demand_of(self.seating, self.solved.pairs, self.look)

    @cached_property
    def _mentor_by_reference(self) -> dict[str, int]:
        wishes = self.problem.rulebook.wishes
        column = wishes.refers_to if wishes else None
        return {person.reference(column): place for place, person in enumerate(self.problem.mentors)}

    def pairs_of(self, mentee: int) -> Sequence[ProposedPair]:
        """Of one mentee, the best first."""
        pairs = [self._pair(mentee, mentor) for mentor in self._mentors_of.get(mentee, ())]
        return sorted(pairs, key=lambda pair: (-pair.score, pair.mentor_id))

    def _pair(self, mentee: int, mentor: int) -> ProposedPair:
        one, other = self.problem.mentees[mentee], self.problem.mentors[mentor]
        wishes, reasons = self.problem.rulebook.wishes, self.problem.rulebook.reasons(other, one)
        return ProposedPair(
            mentor_id=other.id,
            mentee_id=one.id,
            score=sum(reason.points for reason in reasons),
            reasons=reasons,
            broken_wishes=tuple(self._broken_wishes(mentee, mentor)),
            wish_rank=wishes.rank(other, one) if wishes else None,
            price=self.solved.prices[mentor],
            utility=self.solved.utilities[mentee],
            locked=(mentee, mentor) in self._locked,
            alternatives=tuple(self.problem.mentors[place].id for place in self._others(mentee)),
            rank=self._rank(mentee, mentor),
        )

    def _broken_wishes(self, mentee: int, mentor: int) -> Iterator[BrokenWish]:
        """Those ranked before the mentor given, but for mentors this mentee has as well."""
        wishes = self.problem.rulebook.wishes
        wished = wishes.of(self.problem.mentees[mentee]) if wishes else {}
        for reference, rank in wished.items():
            place = self._mentor_by_reference.get(reference)
            if place == mentor:
                return
            if place not in self._mentors_of[mentee]:
                yield self._broken(mentee, place, reference, rank)

    def _broken(self, mentee: int, mentor: int | None, reference: str, rank: int) -> BrokenWish:
        if mentor is None:
            return BrokenWish(rank, reference, "unknown")
        wished, rule = self.problem.mentors[mentor].id, self.seating.grid.against(mentee, mentor)
        if rule:
            return BrokenWish(rank, wished, "barred", {"rule": rule})
        offers = self.seating.seats[mentor] or mentor in self._busy
        return BrokenWish(rank, wished, "seats-taken" if offers else "no-seats")

    def mentee_without(self, mentee: int) -> Unmatched | None:
        """Why this mentee has no mentor, or fewer than wanted; None for one who has."""
        got = len(self._mentors_of.get(mentee, ()))
        wanted = self.seating.wanted[mentee] + self._locks_of[mentee]
        if wanted and got == wanted:
            return None
        code, params = self._why_mentee(mentee, got, wanted)
        return Unmatched(self.problem.mentees[mentee].id, Role.MENTEE, code, params, self.solved.utilities[mentee])

    def _why_mentee(self, mentee: int, got: int, wanted: int) -> tuple[str, Facts]:
        if not wanted:
            return "none-wanted", {}
        if got:
            return "fewer-than-wanted", {"got": got, "wanted": wanted}
        if not self.problem.mentors:
            return "nobody-there", {}
        allowed = int(self.seating.grid.allowed_of(np.array([mentee])).sum())
        if not allowed:
            return "none-allowed", self._most_removing(self.seating.grid.removed_by_mentee[:, mentee], Role.MENTOR)
        if not self._demand.any_open(mentee):
            return "no-seats", {"allowed": allowed}
        if not self.seating.aim.seats_most:
            return "outweighed", {"allowed": allowed}
        contest = self._demand.contest(mentee)
        return "over-demanded", {"mentees": contest.mentees, "mentors": contest.mentors, "seats": contest.seats}

    def idle_mentor(self, mentor: int) -> Unmatched | None:
        """Why this mentor has nobody; None for one who has."""
        if mentor in self._busy:
            return None
        code, params = self._why_mentor(mentor)
        return Unmatched(self.problem.mentors[mentor].id, Role.MENTOR, code, params, self.solved.prices[mentor])

    def _why_mentor(self, mentor: int) -> tuple[str, Facts]:
        allowed = self.seating.grid.mentees_allowed(mentor)
        if not self.seating.seats[mentor]:
            return "no-capacity", {}
        if not self.problem.mentees:
            return "nobody-there", {}
        if not allowed:
            return "none-allowed", self._most_removing(self.seating.grid.removed_by_mentor[:, mentor], Role.MENTEE)
        return "not-needed", {"allowed": allowed}

    def _most_removing(self, removed: Longs, of: Role) -> Facts:
        people = self.problem.mentors if of is Role.MENTOR else self.problem.mentees
        worst = int(removed.argmax())
        return {"rule": self.seating.grid.rules[worst], "removed": int(removed[worst]), "of": len(people)}
