"""What happens to journeys: they follow their pairs, and the two write down what they agree on."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from services.surveys.application.cases import Cases
from services.surveys.application.check_ins import CheckIns
from services.surveys.application.programmes import Programmes
from services.surveys.contracts.journeys import Milestone
from services.surveys.contracts.relationships import Relationship
from services.surveys.domain.journey import Journey, journey_id
from services.surveys.domain.side import Side
from services.surveys.domain.terms import Terms
from shared.kernel.clock import Clock, parse
from shared.kernel.errors import AlreadyExists
from shared.messaging.envelope import Received
from shared.store.repository import Repository


@dataclass(frozen=True, kw_only=True)
class PairFacts:
    """The part of a pair's public state, or of the circle's of which `pair_id` is the id, that matters here; `parties`
    are (person, role)."""

    pair_id: str
    programme_id: str
    parties: list[tuple[str, str]]
    state: str
    reason: str | None = None
    relationship: Relationship = Relationship.PAIR


LIVE = ("awaiting-training", "active", "paused", "closing")
MEETING = ("active", "closing")
"""In its last weeks a pair or circle goes on as before."""


@dataclass(frozen=True)
class Journeys:
    """One journey a pair or circle, begun by whichever of its events arrives first."""

    store: Repository[Journey]
    check_ins: CheckIns
    cases: Cases
    programmes: Programmes
    clock: Clock

    def follow(self, pair: PairFacts, cause: Received) -> None:
        """Brings the journey where its pair is; a pair that never started has none."""
        its, at = journey_id(pair.pair_id), parse(cause.time)
        if pair.state in LIVE:
            self._begin(its, pair, at)
        elif not self.store.exists(its):
            return
        journey = self.store.change(its, lambda one: self._bring(one, pair, at), cause=cause)
        # asked of the journey as it is now: a replay of an old pause must not stop what was resumed since
        if reason := journey.stopped:
            self.check_ins.stop(its, reason, cause)
            self.cases.end_of(its, reason, cause)
        for person_id in journey.gone:
            self.check_ins.stop(its, "left", cause, person_id)
            self.cases.end_of(its, "left", cause, person_id)

    def get(self, id: str) -> Journey:
        return self.store.get(id)

    def of_pair(self, pair_id: str) -> Journey:
        return self.store.get(journey_id(pair_id))

    def met(self, id: str, cause: Received) -> None:
        """One of them said so: the moment is theirs, not that of our hearing."""
        self.store.change(id, lambda one: one.reach(Milestone.FIRST_SESSION, parse(cause.time)), cause=cause)

    def set_terms(self, id: str, terms: Terms, by: str, if_version: int | None = None) -> Journey:
        return self.store.change(id, lambda one: one.set_terms(terms, by, self.clock.now()), if_version=if_version)

    def meet_on(self, id: str, day: str, by: str) -> Journey:
        return self.store.change(id, lambda one: one.meet_on(day, by, self.clock.now()))

    def _begin(self, id: str, pair: PairFacts, at: datetime) -> None:
        if not self.store.exists(id):
            sides = [Side(person_id=person, role=role) for person, role in pair.parties]
            journey = Journey(id=id, pair_id=pair.pair_id, programme_id=pair.programme_id, sides=sides,
                              relationship=pair.relationship)
            journey.note("journey-begun", at)
            with suppress(AlreadyExists):
                self.store.add(journey)

    def _bring(self, journey: Journey, pair: PairFacts, at: datetime) -> None:
        if pair.relationship is Relationship.CIRCLE and pair.state in MEETING:
            journey.seat(pair.parties, at)
        if pair.state in MEETING:
            journey.go_on(self.programmes.cadence(pair.programme_id), at)
        elif pair.state == "paused":
            journey.pause(at)
        elif pair.state == "closed":
            content = [one for one in journey.mentee_ids if self.check_ins.is_good(journey.id, one)]
            journey.end(pair.reason, at, content)
        elif pair.state == "awaiting-training":
            journey.wait(at)
