"""The climb from a missed check-in to the programme office, and what ends it."""

from dataclasses import dataclass

from services.surveys.application.cases import Cases
from services.surveys.contracts.check_ins import CheckInMissed
from services.surveys.contracts.internal import CheckInLapsed
from services.surveys.domain.case import RUNG
from services.surveys.domain.journey import Journey
from shared.kernel.clock import Clock
from shared.messaging.envelope import Received
from shared.store.repository import Repository


@dataclass(frozen=True, kw_only=True)
class SidePeriod:
    """One side of a journey in one period; `reason` when it was excused."""

    journey_id: str
    person_id: str
    period: int
    reason: str | None = None


@dataclass(frozen=True)
class Ladder:
    """Misses are counted by the journey, a side at a time; the mails of the first two rungs are others' work."""

    journeys: Repository[Journey]
    cases: Cases
    clock: Clock

    def count(self, lapsed: CheckInLapsed, cause: Received) -> None:
        self.journeys.change(lapsed.journey_id, lambda one: one.miss(lapsed, self.clock.now()), cause=cause)

    def climb(self, missed: CheckInMissed, cause: Received) -> None:
        """Only this rung makes a case; the silence that goes on after it is the same case."""
        if missed.in_a_row == RUNG:
            self.cases.raise_for(missed, cause)

    def answered(self, about: SidePeriod, cause: Received) -> None:
        journey = self.journeys.change(
            about.journey_id, lambda one: one.hear(about.person_id, about.period, self.clock.now()), cause=cause)
        self._end_below_the_rung(journey, about.person_id, "answered", cause)

    def excused(self, about: SidePeriod, cause: Received) -> None:
        """Takes back a miss that was counted before its mail came back."""
        journey = self.journeys.change(
            about.journey_id, lambda one: one.counted(about.person_id).excuse(about.period), cause=cause)
        self._end_below_the_rung(journey, about.person_id, about.reason or "excused", cause)

    def looked_after(self, case_id: str, cause: Received) -> None:
        """A coordinator has spoken with the person: a new silence is counted from the beginning."""
        case = self.cases.get(case_id)
        self.journeys.change(case.journey_id, lambda one: one.counted(case.person_id).begin_afresh(), cause=cause)

    def _end_below_the_rung(self, journey: Journey, person_id: str, reason: str, cause: Received) -> None:
        if journey.counted(person_id).in_a_row < RUNG:
            self.cases.end_of(journey.id, reason, cause, person_id)
