"""The hourly sweep: what an event should have brought about and did not is done now, or told to coordinators."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import structlog

from services.matching.application.agreeing import Agreeing
from services.matching.application.agreeing_circles import AgreeingCircles
from services.matching.application.agreeing_pairs import AgreeingPairs
from services.matching.application.applications import Applications
from services.matching.application.circling import Circling
from services.matching.application.settling import Settling
from services.matching.contracts.programmes import ProgrammeState
from services.matching.domain.chunk import CHUNK
from services.matching.domain.sweep import Disagreement, Sweep
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, Busy, DomainError, Stale, Unavailable
from shared.store.repository import Repository

log = structlog.get_logger("sweep")


@dataclass(frozen=True)
class Sweeps:
    """Mending is what the event does, and may be done twice."""

    store: Repository[Sweep]
    agreeing: Agreeing
    clock: Clock

    @classmethod
    def of(cls, store: Repository[Sweep], applications: Applications, circling: Circling, settling: Settling
           ) -> "Sweeps":
        people, pairs = applications.people, applications.pairs
        agreeing = Agreeing(applications, AgreeingPairs(people, pairs, circling.tasks),
                            AgreeingCircles(people, circling), settling)
        return cls(store, agreeing, applications.clock)

    def begin(self, programme_id: str) -> None:
        """From the first that is heard of a programme; once more when something is heard after its end."""
        known = self.store.get_many([programme_id])
        if not known:
            with suppress(AlreadyExists):
                self.store.add(Sweep.begin(programme_id, self.clock.now()))
        elif known[0].rests:
            self.store.change(programme_id, lambda sweep: sweep.wake(self.clock.now()))

    def ring(self, sweep_id: str, now: datetime) -> None:
        """What the worker does at each tick. Whoever was overtaken by another worker writes nothing."""
        sweep = self.store.get(sweep_id)
        if not sweep.rings(now):
            return
        programme = self.agreeing.programmes.get(sweep.id)
        chunk = self.agreeing.chunk(sweep.part, sweep.id, sweep.cursor, CHUNK)
        found = list(self.agreeing.look(sweep.part, programme, chunk.items))
        if sweep.sure:
            self._mend(sweep, found)
        names, closed = {one.name for one in found}, programme.state is ProgrammeState.CLOSED
        with suppress(Stale):
            self.store.change(sweep_id, lambda one: one.look(names, chunk.after[1] if chunk.after else "", closed, now),
                              if_version=sweep.version)

    def found(self) -> int:
        """How much did not agree, in all programmes and ever."""
        return sum(sum(one.found.values()) for one in self.store.each({}))

    def _mend(self, sweep: Sweep, found: Sequence[Disagreement]) -> None:
        for one in found:
            if one.name in sweep.doubted:
                about = {"programme_id": sweep.id, "code": one.code, "document_id": one.id}
                try:
                    one.mend()
                except (Busy, Unavailable):
                    raise
                except DomainError as refused:
                    log.error("disagreement_not_mended", **about, refusal=refused.code)
                else:
                    log.warning("disagreement_mended", **about)
