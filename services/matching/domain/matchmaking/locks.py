"""Pairs that are decided before anything is weighed: each takes a seat of both, and no hard rule gives way to it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from services.matching.domain.matchmaking.hard_rules import ExcludedPairs
from services.matching.domain.matchmaking.people import Person, Roster
from services.matching.domain.matchmaking.rules import Rulebook

Couple = tuple[str, str]
"""(mentor, mentee) by their ids."""


@dataclass(frozen=True)
class LockRefused:
    """`code`: absent (one of the two does not take part, or has no free seat), no-seats (earlier locks took them),
    barred (by `rule`)."""

    mentor_id: str
    mentee_id: str
    code: str
    rule: str = ""


@dataclass(frozen=True)
class Kept:
    """The locks that are kept, and why the others are not; in their order, so that the earlier ones have the seats."""

    couples: tuple[Couple, ...]
    refused: tuple[LockRefused, ...]


class Locking(Protocol):
    """What a problem tells about its locks."""

    @property
    def mentors(self) -> tuple[Person, ...]: ...

    @property
    def mentees(self) -> tuple[Person, ...]: ...

    @property
    def locks(self) -> tuple[Couple, ...]: ...

    @property
    def rulebook(self) -> Rulebook: ...

    @property
    def roster(self) -> Roster: ...


def kept(problem: Locking) -> Kept:
    """Which locks can be."""
    book = problem.rulebook
    mentors = {person.id: person for person in problem.mentors}
    mentees = {person.id: person for person in problem.mentees}
    left = Counter({("mentor", one.id): book.capacity.of(one) for one in problem.mentors})
    left.update({("mentee", one.id): book.mentors_per_mentee.of(one) for one in problem.mentees})
    couples, refused = [], []
    for mentor, mentee in problem.locks:
        seats = ("mentor", mentor), ("mentee", mentee)
        if mentor not in mentors or mentee not in mentees:
            refused.append(LockRefused(mentor, mentee, "absent"))
        elif rules := book.barred_by(mentors[mentor], mentees[mentee], problem.roster):
            refused.append(LockRefused(mentor, mentee, "barred", rules[0]))
        elif not all(left[seat] for seat in seats):
            refused.append(LockRefused(mentor, mentee, "no-seats"))
        else:
            left.subtract(seats)
            couples.append((mentor, mentee))
    return Kept(tuple(couples), tuple(refused))


def once(rulebook: Rulebook, couples: Sequence[Couple]) -> Rulebook:
    """The rules by which two who are locked are not put together a second time."""
    apart = ExcludedPairs(name="locked", pairs=frozenset(couples))
    return replace(rulebook, hard_rules=(*rulebook.hard_rules, apart)) if couples else rulebook
