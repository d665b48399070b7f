"""The directory tells of people: who there is, what is true of them, who is away and who has gone.

Every way in (SCIM, HR events, directory files) ends here, so all have the same effects.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from services.matching.application.erased_names import ErasedNames
from services.matching.application.people import MOST_NAMESAKES, People
from services.matching.contracts.people import PersonState
from services.matching.domain.directory import Details, Entry
from services.matching.domain.person import Person, folded, person_id
from services.matching.domain.sound import is_sound, require_name
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, Busy, NotFound
from shared.kernel.events import Cause
from shared.store.documents import Taken

_LISTED = {"delisted": {"$ne": True}}
_BY_INDEX = {"delisted": False}
"""The same of everybody at once. Beside another field the index of that one serves better."""


class NameTaken(AlreadyExists):
    """Somebody else bears this name of the directory."""

    code = "directory-id-taken"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a directory says of one person, all of it."""

    directory_id: str
    details: Details
    state: PersonState = PersonState.ACTIVE
    entry: Entry | None = None

    @property
    def names(self) -> set[str]:
        """What the person is known by with this: the name in the directory, and addresses, folded."""
        further = [one.value for one in self.entry.emails] if self.entry else []
        return {folded(one) for one in (self.directory_id, self.details.email, *further)} - {""}

    def require_sound(self, known: Person | None = None) -> None:
        """Raises BadDetails. What is `known` already is not judged again."""
        if known is None or folded(self.directory_id) != known.directory_id:
            require_name("name in the directory", self.directory_id)
        self.details.require_sound(known.details if known else None)
        if self.entry:
            self.entry.require_sound(known.entry if known else None)


@dataclass(frozen=True)
class Directory:
    """Belongs to whoever keeps the directory."""

    people: People
    erased: ErasedNames
    clock: Clock

    def listed(self, person_id: str) -> Person:
        """Raises NotFound, also for an entry that was taken away."""
        person = self.people.get(person_id)
        if person.delisted:
            raise NotFound(f"no entry {person_id}")
        return person

    def enter(self, told: Told, cause: Cause | None = None) -> Person:
        """Somebody new, or somebody whose entry had been taken away. Raises NameTaken, NameErased, BadDetails."""
        told.require_sound()
        holder = self.people.named([told.directory_id]).get(folded(told.directory_id))
        if holder is None:
            return self._add(told, cause)
        if not holder.delisted:
            raise NameTaken("a person of this name is listed: change that one")
        return self.follow(holder.id, told, cause=cause)

    def welcome(self, news: Sequence[Told]) -> dict[str, Person]:
        """Adds at once whoever is new under a name that nobody had before, and answers them by it. Of everybody else
        `enter` says what is the matter."""
        erased = self.erased.among(name for told in news for name in told.names)
        new = [self._new(told) for told in news if is_sound(told) and told.names.isdisjoint(erased)]
        added = self.people.store.add_many(new)
        return {person.directory_id: person for person, is_added in zip(new, added, strict=True) if is_added}

    def follow(self, person_id: str, told: Told, *, if_version: int | None = None,
               cause: Cause | None = None) -> Person:
        """The directory's word holds, also of those who left. Raises NotFound, NameTaken, NameErased, Stale,
        BadDetails."""
        try:
            return self.people.store.change(
                person_id, lambda person: self._apply(person, told), if_version=if_version, cause=cause)
        except Taken:
            raise NameTaken("another person bears this name of the directory") from None

    def revise(self, person_id: str, revised: Callable[[Person], Told], cause: Cause | None = None) -> Person:
        """As `follow`, for news that say a part only; an address of somebody who was forgotten is not taken."""
        def decide(person: Person) -> None:
            told = revised(person)
            if self.erased.among(told.names - person.names):
                told = replace(told, details=replace(told.details, email=person.details.email))
            self._apply(person, told)
        return self.people.store.change(person_id, decide, cause=cause)

    def offboard(self, person_id: str) -> Person:
        """They have left, whatever else is true of them. Raises NotFound, also for an entry that was taken away."""
        def decide(person: Person) -> None:
            person.of_directory = True
            person.follow(person.details, PersonState.LEFT, self.clock.now())
        return self.people.store.change(self.listed(person_id).id, decide)

    def withdraw(self, person_id: str, if_version: int | None = None) -> Person:
        """The entry is taken away: whoever it was about has left. Raises NotFound, Stale."""
        return self.people.store.change(person_id, self._take_away, if_version=if_version)

    def let_go(self, person_id: str, directory_id: str) -> None:
        """As `withdraw`, unless it bears another name by now. Gone already is no error. Raises NotFound."""
        def decide(person: Person) -> None:
            if person.directory_id == directory_id:
                self._take_away(person)
        self.people.store.change(person_id, decide)

    def between(self, after: str, until: str | None) -> Iterator[Person]:
        """Entries of people who are here, with names in the directory behind `after`, up to `until` or the last."""
        names = {"$gt": after} | ({} if until is None else {"$lte": until})
        return self.people.store.each({**_LISTED, "directory_id": names, "state": {"$ne": PersonState.LEFT.value}})

    def each(self) -> Iterator[Person]:
        """All entries, in the order of their ids."""
        return self.people.store.each(_LISTED)

    def page(self, place: int, limit: int) -> list[Person]:
        """So many entries in the order of their ids, from this place on: the last ones come as quickly as the first."""
        store = self.people.store
        before = store.documents.id_at(_BY_INDEX, place - 1) if place else ""
        if before is None or limit < 1:
            return []
        return store.find(_BY_INDEX, limit=limit, after=(before, before)).items

    def size(self) -> int:
        """How many there are."""
        return self.people.store.count(_BY_INDEX)

    def here(self) -> int:
        """How many of them have not left."""
        return self.people.store.count({**_LISTED, "state": {"$ne": PersonState.LEFT.value}})

    def named(self, directory_id: str) -> list[Person]:
        """The entry of this name, if there is one."""
        return [one for one in self.people.named([directory_id]).values() if not one.delisted]

    def of_external_id(self, external_id: str) -> list[Person]:
        """The entries that the directory itself knows by this id."""
        return list(self.people.store.each({**_LISTED, "entry.external_id": external_id}))

    def signing_in(self, subject: str) -> Person:
        """Whom an identity provider means: the one that the directory knows by this id, else by this name. Raises
        NotFound, also for whoever has left, and where several bear the id."""
        found = (self.of_external_id(subject) or self.named(subject)) if subject else []
        if len(found) != 1 or found[0].has_left:
            raise NotFound("nobody of this name is here")
        return found[0]

    def of_id(self, person_id: str) -> list[Person]:
        """The entry of this id, if there is one."""
        return [one for one in self.people.known([person_id]).values() if not one.delisted]

    def _apply(self, person: Person, told: Told) -> None:
        told.require_sound(person)
        self.erased.require_none(told.names - person.names)
        self._take(person, told)

    def _take(self, person: Person, told: Told) -> None:
        """What was judged already."""
        person.be_listed(told.directory_id, told.details, self.clock.now())
        person.entry = told.entry or person.entry
        person.follow(told.details, told.state, self.clock.now())

    def _take_away(self, person: Person) -> None:
        person.delisted = person.of_directory = True
        person.follow(person.details, PersonState.LEFT, self.clock.now())

    def _add(self, told: Told, cause: Cause | None) -> Person:
        self.erased.require_none(told.names)
        for number in count(1):
            try:
                return self.people.store.add(self._new(told, number), cause=cause)
            except AlreadyExists:
                self._require_free(told.directory_id, number)
        raise AssertionError

    def _new(self, told: Told, number: int = 1) -> Person:
        person = Person.add(told.directory_id, told.details, self.clock.now(), id=person_id(told.directory_id, number))
        self._take(person, told)
        return person

    def _require_free(self, directory_id: str, number: int) -> None:
        """An id of the same origin may belong to somebody who has another name by now."""
        if self.people.named([directory_id]):
            raise NameTaken("a person of this name is listed: change that one")
        if number == MOST_NAMESAKES:
            raise Busy("too many people bore this name")
