"""Sends events in rounds: of a source, an event leaves only after the one before it is acknowledged."""

import os
import time
from collections.abc import Iterable, Sequence
from typing import Any

import structlog
from kafka.errors import KafkaError, KafkaTimeoutError

from shared.kafka.clients import DELIVERY_SECONDS, Clients
from shared.kernel.errors import Unavailable
from shared.messaging.cloudevents import body, headers
from shared.messaging.envelope import Outgoing

log = structlog.get_logger("kafka")

_SENDING_SECONDS = 3.0
"""No event begins to leave later than this after the call began: the relay's lease must outlive the last of them."""
_REFUSED_SECONDS = 10.0
"""A topic that is missing holds up every send to it: it is asked for again after this."""


class Publisher:
    """One producer, made when the first event leaves, in the process that sends it.

    A producer stays through timeouts: what it sent too late is refused by the broker as a repeat, while the late sends
    of a producer that was replaced would be taken. Only what a producer cannot recover from has it made anew.
    """

    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._producer: Any = None
        self._process = 0
        self._refused: dict[str, float] = {}

    def publish(self, events: Sequence[Outgoing]) -> list[Outgoing]:
        """Those acknowledged: of each source a prefix."""
        try:
            self._ready()
        except Unavailable as error:
            log.warning("log_away", error=str(error))
            return []
        return self._rounds(events)

    def _ready(self) -> None:
        if self._process != os.getpid():
            self._producer = None
        if self._producer is None:
            self._producer, self._process = self._clients.producer(), os.getpid()

    def _rounds(self, events: Sequence[Outgoing]) -> list[Outgoing]:
        done: list[Outgoing] = []
        waiting, failed = list(events), set[str]()
        last_start = time.monotonic() + _SENDING_SECONDS
        while waiting:
            now, waiting = _first_of_each(waiting)
            acknowledged = self._round(now, last_start)
            done += acknowledged
            failed |= {event.source for event in now} - {event.source for event in acknowledged}
            waiting = [event for event in waiting if event.source not in failed]
        return done

    def _round(self, events: Iterable[Outgoing], last_start: float) -> list[Outgoing]:
        sent = [(event, future) for event in events
                if time.monotonic() <= last_start and (future := self._send(event)) is not None]
        deadline = time.monotonic() + DELIVERY_SECONDS + 1
        return [event for event, future in sent if self._acknowledged(event, future, deadline)]

    def _send(self, event: Outgoing) -> Any:
        if self._producer is None or self._refused.get(event.topic, 0.0) > time.monotonic():
            return None
        try:
            return self._producer.send(event.topic, key=event.key.encode(), value=body(event), headers=headers(event))
        except KafkaTimeoutError:
            self._not_found(event.topic)
        except KafkaError as error:
            self._failed(event, error)
        return None

    def _not_found(self, topic: str) -> None:
        if self._clients.reachable():
            self._refused[topic] = time.monotonic() + _REFUSED_SECONDS
            log.warning("topic_not_found", topic=topic)

    def _acknowledged(self, event: Outgoing, future: Any, deadline: float) -> bool:
        try:
            future.get(max(0.0, deadline - time.monotonic()))
        except KafkaError as error:
            self._failed(event, error)
            return False
        return True

    def _failed(self, event: Outgoing, error: KafkaError) -> None:
        log.warning("event_not_published", topic=event.topic, event_id=event.id, error=type(error).__name__)
        if self._producer is not None and _is_beyond_repair(self._producer):
            log.warning("producer_replaced", error=type(error).__name__)
            self.close(0)

    def close(self, seconds: float = 5.0) -> None:
        """Bounded; what was not acknowledged stays in its outbox."""
        producer, self._producer = self._producer, None
        if producer is None or self._process != os.getpid():
            return
        try:
            producer.close(timeout=seconds)
        except KafkaError as error:
            log.info("producer_closed_early", error=type(error).__name__)
            _abandon(producer)


def _first_of_each(events: Iterable[Outgoing]) -> tuple[list[Outgoing], list[Outgoing]]:
    """One event of each source, and the rest, both in order."""
    first: dict[str, Outgoing] = {}
    rest = [event for event in events if first.setdefault(event.source, event) is not event]
    return list(first.values()), rest


def _abandon(producer: Any) -> None:
    """A `close` that runs out of time leaves the sending thread behind, and is tried again by the garbage collector."""
    producer._sender.force_close()
    producer._closed = True


def _is_beyond_repair(producer: Any) -> bool:
    state = producer._transaction_manager  # the only place where kafka-python tells
    return bool(producer._closed or (state and state.has_fatal_error()) or not producer._sender.is_alive())
