"""Dotted lines, found from above: a list of managers in the details of a person has no index."""

from contextlib import suppress
from dataclasses import dataclass

from services.matching.domain.dotted_line import DottedLine
from services.matching.domain.person import Person
from shared.kernel.errors import NotFound
from shared.store.repository import Repository


@dataclass(frozen=True)
class DottedLines:
    """All of it may be done twice."""

    store: Repository[DottedLine]

    def follow(self, person: Person) -> None:
        """Those of somebody are as their details say now."""
        lines = [DottedLine.between(one, person.id) for one in dict.fromkeys(person.details.other_manager_ids)]
        there = {one for one, in self.store.parts({"report_id": person.id}, ["_id"])}
        self.store.add_many([one for one in lines if one.id not in there])
        self._remove(there - {one.id for one in lines})

    def reports_of(self, manager_id: str) -> list[str]:
        """Ids of those who report to this person by a dotted line."""
        return [one for one, in self.store.parts({"manager_id": manager_id}, ["report_id"])]

    def forget(self, person_id: str) -> int:
        """Lines to and from somebody; answers how many there were."""
        found = {one for field in ("manager_id", "report_id")
                 for one, in self.store.parts({field: person_id}, ["_id"])}
        self._remove(found)
        return len(found)

    def _remove(self, ids: set[str]) -> None:
        for one in ids:
            with suppress(NotFound):
                self.store.delete(one)
