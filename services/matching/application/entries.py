"""Entries of the directory, found by what it says of people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from services.matching.application.people import People
from services.matching.domain.called import searched
from services.matching.domain.person import Person, folded


@dataclass(frozen=True)
class Entries:
    """Without capitals, and rather somebody too many. Only those who are found are loaded."""

    people: People

    def called(self, name: str) -> list[Person]:
        """By an index."""
        return self._listed(one for one, in self.people.store.parts({"called": searched(name)}, ["_id"]))

    def of_address(self, address: str) -> list[Person]:
        """Whose main address it is, by an index, and whose entry has it beside that: no index is over lists, so these
        alone are read of everybody."""
        wanted = folded(address)
        main = [one for one, in self.people.store.parts({"address": wanted}, ["_id"])]
        beside = self._where("emails", lambda said: any(folded(one["value"]) == wanted for one in said))
        return self._listed(main + beside)

    def spelt(self, part: str, text: str) -> list[Person]:
        """Whose entry has this in this part of it, which alone is read of everybody."""
        wanted = searched(text)
        return self._listed(self._where(part, lambda said: searched(said) == wanted))

    def _where(self, part: str, holds: Callable[[Any], bool]) -> list[str]:
        return [one for one, said in self.people.store.parts({}, ["_id", f"entry.{part}"]) if said and holds(said)]

    def _listed(self, ids: Iterable[str]) -> list[Person]:
        return [one for one in self.people.known(ids).values() if not one.delisted]
