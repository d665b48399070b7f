"""Notices a consumer that polls and polls and gets nothing of what is there."""

import time
from collections.abc import Callable
from typing import Any

from kafka.errors import KafkaError


class Watchdog:
    """`patience` in seconds: how long nothing may move before that is called stuck; `clock` counts them."""

    def __init__(self, consumer: Any, paused: set[Any], patience: float = 30.0,
                 clock: Callable[[], float] = time.monotonic) -> None:
        self._consumer, self._paused, self._patience, self._clock = consumer, paused, patience, clock
        self._moved: dict[Any, tuple[int, float]] = {}
        self._empty_since = self._polled = clock()

    def polled(self) -> None:
        """Called after every poll: a position that nobody polled does not count as standing still."""
        now = self._clock()
        if now - self._polled > 1.0:
            self._forgive(now - self._polled)
        self._polled = now

    def _forgive(self, seconds: float) -> None:
        self._empty_since += seconds
        self._moved = {place: (at, since + seconds) for place, (at, since) in self._moved.items()}

    def stuck(self) -> bool:
        """Nothing assigned for too long, or a position that stood too long though there is more."""
        now, assigned = self._clock(), self._consumer.assignment()
        if not assigned:
            return now - self._empty_since > self._patience
        self._empty_since = now
        standing = [place for place in assigned if self._stands(place, now)]
        return bool(standing) and self._has_more(standing)

    def _stands(self, place: Any, now: float) -> bool:
        position = self._consumer.position(place, timeout_ms=1_000) or 0
        last, since = self._moved.get(place, (-1, now))
        if position != last or place in self._paused:
            self._moved[place] = (position, now)
            return False
        return now - since > self._patience

    def _has_more(self, places: list[Any]) -> bool:
        try:
            ends = self._consumer.end_offsets(places, timeout_ms=2_000)
        except KafkaError:
            return False
        return any(end > self._moved[place][0] for place, end in ends.items())
