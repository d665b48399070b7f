"""Names that were erased are known by a keyed hash only, and refused."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.matching.application.people import People
from services.matching.domain.erasure import ErasedName
from services.matching.domain.person import folded
from services.matching.domain.row import Row
from shared.kernel.errors import AlreadyExists
from shared.store.repository import Repository


class NameErased(AlreadyExists):
    """Somebody of this name asked to be forgotten."""

    code = "directory-id-erased"


@dataclass(frozen=True)
class ErasedNames:
    """`key` is secret: without it nobody can try names out."""

    store: Repository[ErasedName]
    key: bytes

    def keep(self, names: Iterable[str]) -> None:
        """Kept already is no error."""
        self.store.add_many([ErasedName(id=self._hash(one)) for one in sorted(names)])

    def among(self, names: Iterable[str]) -> set[str]:
        """Which of these names and addresses were erased, folded. Where nobody ever was, none is hashed."""
        if not self.store.find({}, limit=1).items:
            return set()
        hashes = {self._hash(one): one for one in {folded(one) for one in names} - {""}}
        wanted = sorted(hashes)
        batches = (wanted[start:start + 500] for start in range(0, len(wanted), 500))
        return {hashes[one.id] for batch in batches for one in self.store.get_many(batch)}

    def nobodys(self, names: Iterable[str], people: People) -> set[str]:
        """Which of these were erased, folded, and are no name that somebody bears today."""
        erased = self.among(names)
        return erased - {*people.named(erased)}

    def in_lines(self, rows: Sequence[Row], people: People) -> set[str]:
        """Those names and addresses in lines of a file that were erased; not what whoever is meant bears already."""
        erased = self.among(name for row in rows for name in row.names)
        bearers = people.named(row.directory_id for row in rows) if erased else {}
        return erased - {name for one in bearers.values() for name in one.names}

    def require_none(self, names: Iterable[str]) -> None:
        """Raises NameErased."""
        if self.among(names):
            raise NameErased("somebody of this name or address asked to be forgotten and is not listed again")

    def _hash(self, directory_id: str) -> str:
        return hmac.digest(self.key, folded(directory_id).encode(), "sha256").hex()
