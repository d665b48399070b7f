"""Which build of a projection is read, and which is being filled beside it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from shared.kernel.errors import Busy
from shared.store.documents import Document, Documents, Write

LOOK = 1.0
"""Seconds after which every process has noticed a new build."""


class Build(NamedTuple):
    """The number that is read, and the one that is being filled (0: none)."""

    read: int
    fill: int


FIRST = Build(1, 0)


@dataclass
class Builds:
    """The builds of one projection, kept in a document of `documents` that all processes look at."""

    documents: Documents
    projection: str
    monotonic: Callable[[], float] = time.monotonic
    _known: Build = FIRST
    _next_look: float = 0.0

    def known(self) -> Build:
        """As it was a second ago at most."""
        if self.monotonic() >= self._next_look:
            self._next_look = self.monotonic() + LOOK
            self._known = _build(self.documents.get(self.projection))
        return self._known

    def collection(self, number: int) -> str:
        """The name of the collection that holds the rows of a build."""
        return self.projection if number == 1 else f"{self.projection}_{number}"

    def begin(self) -> int:
        """A new number, higher than all before it, is filled from now on."""
        before = self.documents.get(self.projection)
        read, fill = _build(before)
        number = max(read, fill) + 1
        self._write(before, Build(read, number))
        return number

    def switch(self, number: int) -> None:
        """This number is read from now on. Raises Busy when another has been begun meanwhile."""
        before = self.documents.get(self.projection)
        if _build(before).fill != number:
            raise Busy(f"another rebuild of {self.projection} has begun: this one is given up")
        self._write(before, Build(number, 0))

    def _write(self, before: Document | None, build: Build) -> None:
        version = before["version"] + 1 if before else 0
        document: Document = {"_id": self.projection, "version": version, "due_at": None, **build._asdict()}
        write = Write(document, ())
        if not (self.documents.replace(write, version - 1) if before else self.documents.insert([write])[0]):
            raise Busy(f"another rebuild of {self.projection} has begun: this one is given up")
        self._next_look = 0.0


def _build(document: Document | None) -> Build:
    return Build(document["read"], document["fill"]) if document else FIRST
