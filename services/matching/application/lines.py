"""Pairs whose two came into one reporting line, and circles in which a mentor and a mentee did."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product

from services.matching.application.people import People
from services.matching.application.tasks import Tasks
from services.matching.contracts.participants import Role
from services.matching.domain.candidate_rows import boss, names_of
from services.matching.domain.circle import Circle
from services.matching.domain.matchmaking.locks import Couple
from services.matching.domain.matchmaking.people import Roster
from services.matching.domain.pair import Pair
from services.matching.domain.programme_rules import ALWAYS
from services.matching.domain.task import Task

Wanted = list[tuple[Task, tuple[str, ...]]]
"""Tasks as they should be, each with the names of the rules that are broken; none where none is any more."""


@dataclass(frozen=True)
class Lines:
    """As the directory has them now."""

    people: People
    tasks: Tasks

    def broken_by(self, pairs: Sequence[Pair]) -> dict[str, tuple[str, ...]]:
        """By pair the names of the rules that it breaks, and none where it breaks none."""
        broken = self._broken({(one.mentor_id, one.mentee_id) for one in pairs})
        return {one.id: broken[one.mentor_id, one.mentee_id] for one in pairs
                if (one.mentor_id, one.mentee_id) in broken}

    def in_circles(self, circles: Sequence[Circle]) -> Wanted:
        """Of each mentor and mentee of these circles who are in one line, and of those who were."""
        couples = {one.id: [*_couples(one)] for one in circles}
        broken = self._broken({*chain(*couples.values())})
        due = [(Task.of_couple(one, *two), broken[two]) for one in circles for two in couples[one.id]
               if broken.get(two)]
        named = {task.id for task, _ in due}
        return due + [(task, ()) for task in self.tasks.of_couples(circles) if task.id not in named]

    def _broken(self, couples: Collection[Couple]) -> dict[Couple, tuple[str, ...]]:
        both = self.people.listed(chain(*couples))
        bosses = self.people.listed({one for person in both.values() for one in person.managers})
        names = {one.id: one.directory_id for one in bosses.values()} | names_of(both.values())
        rows = {one.id: boss(one, names) for one in (bosses | both).values()}
        roster = Roster(tuple(rows.values()))
        return {two: tuple(rule.name for rule in ALWAYS if rule.bars(rows[two[0]], rows[two[1]], roster))
                for two in couples if rows.keys() >= {*two}}


def _couples(circle: Circle) -> Iterator[Couple]:
    """Each mentor with each mentee; of a circle that is over nobody."""
    mentors, mentees = ([one.person_id for one in circle.parties if one.role is role and not circle.over]
                        for role in (Role.MENTOR, Role.MENTEE))
    return product(mentors, mentees)
