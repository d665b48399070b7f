"""Sends events in rounds: of a source, an event leaves only after the one before it is acknowledged."""

import os
import time
from collections.abc import Iterable, Sequence
from typing import Any

import structlog
from kafka.errors import KafkaError, KafkaTimeoutError, RetriableError

from shared.kafka.clients import DELIVERY_SECONDS, Clients
from shared.kernel.errors import Unavailable
from shared.kernel.points import reached
from shared.messaging.cloudevents import body, headers
from shared.messaging.envelope import Outgoing

log = structlog.get_logger("kafka")

_SENDING_SECONDS = 3.0
"""No event begins to leave later than this after the call began: the relay's lease must outlive the last of them."""
_REFUSED_SECONDS = 10.0
"""A topic that is missing holds up every send to it: it is asked for again after this."""


class Publisher:
    """One producer, made when the first event leaves, in the process that sends it.

    It is made anew after an acknowledgement that did not come in time: kafka-python gives up its number then and never
    asks for another, and what it still holds would leave much later, behind newer events. What it had sent may be on
    the log: then it is there twice, which changes nothing.
    """

    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._producer: Any = None
        self._process = 0
        self._in_doubt = False
        self._refused: dict[str, float] = {}

    def publish(self, events: Sequence[Outgoing]) -> list[Outgoing]:
        """Those acknowledged: of each source a prefix."""
        last_start = time.monotonic() + _SENDING_SECONDS
        if not events or not self._ready():
            return []
        done = self._rounds(events, last_start)
        if self._in_doubt or _is_beyond_repair(self._producer):
            self._replace()
        return done

    def _ready(self) -> bool:
        if self._producer is not None and self._process == os.getpid():
            return True
        try:
            self._producer, self._process, self._in_doubt = self._clients.producer(), os.getpid(), False
        except Unavailable as error:
            log.warning("log_away", error=str(error))
            return False
        return True

    def _rounds(self, events: Sequence[Outgoing], last_start: float) -> list[Outgoing]:
        done: list[Outgoing] = []
        waiting, failed = list(events), set[str]()
        while waiting and not self._in_doubt:
            now, waiting = _first_of_each(waiting)
            acknowledged = self._round(now, last_start)
            done += acknowledged
            failed |= {event.source for event in now} - {event.source for event in acknowledged}
            waiting = [event for event in waiting if event.source not in failed]
        return done

    def _round(self, events: Iterable[Outgoing], last_start: float) -> list[Outgoing]:
        sent = [(event, future) for event in events
                if time.monotonic() <= last_start and (future := self._send(event)) is not None]
        reached("relay-after-send")
        deadline = time.monotonic() + DELIVERY_SECONDS + 1
        return [event for event, future in sent if self._acknowledged(event, future, deadline)]

    def _send(self, event: Outgoing) -> Any:
        if self._refused.get(event.topic, 0.0) > time.monotonic():
            return None
        try:
            return self._producer.send(event.topic, key=event.key.encode(), value=body(event), headers=headers(event))
        except KafkaTimeoutError:
            self._not_found(event.topic)
        except KafkaError as error:
            log.warning("event_not_sent", topic=event.topic, event_id=event.id, error=type(error).__name__)
        return None

    def _not_found(self, topic: str) -> None:
        if self._clients.reachable():
            self._refused[topic] = time.monotonic() + _REFUSED_SECONDS
            log.warning("topic_not_found", topic=topic)

    def _acknowledged(self, event: Outgoing, future: Any, deadline: float) -> bool:
        try:
            future.get(max(0.0, deadline - time.monotonic()))
        except KafkaError as error:
            self._in_doubt = self._in_doubt or isinstance(error, RetriableError)
            log.warning("event_not_acknowledged", topic=event.topic, event_id=event.id, error=type(error).__name__)
            return False
        return True

    def _replace(self) -> None:
        log.warning("producer_replaced")
        producer, self._producer = self._producer, None
        _abandon(producer)

    def close(self, seconds: float = 2.0) -> None:
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


def _is_beyond_repair(producer: Any) -> bool:
    return bool(producer._transaction_manager.has_error() or not producer._sender.is_alive())


def _abandon(producer: Any) -> None:
    """Ends its thread without sending what it holds. Its own `close` waits for that first, and when its time is over
    leaves the thread behind and is called again by the garbage collector."""
    producer._sender.force_close()
    producer._unregister_cleanup()
    producer._closed = True
