"""Somebody in the organisation's directory."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, ClassVar

from services.matching.contracts.internal import PersonRenamed
from services.matching.contracts.people import (
    PersonAdded,
    PersonChanged,
    PersonErased,
    PersonEvent,
    PersonLeft,
    PersonState,
)
from services.matching.domain.called import forms
from services.matching.domain.days import NEVER, begins, is_over
from services.matching.domain.directory import Details, Entry
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import WrongState
from shared.kernel.events import Sequence
from shared.kernel.ids import derived_id


class HasLeft(WrongState):
    """Somebody who left takes part in nothing."""

    code = "person-has-left"


def folded(text: str) -> str:
    """How the directory's own ids and mail addresses are compared: without case or space around."""
    return text.strip().casefold()


def person_id(directory_id: str, number: int = 1) -> str:
    """Minted here, and the same whenever the directory names the same person. `number` counts the people who bore the
    name one after the other."""
    return derived_id("person", folded(directory_id), *([str(number)] if number > 1 else ()))


def with_minted_managers(document: dict[str, Any]) -> dict[str, Any]:
    """From shape 1, which named the manager by the directory's id."""
    details = document["details"]
    minted = person_id(details["manager_id"]) if details.get("manager_id") else ""
    return {**document, "details": {**details, "manager_id": minted}}


def with_folded_address(document: dict[str, Any]) -> dict[str, Any]:
    """From shape 2, which was found by the address as the directory writes it alone."""
    return {**document, "address": folded(document["details"]["email"])}


def with_word_of_directory(document: dict[str, Any]) -> dict[str, Any]:
    """From shape 3, which did not say who had told: SCIM leaves a name as it spells it."""
    delisted = bool(document.get("delisted"))
    entered = bool((document.get("entry") or {}).get("user_name"))
    return {**document, "of_directory": delisted or entered, "delisted": delisted}


@dataclass(kw_only=True)
class Person(Aggregate):
    """One human, whatever they take part in. `directory_id` may change, the id never does; `address` is the folded mail
    address, `called` and `surname` the name as it is looked for and with its last word first, `middle` and
    `other_middle` words within it: by these they are found; `delisted`: the directory has taken its entry away;
    `of_directory`: it has told of them, by SCIM, HR or a file of its own, and lists say of them only what it leaves
    open; `former`: names of the directory and addresses, folded, and `formerly_called`: names that they had before,
    kept until they are forgotten."""

    shape: ClassVar[int] = 6

    directory_id: str
    details: Details
    address: str = ""
    called: str = ""
    surname: str = ""
    middle: str = ""
    other_middle: str = ""
    state: PersonState = PersonState.ACTIVE
    entry: Entry = field(default_factory=Entry)
    delisted: bool = False
    of_directory: bool = False
    former: tuple[str, ...] = ()
    formerly_called: tuple[str, ...] = ()

    @classmethod
    def add(cls, directory_id: str, details: Details, at: datetime, *, id: str = "") -> "Person":
        """`id`: of whoever is not the first to bear the name."""
        person = cls(id=id or person_id(directory_id), directory_id=folded(directory_id), details=details)
        person._be_found()
        person._plan_leaves(at)
        person._tell(PersonAdded, at)
        return person

    def change(self, details: Details, at: datetime) -> None:
        """What is the same already changes nothing and is told to nobody."""
        self.require_here()
        self.follow(details, self.state, at)

    def follow(self, details: Details, state: PersonState, at: datetime) -> None:
        """The directory decides: of whoever left, too, and it may bring them back. Of whoever is here, their leaves say
        whether they are away."""
        state = self.standing(details, state, at)
        if (details, state) == (self.details, self.state):
            return
        left = state is PersonState.LEFT is not self.state
        if self.has_left is not (state is PersonState.LEFT):
            self.entry = replace(self.entry, active=not left)
        replanned = (details.leaves, details.external) != (self.details.leaves, self.details.external)
        self._remember_name(details)
        self.details, self.state = details, state
        self._be_found()
        if replanned or left:
            self._plan_leaves(at)
        self._tell(PersonLeft if left else PersonChanged, at)

    def be_listed(self, directory_id: str, details: Details, at: datetime) -> None:
        """The directory tells of them, under this name of it, and is about to say these details."""
        if folded(directory_id) != self.directory_id:
            self.former = _with(self.former, self.directory_id)
            said = tuple(part for part, fact in vars(details).items() if fact != getattr(self.details, part))
            self.record(PersonRenamed(person_id=self.id, said=said), at)
        self.directory_id, self.delisted, self.of_directory = folded(directory_id), False, True

    def standing(self, details: Details, state: PersonState, at: datetime) -> PersonState:
        """Gone, when this state is; else away while the directory's entry says so or a dated leave runs: neither ends
        the other."""
        if state is PersonState.LEFT:
            return state
        return PersonState.ON_LEAVE if self.entry.on_leave or _away(details, at) else PersonState.ACTIVE

    def leave(self, at: datetime) -> None:
        self.require_here()
        self.follow(self.details, PersonState.LEFT, at)

    def unname(self, names: Collection[str], at: datetime) -> None:
        """Somebody else is forgotten, whom ids, names of the directory or addresses mean, folded."""
        gone = {one: "" for one in self.details.named if folded(one) in names}
        self.follow(self.details.naming(gone), self.state, at)

    def erase(self, directory_id: str, at: datetime) -> None:
        """Nobody any more. Whoever has not left yet leaves first. Raises WrongState."""
        if not self.has_left:
            raise WrongState(f"person {self.id} has not left")
        nobody = Details(name="–", email="", language=self.details.language, time_zone=self.details.time_zone)
        self.directory_id, self.details, self.entry, self.answered = directory_id, nobody, Entry(), []
        self.address, self.called, self.surname, self.delisted = "", "", "", True
        self.middle = self.other_middle = ""
        self.former = self.formerly_called = ()
        self.record(PersonErased(person_id=self.id), at)

    @property
    def names(self) -> set[str]:
        """The name in the directory and all addresses, folded."""
        addresses = (folded(one.value) for one in self.entry.emails)
        return {self.directory_id, self.address, *addresses} - {""}

    @property
    def has_left(self) -> bool:
        return self.state is PersonState.LEFT

    def heed(self, handled: Mapping[str, Sequence]) -> None:
        """These news were handled before the person was known by their name: a repeat of them changes nothing."""
        self.applied |= {source: max(last, self.applied.get(source, last)) for source, last in handled.items()}

    def is_said(self, part: str) -> bool:
        """Whether the directory has a word of its own on this part of the details. Language and zone are never blank:
        they are open where SCIM tells of the person without them."""
        if part in ("language", "time_zone") and self.entry.user_name:
            return self.of_directory and bool(getattr(self.entry, part))
        return self.of_directory and bool(getattr(self.details, part))

    def is_called(self, text: str) -> bool:
        """Whether this is the name, or the mail address in letters of any size."""
        return text != "" and (text == self.details.name or folded(text) == self.address)

    def require_here(self) -> None:
        """Raises HasLeft."""
        if self.has_left:
            raise HasLeft(f"person {self.id} has left the organisation")

    def on_leaves(self, now: datetime) -> None:
        """A leave begins or ends, or the time of an external is over; the next one is planned."""
        if any(end <= now for end in self._end()):
            self.follow(self.details, PersonState.LEFT, now)
        elif not self.has_left:
            self.follow(self.details, self.state, now)
        self._plan_leaves(now)

    def _remember_name(self, now: Details) -> None:
        if folded(now.email) != self.address:
            self.former = _with(self.former, self.address)
        if now.name != self.details.name:
            self.formerly_called = _with(self.formerly_called, self.details.name)

    def _be_found(self) -> None:
        self.address = folded(self.details.email)
        self.called, self.surname, self.middle, self.other_middle = forms(self.details)

    def _plan_leaves(self, at: datetime) -> None:
        self.clear_timer("leaves")
        moments = [*(moment for leave in _leaves(self.details) for moment in leave), *self._end()]
        at_once = [at] if _away(self.details, at) and self.state is PersonState.ACTIVE else []
        ahead = at_once or [one for one in moments if at < one < NEVER]
        if ahead and not self.has_left:
            self.set_timer("leaves", min(ahead))

    def _end(self) -> list[datetime]:
        external = self.details.external
        return [_over(self.details, external.ends_on)] if external and external.ends_on else []

    def _tell(self, event: type[PersonEvent], at: datetime) -> None:
        self.record(event(person_id=self.id, state=self.state, **self.details.public()), at)


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in (*names, name) if one))


def _away(details: Details, at: datetime) -> bool:
    return any(first <= at < back for first, back in _leaves(details))


def _leaves(details: Details) -> list[tuple[datetime, datetime]]:
    return [(begins(date.fromisoformat(one.starts_on), details.time_zone),
             _over(details, one.ends_on) if one.ends_on else NEVER) for one in details.leaves]


def _over(details: Details, last: str) -> datetime:
    return is_over(date.fromisoformat(last), details.time_zone)
