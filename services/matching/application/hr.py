"""What the HR system tells: a part of what is true of somebody, with the same effects as the directory."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from services.matching.application.directory import Directory, Told
from services.matching.contracts.people import PersonState
from services.matching.domain.directory import Details, Leave, Weekday
from services.matching.domain.person import Person, folded
from shared.kernel.errors import NotFound
from shared.kernel.events import Cause

Facts = dict[str, Any]


@dataclass(frozen=True)
class HrChanges:
    """`fresh` details count for new people of whom HR does not say them. Raises NotFound for people nobody knows."""

    directory: Directory
    fresh: Details

    def joined(self, directory_id: str, facts: Facts, cause: Cause) -> None:
        known = self.directory.people.named([directory_id])
        said = self._said(facts)
        if person := known.get(folded(directory_id)):
            self.directory.revise(person.id, lambda one: _told(one, said, _here(one)), cause)
        else:
            self.directory.enter(Told(directory_id=directory_id, details=replace(self.fresh, **said)), cause)

    def moved(self, directory_id: str, facts: Facts, cause: Cause) -> None:
        said = self._said(facts)
        self._revise(directory_id, lambda person: _told(person, said, person.state), cause)

    def leave_begun(self, directory_id: str, leave: Leave, cause: Cause) -> None:
        def decide(person: Person) -> Told:
            others = tuple(one for one in person.details.leaves if one.starts_on != leave.starts_on)
            return _told(person, {"leaves": (*others, leave)}, person.state)
        self._revise(directory_id, decide, cause)

    def leave_ended(self, directory_id: str, back_on: date, cause: Cause) -> None:
        def decide(person: Person) -> Told:
            ended = tuple(_until(one, back_on) for one in person.details.leaves if one.starts_on < back_on.isoformat())
            return _told(person, {"leaves": ended}, person.state)
        self._revise(directory_id, decide, cause)

    def left(self, directory_id: str, cause: Cause) -> None:
        self._revise(directory_id, lambda person: _told(person, {}, PersonState.LEFT), cause)

    def _revise(self, directory_id: str, decide: Callable[[Person], Told], cause: Cause) -> None:
        person = self.directory.people.named([directory_id]).get(folded(directory_id))
        if person is None:
            raise NotFound("HR tells of somebody who is not known yet")
        self.directory.revise(person.id, decide, cause)

    def _said(self, facts: Facts) -> Facts:
        """What is said, in our own terms."""
        said = {name: fact for name, fact in facts.items() if fact is not None}
        if manager := said.get("manager_id"):
            said["manager_id"] = self.directory.people.ids_of([manager])[folded(manager)]
        for name, kind in (("languages", str), ("working_days", Weekday)):
            if name in said:
                said[name] = tuple(map(kind, said[name]))
        return said


def _told(person: Person, said: Facts, state: PersonState) -> Told:
    return Told(directory_id=person.directory_id, details=replace(person.details, **said), state=state)


def _here(person: Person) -> PersonState:
    return PersonState.ACTIVE if person.has_left else person.state


def _until(leave: Leave, back_on: date) -> Leave:
    """The leave, ending the day before at the latest."""
    last = (back_on - timedelta(days=1)).isoformat()
    return replace(leave, ends_on=min(last, leave.ends_on or last))
