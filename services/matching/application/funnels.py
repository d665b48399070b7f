"""The funnel of a programme: a fold of events, counted as they come and never when somebody looks.

An event moves one way. Counting takes 200 changed ways into the funnel in one write, tells each of them in which batch
that was, then settles the batch: after a crash anywhere the next worker finishes the batch that is open, and a worker
that was thought dead changes nothing with an older one.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from services.matching.application.programmes import Programmes
from services.matching.contracts.pairs import Party
from services.matching.contracts.participants import Role
from services.matching.domain.first_session import FirstSessions
from services.matching.domain.funnel import BATCH, Funnel, FunnelStep
from services.matching.domain.participant import application_id
from services.matching.domain.way import Step, Way
from shared.kernel.clock import Clock, parse
from shared.kernel.errors import AlreadyExists, NotFound
from shared.kernel.points import reached
from shared.messaging.envelope import Received
from shared.store.repository import Repository


@dataclass(frozen=True)
class Funnels:
    """How many people came how far."""

    store: Repository[Funnel]
    ways: Repository[Way]
    programmes: Programmes
    clock: Clock

    def reach(self, programme_id: str, parties: Sequence[Party], step: Step, event: Received,
              code: str | None = None) -> None:
        """These are at this step, for the first time or again; brought by the code of a campaign."""
        at = parse(event.time)
        self._change(programme_id, parties, lambda way: way.reach(step, at, code))

    def part(self, programme_id: str, parties: Sequence[Party], event: Received) -> None:
        """A pair or a circle of theirs ended."""
        at = parse(event.time)
        self._change(programme_id, parties, lambda way: way.part(at))

    def has_reached(self, programme_id: str, person_id: str, role: Role, step: Step) -> bool:
        """By what was heard so far."""
        ways = self.ways.get_many([application_id(programme_id, person_id, role)])
        return any(step in way.reached for way in ways)

    def _change(self, programme_id: str, parties: Sequence[Party], decide: Callable[[Way], object]) -> None:
        for one in parties:
            self._go(Way(id=application_id(programme_id, one.person_id, one.role), programme_id=programme_id,
                         role=one.role), decide)
        if parties:
            self._stir(programme_id)

    def _go(self, fresh: Way, decide: Callable[[Way], object]) -> None:
        """The first word of somebody adds their way."""
        try:
            self.ways.change(fresh.id, decide)
        except NotFound:
            with suppress(AlreadyExists):
                self.ways.add(fresh)
            self.ways.change(fresh.id, decide)

    def steps(self, funnel: Funnel, role: Role) -> list[FunnelStep]:
        """As they were counted last, and whoever waits for a first session until today."""
        return funnel.steps(role, self.clock.now().date())

    def first_sessions(self, funnel: Funnel, role: Role) -> FirstSessions:
        """As it was counted last, and whoever waits until today."""
        return funnel.first_sessions(role, self.clock.now().date())

    def of(self, programme_id: str) -> Funnel:
        """As it was counted last; empty where nobody came yet."""
        return next(iter(self.store.get_many([programme_id])), None) or Funnel(id=programme_id, quiet=True)

    def as_of(self, funnel: Funnel) -> datetime:
        """Nothing happened since the last count: then it is true now."""
        return funnel.counted_at if funnel.counted_at and not funnel.quiet else self.clock.now()

    def ring(self, funnel_id: str, now: datetime) -> None:
        """What the worker does when the timer of a funnel is due: the next ways."""
        def count(funnel: Funnel) -> None:
            if funnel.rings(now):
                funnel.tick(now)
                funnel.take(self.ways.find({"to_count": funnel_id}, limit=BATCH).items, now)
        funnel = self.store.change(funnel_id, count)
        for way_id, share in funnel.taken.items():
            self.ways.change(way_id, partial(Way.be_counted, share=share, batch=funnel.batch))
        if funnel.taken:
            reached("job-between-rows-and-cursor")
            self.store.change(funnel_id, lambda one: one.settle(funnel.batch, now))

    def _stir(self, programme_id: str) -> None:
        now = self.clock.now()
        try:
            self.store.change(programme_id, lambda funnel: funnel.stir(now))
        except NotFound:
            with suppress(AlreadyExists):
                self.store.add(Funnel(id=programme_id))
            self.store.change(programme_id, lambda funnel: funnel.stir(now))
