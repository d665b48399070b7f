"""Why people said no, to a request or a proposal by hand: counted at once in a small programme, by the worker in a
large one."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from services.matching.application.looking import counted, looked_at
from services.matching.application.requests import Requests
from services.matching.contracts.pairs import CloseReason, PairState
from services.matching.domain import refusal_report
from services.matching.domain.refusal_report import RefusalReport
from services.matching.domain.suppression import Suppression
from shared.kernel.clock import Clock
from shared.store.repository import Repository


@dataclass(frozen=True)
class Refusals:
    """All requests of a programme are read for it, so those of a large one by the worker."""

    store: Repository[RefusalReport]
    requests: Requests
    suppression: Suppression
    clock: Clock

    def of(self, programme_id: str) -> RefusalReport:
        """How often each reason was given, in the order of the refusals in steps: who looks before and after one of
        them, which coordinators see, learns nothing of its reason. Small counts are left out, and all of them while
        there are few refusals or one reason: else who said no would have said why. Of a large programme none before
        they were counted once, nor while what was counted shows smaller groups than may be shown now."""
        least = self.suppression.least
        if self._to_read(programme_id) <= refusal_report.QUICK:
            return RefusalReport(id=programme_id, reasons=self._counted(programme_id), least=least,
                                 counted_at=self.clock.now())
        found = looked_at(self.store, RefusalReport, programme_id, self.clock)
        return found if found.least == least else RefusalReport(id=programme_id, timers=found.timers, least=least)

    def ring(self, programme_id: str, now: datetime) -> None:
        """What the worker does when somebody has looked."""
        def count() -> Callable[[RefusalReport], None]:
            found = {"reasons": self._counted(programme_id), "least": self.suppression.least}
            return lambda one: vars(one).update(found)
        counted(self.store, programme_id, now, count)

    def _counted(self, programme_id: str) -> dict[str, int]:
        given = sorted([*self._of_requests(programme_id), *self._of_proposals(programme_id)])
        counts = Counter(reason for _, reason in given[:self.suppression.in_steps(len(given))])
        enough = len(given) >= self.suppression.refusals and len(counts) > 1
        return self.suppression.large_enough(counts) if enough else {}

    def _to_read(self, programme_id: str) -> int:
        """Requests, and pairs that ended."""
        ended = self.requests.seating.pairs.count({"programme_id": programme_id, "state": PairState.CLOSED})
        return self.requests.store.count({"programme_id": programme_id}) + ended

    def _of_requests(self, programme_id: str) -> Iterator[tuple[datetime, str]]:
        for one in self.requests.store.each({"programme_id": programme_id}):
            yield from ((choice.over_at, choice.reason.value) for choice in one.choices
                        if choice.reason and choice.over_at)

    def _of_proposals(self, programme_id: str) -> Iterator[tuple[datetime, str]]:
        where = {"programme_id": programme_id, "state": PairState.CLOSED, "reason": CloseReason.DECLINED}
        for pair in self.requests.seating.pairs.each(where):
            if pair.refusal:
                yield pair.refusal.at, pair.refusal.reason.value
