"""Where a document stands by what the audit log tells of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.audit.entries import ADDED, DELETED, as_stored, value_of
from shared.store.documents import Document


@dataclass(frozen=True)
class Standing:
    """By its last entry. `values` are those that were told, as they were told last."""

    revision: int
    sequence: str
    what: str
    values: Mapping[str, Any]

    @property
    def is_gone(self) -> bool:
        return self.what == DELETED

    def fits(self, document: Document, told: Sequence[str]) -> bool:
        """Whether the document is where its last entry left it, with what was told of these fields."""
        return (document["sequence"], document["version"]) == (self.sequence, self.revision) and not self.altered(
            document, told)

    def altered(self, document: Document, told: Sequence[str]) -> list[str]:
        """Of these fields the ones that are not as they were told. What was never told cannot be compared."""
        return [name for name in told if name in self.values
                and as_stored(value_of(document, name)) != as_stored(self.values[name])]


def followed(before: Standing | None, one: Mapping[str, Any]) -> Standing | None:
    """Where it stands after this entry; None: what was between the two is missing. A document may have been there
    before there was a log."""
    begins = one["what"] == ADDED and one["revision"] == 0 and (before is None or before.is_gone)
    goes_on = one["what"] != ADDED and (before is None or one["revision"] == before.revision + 1)
    if not (begins or goes_on):
        return None
    told = {name: after for name, (_, after) in one["values"].items()}
    return Standing(one["revision"], one["sequence"], one["what"],
                    {**(before.values if before and not begins else {}), **told})


def standing(entries: Iterable[Mapping[str, Any]]) -> Standing | None:
    """After all of these, in order; None: there are none, or one between them is missing."""
    found: Standing | None = None
    for one in entries:
        if (found := followed(found, one)) is None:
            return None
    return found
