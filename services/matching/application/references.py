"""Whom an entry of the directory names as managers and sponsor: by their id here, or as the directory knows them."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from services.matching.application.erased_names import ErasedNames
from services.matching.application.people import People
from services.matching.domain.directory import Details
from services.matching.domain.person import folded

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class References:
    """Names and addresses stay with those whose own they are: others are remembered by their ids."""

    people: People
    erased: ErasedNames

    def by_id(self, told: Details, known: Details) -> Details:
        """The same with an id for each name or address; what was known before stays as it is."""
        new = {*told.named} - {*known.named}
        return told.naming(self._ids(new)) if new else told

    def _ids(self, names: Collection[str]) -> dict[str, str]:
        """An id of somebody is theirs; else it is whose the name of the directory is, or who alone is called so. Of a
        name that nobody bears the id that whoever comes to bear it will have, unless it is made as an id; of one that
        was erased none, nor of blanks."""
        unknown = sorted({*names} - {*self.people.known(names)})
        free, erased = self.people.ids_of(unknown), self.erased.nobodys(unknown, self.people)
        bearers, called = self.people.named(unknown), self.people.called(unknown)
        alone = {name: found[0].id for name, found in called.items() if len(found) == 1}
        kept = {name: name if _ID.fullmatch(name) else free.get(folded(name), "") for name in unknown}
        found = kept | alone | {name: bearers[folded(name)].id for name in unknown if folded(name) in bearers}
        return {name: "" if folded(name) in erased else one for name, one in found.items()}
