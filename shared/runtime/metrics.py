"""What an operator watches, read from store and log when somebody asks."""

from collections.abc import Callable, Iterable, Iterator

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from shared.kernel.errors import DomainError, Unavailable
from shared.runtime.worker import Worker

Gauge = tuple[str, str, Callable[[], float]]
"""Name, meaning and how it is read."""

ALARM_AFTER = 300.0
"""Seconds the oldest event may wait before `outbox_alarm` is 1."""


class WorkerMetrics(Collector):
    """Outbox depth and oldest age, lag, parked keys, dead letters, failing timers, and how long handlers take."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def collect(self) -> Iterator[Metric]:
        """One gauge each; a store or log that is away leaves its gauges out."""
        for gauges in (self._of_log(), self._of_store(), self._worker.backbone.watched):
            yield from _known(gauges)
        yield from self._worker.handler_seconds.collect()

    def gauges(self) -> list[Gauge]:
        """Those of every worker."""
        return [*self._of_log(), *self._of_store()]

    def _of_log(self) -> list[Gauge]:
        return [("consumer_lag", "events not yet handled", self._lag)]

    def _of_store(self) -> list[Gauge]:
        worker = self._worker
        return [
            ("outbox_depth", "events that wait to be published", lambda: float(worker.outbox.depth()[0])),
            ("outbox_oldest_seconds", "age of the oldest of them", self.oldest),
            ("outbox_alarm", "1 when the oldest waits over five minutes", lambda: float(self.oldest() > ALARM_AFTER)),
            ("parked_keys", "keys that wait behind an event, and events that were refused", lambda: float(
                worker.dead_letters.keys_held_up() + self._refused())),
            ("refused_events", "of these, events of other systems that were refused", lambda: float(self._refused())),
            ("dead_letters", "events that could not be handled, and those behind them", lambda: float(
                sum(self._held_up()) + self._refused())),
            ("failing_timers", "timers that were backed off", lambda: float(
                worker.backbone.failing_timers.store.count({}))),
        ]

    def oldest(self) -> float:
        """Seconds the oldest event waits."""
        since = self._worker.outbox.depth()[1]
        return max(0.0, (self._worker.relay.clock.now() - since).total_seconds()) if since else 0.0

    def _held_up(self) -> list[int]:
        """Events that wait, by parked key."""
        return [len(one.waiting) for one in self._worker.dead_letters.held_up()]

    def _refused(self) -> int:
        return self._worker.dead_letters.refused()

    def _lag(self) -> float:
        backbone = self._worker.backbone
        return float(sum(backbone.log.lag(backbone.service, self._worker.topics).behind.values()))


def _known(gauges: Iterable[Gauge]) -> Iterator[Metric]:
    """Of what is away nothing more is asked: each question would wait as long, and whoever looks gives up meanwhile."""
    for name, text, read in gauges:
        try:
            yield GaugeMetricFamily(name, text, value=read())
        except Unavailable:
            return
        except DomainError:
            continue
