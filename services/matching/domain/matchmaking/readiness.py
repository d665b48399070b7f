"""What a run would stumble over, said before it begins: who leaves what blank, whose wishes lead nowhere, and whom no
mentor may have."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from services.matching.domain.matchmaking.cells import text_of
from services.matching.domain.matchmaking.locks import kept
from services.matching.domain.matchmaking.people import Person, Role
from services.matching.domain.matchmaking.problem import Problem
from services.matching.domain.matchmaking.terms import Comparison

LOOKS = 2_000
"""So many pairs are judged at most: a page shows what is wrong, a run solves."""


@dataclass(frozen=True)
class Concern:
    """`code`: no-seat (a mentor offers none), blank (says nothing in `column`), no-wish, wish-unknown (names nobody who
    can be had), wish-barred, nobody-allowed (by `rule` most of all), lock (cannot be kept); `people` by their ids."""

    code: str
    role: Role
    people: tuple[str, ...]
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return "-".join([self.code, self.role.value, *([self.facts["column"]] if "column" in self.facts else [])])


@dataclass(frozen=True, eq=False)
class Weighed:
    """A problem before it is solved. Mentees are looked at in their order for whom they may have, until `looks` pairs
    are judged."""

    problem: Problem
    looks: int = LOOKS

    @property
    def concerns(self) -> tuple[Concern, ...]:
        """The gravest first; those that are about nobody are none."""
        found = (self._nobody_allowed(), self._locks(), *self._wishes(), *self._blanks())
        return tuple(one for one in found if one.people)

    @property
    def looked_at(self) -> int:
        """Mentees of whom it is known whether a mentor is allowed."""
        return len(self._allowing)

    @cached_property
    def _allowing(self) -> dict[str, str]:
        """Mentee → empty where somebody is allowed, else the rule that removes most."""
        found, left = dict[str, str](), self.looks
        for mentee in self.problem.mentees if self.problem.mentors else ():
            removed, judged = self._look_for(mentee, left)
            left -= judged
            if left <= 0:
                break
            found[mentee.id] = removed
        return found

    def _look_for(self, mentee: Person, most: int) -> tuple[str, int]:
        """Until the first who is allowed; answers how many were judged."""
        removed = Counter[str]()
        for judged, mentor in enumerate(self.problem.mentors[:most], start=1):
            rules = self.problem.rulebook.barred_by(mentor, mentee, self.problem.roster)
            if not rules:
                return "", judged
            removed.update(rules)
        return removed.most_common(1)[0][0], min(most, len(self.problem.mentors))

    def _nobody_allowed(self) -> Concern:
        barred = {mentee: rule for mentee, rule in self._allowing.items() if rule}
        worst = Counter(barred.values()).most_common(1)
        return Concern("nobody-allowed", Role.MENTEE, tuple(barred), {"rule": worst[0][0]} if worst else {})

    def _locks(self) -> Concern:
        refused = kept(self.problem).refused
        return Concern("lock", Role.MENTEE, tuple(one.mentee_id for one in refused))

    def _wishes(self) -> Iterator[Concern]:
        wishes = self.problem.rulebook.wishes
        if not wishes:
            return
        there = {one.reference(wishes.refers_to): one for one in self.problem.mentors}
        wished = [(mentee, [there.get(one) for one in wishes.of(mentee)]) for mentee in self.problem.mentees]
        yield Concern("wish-barred", Role.MENTEE, tuple(one.id for one, mentors in wished if any(
            mentor and self.problem.rulebook.barred_by(mentor, one, self.problem.roster) for mentor in mentors)))
        yield Concern("wish-unknown", Role.MENTEE, tuple(one.id for one, mentors in wished if None in mentors))
        yield Concern("no-wish", Role.MENTEE, tuple(one.id for one, mentors in wished if not mentors))

    def _blanks(self) -> Iterator[Concern]:
        """Columns that a term compares, most missing first."""
        sides = {Role.MENTEE: self.problem.mentees, Role.MENTOR: self.problem.mentors}
        blank: dict[tuple[Role, str], list[str]] = defaultdict(list)
        for role, column in dict.fromkeys(self._compared()):
            blank[role, column] += [one.id for one in sides[role] if not text_of(one.row, column)]
        for (role, column), people in sorted(blank.items(), key=lambda one: (-len(one[1]), one[0])):
            yield Concern("blank", role, tuple(people), {"column": column})

    def _compared(self) -> Iterator[tuple[Role, str]]:
        for one in (*self.problem.rulebook.terms, *self.problem.rulebook.hard_rules):
            if isinstance(one, Comparison) and one.mentor and one.mentee and not one.when and not one.optional:
                yield from ((role, getattr(one, role.value)) for role in Role if getattr(one, role.value) != "manager")
