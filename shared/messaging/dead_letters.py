"""What could not be handled: parked by the consumer, listed, shown, replayed and discarded by people."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import NamedTuple

import structlog
from marshmallow import ValidationError

from shared.kernel.clock import Clock
from shared.kernel.errors import Busy, DomainError, NotFound, OutboxFull, StoreFull, Unavailable
from shared.messaging.envelope import Received, Unreadable
from shared.messaging.handling import handling
from shared.messaging.parking import ParkedEvent, ParkedKey, parked_event, parked_id, received, unreadable_event
from shared.store.documents import EVER, Where
from shared.store.repository import Repository

log = structlog.get_logger("dead-letters")

Handler = Callable[[Received], object]

TRANSIENT = (Unavailable, Busy, StoreFull, OutboxFull)
"""What may pass by itself: the event is tried again, and nobody is called."""

MISSING_FOR = timedelta(minutes=15)
"""How long an event is tried again whose prerequisite has not come."""


KEPT = timedelta(days=30)
"""How long what was refused is kept: as long as on the log, and no longer, since it may name people."""


class Stop(NamedTuple):
    """Where a replay came to an end, and why: by then another worker may have gone on."""

    parked: ParkedKey
    event: ParkedEvent
    error: Exception


@dataclass
class DeadLetters:
    """The parked keys of one consumer group, decided by compare-and-set so that consumer and people never disagree.

    `foreign`: topics that others than Ithaca write to. What they tell may be refused, as a request may.
    """

    group: str
    keys: Repository[ParkedKey]
    handlers: Mapping[str, Handler]
    clock: Clock
    foreign: Collection[str] = ()

    def is_refusal(self, topic: str, error: Exception) -> bool:
        """Whether a rule says no to what a foreign system told: neither our code is wrong, nor does it pass."""
        return topic in self.foreign and is_no(error)

    def refuse(self, event: Received | Unreadable, error: str) -> None:
        """The event stays here alone, and later ones of its key go on."""
        one = unreadable_event(event) if isinstance(event, Unreadable) else parked_event(event)
        self._set_aside(event.topic, event.key, one, error)

    def _set_aside(self, topic: str, key: str, event: ParkedEvent, error: str) -> None:
        place = parked_id(self.group, topic, key, event.id)
        self._park(ParkedKey(id=place, group=self.group, topic=topic, key=key, refused=True), event, error)
        log.error("event_refused", topic=topic, event_id=event.id, type=event.type, error=error)

    def park(self, event: Received, error: Exception) -> None:
        """The event stays here, and all later ones of its key behind it; a missing prerequisite is waited for."""
        wait = MISSING_FOR if isinstance(error, NotFound) else None
        self._park(self._key(event), parked_event(event), describe(error), wait)
        log.warning("event_parked", topic=event.topic, event_id=event.id, type=event.type, error=describe(error))

    def park_unreadable(self, record: Unreadable) -> None:
        """Kept whole, and all later events of its key behind it."""
        self._park(self._key(record), unreadable_event(record), f"unreadable: {record.error}")
        log.error("event_unreadable", topic=record.topic, partition=record.partition, offset=record.offset)

    def join(self, event: Received) -> bool:
        """Waits behind its key; False when a replay has emptied the key meanwhile."""
        joined: list[bool] = []
        try:
            self.keys.change(self._key(event).id, lambda one: joined.append(one.join(parked_event(event))))
        except NotFound:
            return False
        return joined[-1]

    def waiting(self) -> Iterator[ParkedKey]:
        """All keys with something waiting, and what was refused; first those that hold up others."""
        return chain(self.held_up(), self.keys.each(self._waiting(refused=True), "since"))

    def held_up(self) -> Iterator[ParkedKey]:
        """All keys whose later events wait, the longest first."""
        return self.keys.each(self._waiting(refused=False), "since")

    def keys_held_up(self) -> int:
        """How many of them there are."""
        return self.keys.count(self._waiting(refused=False))

    def refused(self) -> int:
        """How many events were refused and are neither replayed nor discarded."""
        return self.keys.count(self._waiting(refused=True))

    def let_go(self, limit: int = 200) -> int:
        """The longest refused of those that are on the log no more; answers how many."""
        old = {**self._waiting(refused=True), "since": {"$lte": self.clock.now() - KEPT}}
        gone = self.keys.find(old, "since", limit=limit).items if self.foreign else []
        for one in gone:
            log.warning("refused_event_let_go", topic=one.topic, event_id=one.waiting[0].id, type=one.waiting[0].type)
        return self._give_up(gone)

    def discard_refused(self, topic: str) -> int:
        """Gives up all that was refused there; answers how many."""
        return self._give_up([*self.keys.each({**self._waiting(refused=True), "topic": topic})])

    def _give_up(self, refused: Collection[ParkedKey]) -> int:
        for one in refused:
            with suppress(NotFound):
                self.keys.delete(one.id)
        return len(refused)

    def _waiting(self, *, refused: bool) -> Where:
        return {"group": self.group, "refused": refused, "since": EVER}

    def get(self, id: str) -> ParkedKey:
        """Raises NotFound."""
        return self.keys.get(id)

    def retry(self, *, at_once: bool = False) -> int:
        """Tries what waits for a prerequisite; answers how many events went through. What is erased meanwhile is
        nobody's business."""
        due, done = EVER if at_once else {"$lte": self.clock.now()}, 0
        for [key_id] in self.keys.parts({"group": self.group, "retry_at": due}, ["_id"]):
            with suppress(NotFound):
                done += self._try(key_id)
        return done

    def _try(self, id: str) -> int:
        done, stop = self._replayed(id)
        return done + self._judge(stop) if stop else done

    def _judge(self, stop: Stop) -> int:
        """What becomes of an event that failed again; answers how many are off the key."""
        topic, error = stop.parked.topic, describe(stop.error)
        if isinstance(stop.error, NotFound):
            self._wait_on(stop)
        elif isinstance(stop.error, TRANSIENT):
            log.warning("retry_put_off", topic=topic, error=error)
        elif self.is_refusal(topic, stop.error):
            return self._refuse_waiting(stop)
        else:
            self.keys.change(stop.parked.id, lambda one: one.put_off(stop.event.id, None))
            log.error("event_parked_for_good", topic=topic, error=error)
        return 0

    def _wait_on(self, stop: Stop) -> None:
        now, parked = self.clock.now(), stop.parked
        over = parked.retry_until is None or now >= parked.retry_until
        pause = min(timedelta(seconds=15), 2 * (now - (parked.since or now)) + timedelta(milliseconds=200))
        self.keys.change(parked.id, lambda one: one.put_off(stop.event.id, None if over else now + pause))
        if over:
            log.error("prerequisite_missing", topic=parked.topic, error=describe(stop.error))

    def _refuse_waiting(self, stop: Stop) -> int:
        """What is behind it goes on."""
        parked = stop.parked
        if not self.keys.get(parked.id).is_first(stop.event.id):
            return 0
        self._set_aside(parked.topic, parked.key, stop.event, describe(stop.error))
        self.discard(parked.id, stop.event.id)
        return 1

    def replay(self, id: str, *, dry: bool = False) -> int:
        """Handles what waits, in order, until nothing waits; what fails again is raised and stays. A dry run counts."""
        if dry:
            return len(self.keys.get(id).waiting)
        done, stop = self._replayed(id)
        if stop:
            raise stop.error
        return done

    def _replayed(self, id: str) -> tuple[int, Stop | None]:
        """How many were handled, and at which it ended before nothing waited."""
        parked, done = self.keys.get(id), 0
        while parked.waiting:
            event = parked.waiting[0]
            try:
                self._handle(received(parked, event))
            except Exception as error:  # noqa: BLE001 - part of the consumer's loop
                return done, Stop(parked, event, error)
            parked, done = self.discard(id, event.id), done + 1
        return done, None

    def _handle(self, event: Received) -> None:
        handler = self.handlers.get(event.type)
        if handler:
            with handling(event):
                handler(event)

    def discard(self, id: str, event_id: str) -> ParkedKey:
        """Gives one event up; what waits behind it is handled by the next replay. Of one that was refused nothing is
        left."""
        parked = self.keys.change(id, lambda one: one.release(event_id))
        if parked.refused and not parked.waiting:
            self.keys.delete(id)
        return parked

    def _park(self, new: ParkedKey, event: ParkedEvent, error: str, wait: timedelta | None = None) -> None:
        """One write: a key that is parked and not waited for needs a human."""
        now = self.clock.now()
        try:
            self.keys.change(new.id, lambda one: one.park(event, error, now, wait))
        except NotFound:
            new.park(event, error, now, wait)
            try:
                self.keys.add(new)
            except DomainError:
                raise Busy(f"{new.topic}: its key is being parked by another") from None

    def _key(self, event: Received | Unreadable) -> ParkedKey:
        place = parked_id(self.group, event.topic, event.key)
        return ParkedKey(id=place, group=self.group, topic=event.topic, key=event.key)


def is_no(error: Exception) -> bool:
    """Whether a rule says no, and nothing that comes later changes that."""
    return isinstance(error, (DomainError, ValidationError)) and not isinstance(error, (NotFound, *TRANSIENT))


def describe(error: Exception) -> str:
    """The class and, for our own refusals, the text: other texts may hold personal data."""
    return f"{type(error).__name__}: {error}" if isinstance(error, DomainError) else type(error).__name__
