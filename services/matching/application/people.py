"""People as the directory, files and HR tell of them."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from services.matching.contracts.people import PersonState
from services.matching.domain.called import beginning, names, searched
from services.matching.domain.candidate_rows import LISTED, Listed
from services.matching.domain.person import Person, folded, person_id
from shared.kernel.clock import Clock
from shared.kernel.errors import Busy
from shared.store.repository import Repository

BATCH = 500
MOST_NAMESAKES = 20
"""People who bore one name of the directory, one after the other."""
FOUND_BY = ("called", "surname", "middle", "other_middle", "address")
MOST_ANSWERING = 200
"""As many people as a text may name in a list."""
_NAMING = ("details.manager_id", "details.other_manager_ids", "details.external.sponsor_id")


@dataclass(frozen=True)
class Answering:
    """Ids of those whom a text names; `cut`: there are more, and it had better say more."""

    ids: frozenset[str]
    cut: bool = False


@dataclass(frozen=True)
class People:
    """What may be done about a person."""

    store: Repository[Person]
    clock: Clock

    def get(self, person_id: str) -> Person:
        """Raises NotFound."""
        return self.store.get(person_id)

    def known(self, ids: Iterable[str]) -> dict[str, Person]:
        """Those of these who are known, by id."""
        return {person.id: person for batch in batches(sorted(set(ids))) for person in self.store.get_many(batch)}

    def away(self, *ids: str) -> tuple[str, ...]:
        """Those of these who are on leave now."""
        return tuple(one.id for one in self.known(ids).values() if one.state is PersonState.ON_LEAVE)

    def gone(self, ids: Iterable[str]) -> set[str]:
        """Those of these who have left, or are known no more."""
        asked = set(ids)
        here = {"state": {"$ne": PersonState.LEFT}}
        return asked - {one for batch in batches(sorted(asked))
                        for one, in self.store.parts({"_id": {"$in": list(batch)}, **here}, ["_id"])}

    def listed(self, ids: Iterable[str]) -> dict[str, Listed]:
        """Those of these who are known, with what matching goes by only, by id."""
        return {values[0]: Listed._make(values) for batch in batches(sorted(set(ids)))
                for values in self.store.parts({"_id": {"$in": list(batch)}}, LISTED)}

    def named(self, directory_ids: Iterable[str]) -> dict[str, Person]:
        """Who bears these names of the directory now, by the name."""
        names = sorted({folded(one) for one in directory_ids} - {""})
        return {person.directory_id: person for batch in batches(names)
                for person in self.store.find({"directory_id": {"$in": list(batch)}}, limit=BATCH).items}

    def told_of(self, directory_ids: Iterable[str]) -> dict[str, Person]:
        """Those of these who are here, and of whom the directory has told, by the name."""
        names = sorted({folded(one) for one in directory_ids} - {""})
        found = (person for batch in batches(names) for person in self.store.find(
            {"directory_id": {"$in": list(batch)}, "of_directory": {"$ne": False}}, limit=BATCH).items)
        return {one.directory_id: one for one in found if one.of_directory and not one.has_left}

    def called(self, texts: Sequence[str]) -> dict[str, list[Person]]:
        """Who bears each of these names, written as in the directory, or mail addresses, and is still here: all of
        them, so that a name of several never passes for that of one."""
        asked = sorted({*texts, *map(folded, texts)} - {""})
        found = {person.id: person for field in ("details.name", "address", "details.email")  # shape 2 has no address
                 for person in self.store.each({field: {"$in": asked}, "state": {"$ne": PersonState.LEFT}})}
        return {text: [one for one in found.values() if one.is_called(text)] for text in texts}

    def answering(self, text: str) -> Answering:
        """Whose name, another word of it, or mail address begins with the text; if nobody's does, who has words in the
        name that begin with each of its words. Read from indexes: so many at most, however many people there are."""
        plain = searched(text)
        if not plain:
            return Answering(frozenset())
        found, cut = self._beginning(plain)
        if not found and " " in plain:
            each = [self._beginning(word) for word in plain.split()]
            found = {one.id: one for some, _cut in each for one in some.values() if names(plain, one.details.name)}
            cut = any(more for _some, more in each)
        return Answering(frozenset(sorted(found)[:MOST_ANSWERING]), cut or len(found) > MOST_ANSWERING)

    def _beginning(self, plain: str) -> tuple[dict[str, Person], bool]:
        pages = [self.store.find({field: beginning(plain)}, field, limit=MOST_ANSWERING)
                 for field in FOUND_BY]
        return ({one.id: one for page in pages for one in page.items}, any(page.after for page in pages))

    def names_of(self, person: Person) -> set[str]:
        """The name in the directory, and all addresses and such names, folded, that ever meant this person and mean
        nobody else by now."""
        names = sorted({person.address, *person.former} - {"", person.directory_id})
        named, called = self.named(names), self.called(names)
        bearers = {name: [*called[name], *filter(None, [named.get(name)])] for name in names}
        return {person.directory_id} | {name for name in names if all(one.id == person.id for one in bearers[name])}

    def ids_of(self, directory_ids: Iterable[str]) -> dict[str, str]:
        """The person id behind each name; of one whom nobody bears, the id that whoever comes to bear it will have:
        never that of a person who bore it once and has another name now."""
        names = sorted({folded(one) for one in directory_ids} - {""})
        parts = ["directory_id", "_id"]
        known = dict(one for batch in batches(names)
                     for one in self.store.parts({"directory_id": {"$in": list(batch)}}, parts))
        return known | self._free_ids([name for name in names if name not in known])

    def _free_ids(self, names: Sequence[str]) -> dict[str, str]:
        """An id of each name that nobody has; the first, but for the few whose bearer is called otherwise by now."""
        free: dict[str, str] = {}
        for number in range(1, MOST_NAMESAKES + 1):
            asked = {person_id(name, number): name for name in names if name not in free}
            held = {one for batch in batches([*asked])
                    for one, in self.store.parts({"_id": {"$in": list(batch)}}, ["_id"])}
            free |= {name: one for one, name in asked.items() if one not in held}
            if not held:
                return free
        raise Busy("too many people bore this name")

    def reporting_to(self, person_id: str) -> list[str]:
        """Ids of those whose line manager this is: most people have nobody, and nobody is loaded."""
        names = [name for name, in self.store.parts({"_id": person_id}, ["directory_id"])]
        where = {"details.manager_id": {"$in": [person_id, *names]}}  # shape 1 names the manager by the directory's id
        return [one for one, in self.store.parts(where, ["_id"])]

    def naming(self, names: Set[str]) -> list[str]:
        """Ids of those who have one of these, folded, as a manager or sponsor: an id, or what an entry spells of it. No
        index is over lists: these fields of everybody are read, and nobody is loaded."""
        return [one for one, manager, others, sponsor in self.store.parts({}, ["_id", *_NAMING])
                if not names.isdisjoint(map(folded, filter(None, (manager, *(others or ()), sponsor))))]

    def leave(self, person_id: str) -> Person:
        """Left the organisation. What they took part in ends when the event is heard."""
        return self.store.change(person_id, lambda person: person.leave(self.clock.now()))


def batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """No more ids than one question to the store takes."""
    return (ids[start:start + BATCH] for start in range(0, len(ids), BATCH))
