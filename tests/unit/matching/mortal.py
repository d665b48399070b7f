"""A worker that dies after one of its writes, and the next one."""

from collections.abc import Sequence
from typing import Any

from shared.store.documents import Documents, Write
from tests.unit.matching.house import MatchingHouse


class Killed(BaseException):
    """As kill -9 would: no handler catches it."""


class Mortal:
    """Documents that pass everything on until their owner's life is over: the last write is made, then all ends."""

    def __init__(self, documents: Documents, life: list[int]) -> None:
        self._documents, self._life = documents, life

    def __getattr__(self, name: str) -> Any:
        return getattr(self._documents, name)

    def insert(self, writes: Sequence[Write]) -> list[bool]:
        return list(self._lived(self._documents.insert(writes)))

    def replace(self, write: Write, expected: int) -> bool:
        return bool(self._lived(self._documents.replace(write, expected)))

    def _lived(self, done: Any) -> Any:
        self._life[0] -= 1
        if self._life[0] == 0:
            raise Killed
        return done


def killed_after(house: MatchingHouse, writes: int, *more: Any) -> bool:
    """Works until so many writes are made, of jobs and of `more`; answers whether there were so many. Then everything
    works again."""
    matching, life = house.matching, [writes]
    repositories: list[Any] = [matching.people.store, matching.participants.store, matching.imports.store,
                               matching.imports.chunks, matching.directory_files.store,
                               matching.directory_files.chunks, matching.runs.store, matching.runs.proposals_,
                               matching.runs.unmatched_, matching.pairs.store, matching.programmes.store,
                               matching.requests.store, matching.tasks.store, matching.applications.store,
                               matching.deciding.store, matching.inviting.store, matching.scorings.store, *more]
    whole = [one.documents for one in repositories]
    for one in repositories:
        one.documents = Mortal(one.documents, life)
    try:
        house.settle()
    except Killed:
        return True
    finally:
        for one, documents in zip(repositories, whole, strict=True):
            one.documents = documents
    return False


def revived(house: MatchingHouse) -> None:
    """Another worker takes over, when the dead one's leases are over."""
    house.worker.stop()
    house.worker = house.a_worker()
    house.pass_time(minutes=5)
