"""Dead letters are erased like all else that names somebody."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from services.matching.domain.mentions import stands_in
from services.matching.domain.person import folded
from shared.messaging.parking import ParkedEvent, ParkedKey
from shared.store.repository import Repository


@dataclass(frozen=True)
class ParkedNews:
    """Events that could not be handled, and wait for somebody to replay or discard them."""

    keys: Repository[ParkedKey]

    def forget(self, person_id: str, names: set[str]) -> int:
        """What is about somebody goes, and what is about others names them no more; answers how many keys held them.
        `names` are folded."""
        mine, found = {person_id, *names}, 0
        for one in list(self.keys.each({})):
            if folded(one.key) in mine:
                self.keys.delete(one.id)
            elif _without(one, names) != one.waiting:
                self.keys.change(one.id, partial(_forget, names=names))
            else:
                continue
            found += 1
        return found


def _forget(parked: ParkedKey, names: set[str]) -> None:
    kept = _without(parked, names)
    for gone in {one.id for one in parked.waiting} - {one.id for one in kept}:
        parked.release(gone)
    parked.waiting = kept


def _without(parked: ParkedKey, names: set[str]) -> list[ParkedEvent]:
    return [_unnamed(one, names) for one in parked.waiting if not _is_about(one, names)]


def _is_about(event: ParkedEvent, names: set[str]) -> bool:
    """Nobody can take a name out of what cannot be read: it goes, which is all that could be done about it."""
    if event.data is not None and folded(str(event.data.get("directory_id", ""))) in names:
        return True
    return any(stands_in(text, names) for text in _unread(event))


def _unread(event: ParkedEvent) -> Iterator[str]:
    """What came of an event that cannot be read."""
    for text in (event.raw or "", *(value for _, value in event.raw_headers)):
        yield base64.b64decode(text).decode(errors="replace")


def _unnamed(event: ParkedEvent, names: set[str]) -> ParkedEvent:
    if event.data is None:
        return event
    data: dict[str, Any] = {field: None if isinstance(value, str) and folded(value) in names else value
                            for field, value in event.data.items()}
    return event if data == event.data else replace(event, data=data)
