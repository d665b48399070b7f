"""What happens to cases: raised by silence, resolved by people or by an answer."""

from dataclasses import dataclass

from services.surveys.application.programmes import Programmes
from services.surveys.contracts.check_ins import CheckInMissed
from services.surveys.domain.case import OPEN, RUNG, Case
from services.surveys.domain.journey import Journey
from shared.kernel.clock import Clock
from shared.messaging.envelope import Received
from shared.store.repository import Found, Repository


@dataclass(frozen=True)
class Cases:
    """One case for each climb of the ladder."""

    store: Repository[Case]
    journeys: Repository[Journey]
    programmes: Programmes
    clock: Clock

    def raise_for(self, missed: CheckInMissed, cause: Received) -> None:
        """Reads the journey after adding: an answer that came meanwhile is seen here, or sees the case."""
        now = self.clock.now()
        deadline = self.programmes.cadence(missed.programme_id).case_due(now)
        case = self.store.add(Case.raise_for(missed, deadline, now), cause=cause)
        journey = self.journeys.get(missed.journey_id)
        if journey.counted(missed.person_id).in_a_row < RUNG:
            reason = journey.stopped_for(missed.person_id) or "answered"
            self.store.change(case.id, lambda one: one.end(reason, now))

    def end_of(self, journey_id: str, reason: str, cause: Received, person_id: str | None = None) -> None:
        """What is still open about this journey, or about one side of it."""
        where = {"journey_id": journey_id, "state": {"$in": list(OPEN)}}
        about = {**where, "person_id": person_id} if person_id else where
        for case in list(self.store.each(about)):
            self.store.change(case.id, lambda one: one.end(reason, self.clock.now()), cause=cause)

    def resolve(self, id: str, by: str, note: str | None, if_version: int | None = None) -> Case:
        return self.store.change(id, lambda one: one.resolve(by, note, self.clock.now()), if_version=if_version)

    def get(self, id: str) -> Case:
        return self.store.get(id)

    def of_programme(self, programme_id: str, state: str | None, *, limit: int,
                     after: tuple[str, str] | None) -> Found[Case]:
        where = {"programme_id": programme_id} | ({"state": state} if state else {})
        return self.store.find(where, "raised_at", limit=limit, after=after)
