"""The monthly figures of each programme, for its sponsor."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from services.matching.application.programmes import Programmes
from services.matching.application.sponsoring import ForSponsor, Sponsoring
from services.matching.contracts.digests import Figure
from services.matching.contracts.programmes import ProgrammeState
from services.matching.domain.digest import Digest, Standing
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists
from shared.store.repository import Repository


@dataclass(frozen=True)
class Digests:
    """What a sponsor sees, told by an event."""

    store: Repository[Digest]
    sponsoring: Sponsoring
    clock: Clock

    @property
    def programmes(self) -> Programmes:
        return self.sponsoring.summaries.funnels.programmes

    def begin(self, programme_id: str) -> None:
        """From the first that is heard of a programme."""
        if not self.store.exists(programme_id):
            zone = self.programmes.get(programme_id).plan.time_zone
            with suppress(AlreadyExists):
                self.store.add(Digest.begin(programme_id, zone, self.clock.now()))

    def ring(self, programme_id: str, now: datetime) -> None:
        """What the worker does on the first of the month; on the one after the end for the last time."""
        programme = self.programmes.get(programme_id)
        plan, found = programme.plan, self.sponsoring.of(programme_id)
        standing = Standing(tuple(_figures(found)), found.least, last=programme.state is ProgrammeState.CLOSED)
        self.store.change(programme_id, lambda one: one.tell(plan.sponsor_id, plan.time_zone, standing, now))


def _figures(found: ForSponsor) -> Iterator[Figure]:
    for side in found.sides:
        for step in side.steps:
            yield Figure(code=f"{side.role}-{step.code}", count=step.count)
    for few in found.pairs:
        yield Figure(code=f"pairs-{few.code}", count=few.count)
