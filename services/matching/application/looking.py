"""Looking at figures that the worker counts."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from services.matching.domain.looked import Looked
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, NotFound
from shared.kernel.ids import new_id
from shared.store.repository import Repository

L = TypeVar("L", bound=Looked)


def looked_at(store: Repository[L], kind: Callable[..., L], id: str, clock: Clock) -> L:
    """As it was counted last. Whoever looks has it counted anew, unless that was a moment ago."""
    def look(one: L) -> None:
        one.look(clock.now())
    try:
        return store.change(id, look)
    except NotFound:
        with suppress(AlreadyExists):
            store.add(kind(id=id))
        return store.change(id, look)


def counted(store: Repository[L], id: str, now: datetime, count: Callable[[], Callable[[L], None]]) -> None:
    """What the worker does when somebody has looked: `count` reads, and answers what writes it down. An attempt that
    was taken for dead writes nothing."""
    def write(one: L) -> None:
        if one.holder == holder:
            note(one)
            one.count(now)
    holder = new_id()
    if store.change(id, lambda one: one.take(holder, now)).holder == holder:
        note = count()
        store.change(id, write)
