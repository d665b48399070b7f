"""Who is known, and who left."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.matching.domain.person import Person
from shared.kernel.clock import Clock
from shared.store.repository import Repository

BATCH = 500


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

    def leave(self, person_id: str) -> Person:
        """Left the organisation. What they took part in ends when the event is heard."""
        return self.store.change(person_id, lambda person: person.leave(self.clock.now()))


def batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """No more ids than one question to the store takes."""
    return (ids[start:start + BATCH] for start in range(0, len(ids), BATCH))
