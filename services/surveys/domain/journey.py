"""How a pair is going: from the waiting for its gates to its end."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from services.surveys.contracts.check_ins import CheckInMissed
from services.surveys.contracts.internal import CheckInDue, CheckInLapsed
from services.surveys.contracts.journeys import AgreementTermsSet, ConcludedBecause, JourneyConcluded, JourneyPraised
from services.surveys.contracts.relationships import Relationship
from services.surveys.domain import flash
from services.surveys.domain.cadence import Cadence, Calendar, spread
from services.surveys.domain.milestones import Milestoned
from services.surveys.domain.side import Side
from services.surveys.domain.terms import Terms
from shared.kernel.errors import NotFound, WrongState
from shared.kernel.ids import derived_id


class JourneyState(StrEnum):
    """Where a journey stands."""

    WAITING = "waiting"
    UNDER_WAY = "under-way"
    PAUSED = "paused"
    ENDED = "ended"


def journey_id(pair_id: str) -> str:
    """A pair, or a circle, has one journey, whichever of its events is heard first."""
    return derived_id("journey", pair_id)


@dataclass(kw_only=True)
class Journey(Milestoned):
    """`calendar` begins with the start and is moved on by every break; `period` is the last one that was asked. Of a
    flash pair, which is asked once, `heard` are those who answered."""

    state: JourneyState = JourneyState.WAITING
    terms: Terms | None = None
    calendar: Calendar | None = None
    paused_at: datetime | None = None
    period: int = 0
    heard: list[str] = field(default_factory=list)
    concluded: bool = False

    def side(self, person_id: str) -> Side:
        """Raises NotFound for strangers, and for whoever left the circle."""
        side = self.counted(person_id)
        if side.left:
            raise NotFound(f"no journeys {self.id}")
        return side

    def counted(self, person_id: str) -> Side:
        """Also of somebody who left. Raises NotFound for strangers."""
        own = [side for side in self.sides if side.person_id == person_id]
        if not own:
            raise NotFound(f"no journeys {self.id}")
        return min(own, key=lambda side: side.left)

    @property
    def gone(self) -> list[str]:
        """Who left the circle and sits in it in no other role."""
        return sorted({side.person_id for side in self.sides} - {side.person_id for side in self.present})

    def seat(self, parties: Collection[tuple[str, str]], at: datetime) -> None:
        """Who sits in the circle from now on, as (person, role): newcomers are asked from here, and leavers no more."""
        for side in self.sides:
            stays = (side.person_id, side.role) in parties
            if stays and side.left:
                side.come_back(at)
            elif not stays and not side.left:
                side.leave()
        known = {(side.person_id, side.role) for side in self.sides}
        self.sides += [Side(person_id=person, role=role, since=at) for person, role in parties
                       if (person, role) not in known]

    @property
    def once(self) -> bool:
        """Whether it is a flash pair's."""
        return bool(self.calendar and self.calendar.cadence.once)

    @property
    def next_check_in_at(self) -> datetime | None:
        return self.timers.get("next-check-in")

    def require_more_than_one_session(self) -> None:
        """Raises OneSession."""
        if self.once:
            raise flash.OneSession("a flash pair has one session: no agreement and no goal")

    @property
    def stopped(self) -> str | None:
        """Why no clock runs, as check-ins are excused with it; None while clocks may run."""
        return {JourneyState.PAUSED: "paused", JourneyState.ENDED: "closed"}.get(self.state)

    def stopped_for(self, person_id: str) -> str | None:
        """As `stopped`, for one of them."""
        return self.stopped or ("left" if self.counted(person_id).left else None)

    def set_terms(self, terms: Terms, by: str, at: datetime) -> None:
        """Either of the two writes them down; the same again is no news. Raises BadTerms."""
        self.side(by)
        self.require_more_than_one_session()
        if self.state == JourneyState.ENDED:
            raise WrongState("this journey has ended: its agreement stays as it is")
        if terms != self.terms:
            terms.require_ahead(at)
            self.terms = terms
            self.note("agreement-terms-set", at, by, meetings_every_days=terms.meetings_every_days)
            self.record(AgreementTermsSet(
                journey_id=self.id, pair_id=self.pair_id, programme_id=self.programme_id, set_by=by,
                meetings_every_days=terms.meetings_every_days, ends_on=terms.ends_on,
                relationship=self.relationship), at)

    def go_on(self, cadence: Cadence, at: datetime) -> None:
        """The gates are met, or the break is over: the clock runs, from where it was stopped. A circle meets often, in
        a flash programme too."""
        if self.state in (JourneyState.UNDER_WAY, JourneyState.ENDED):
            return
        self.note("journey-resumed" if self.calendar else "journey-started", at)
        alike = cadence if self.relationship is Relationship.PAIR else replace(cadence, once=False)
        self.calendar = self._laid_out(alike, at)
        self.state, self.paused_at = JourneyState.UNDER_WAY, None
        self._plan_next()

    def meet_on(self, day: str, by: str, at: datetime) -> None:
        """Either of a flash pair names the day of their session, or another, until they are asked about it."""
        self.side(by)
        if not self.once or self.calendar is None or self.state != JourneyState.UNDER_WAY or self.period:
            raise WrongState("no day of a session can be named now")
        flash.require_day(day, self.calendar.cadence, at)
        if day != self.calendar.meets_on:
            self.calendar = replace(self.calendar, meets_on=day)
            self.note("session-day-named", at, by, day=day)
            self._plan_next()

    def hear(self, person_id: str, period: int, at: datetime) -> None:
        """Somebody answered: it ends their climb, and of a flash pair the second answer ends it all."""
        self.counted(person_id).answer(period)
        if self.once and person_id not in self.heard:
            self.heard = [*self.heard, person_id]
            if len(self.heard) == len(self.sides):
                self._conclude(ConcludedBecause.ANSWERED, at)

    def on_conclude(self, now: datetime) -> None:
        """The days for answers are over: nobody is blamed."""
        self._conclude(ConcludedBecause.TIME_OVER, now)

    def _conclude(self, because: ConcludedBecause, at: datetime) -> None:
        if self.concluded or self.state != JourneyState.UNDER_WAY:
            return
        self.concluded = True
        self.clear_timer("conclude")
        self.note("journey-concluded", at)
        self.record(JourneyConcluded(journey_id=self.id, pair_id=self.pair_id, programme_id=self.programme_id,
                                     because=because), at)

    def pause(self, at: datetime) -> None:
        """All clocks stop, and what was missed before the break counts no more."""
        if self.state in (JourneyState.WAITING, JourneyState.UNDER_WAY):
            self.state, self.paused_at = JourneyState.PAUSED, at
            self._stop()
            self.note("journey-paused", at)

    def wait(self, at: datetime) -> None:
        """Back from a break to gates that are not met yet."""
        if self.state == JourneyState.PAUSED and self.calendar is None:
            self.state, self.paused_at = JourneyState.WAITING, None
            self.note("journey-resumed", at)

    @property
    def mentee_ids(self) -> list[str]:
        return [side.person_id for side in self.present if side.role == "mentee"]

    def end(self, reason: str | None, at: datetime, content: Collection[str] = ()) -> None:
        """Without blame: nothing is counted from here on. `content`: mentees whose last rating was a good one."""
        if self.state != JourneyState.ENDED:
            self.state = JourneyState.ENDED
            self._stop()
            self.note("journey-ended", at, reason=reason)
            for mentee_id in content if reason == "completed" else ():
                self.record(JourneyPraised(journey_id=self.id, pair_id=self.pair_id, programme_id=self.programme_id,
                                           person_id=mentee_id, relationship=self.relationship), at)

    def on_next_check_in(self, now: datetime) -> None:
        """Asks every side for every period that has begun; one that is over too is asked for the record only."""
        calendar = self.calendar
        while calendar and calendar.has_begun(self.period + 1, now):
            self.period += 1
            opens_at = calendar.opens_at(self.period)
            for side in self.sides:
                if side.is_asked(opens_at):
                    self.record(self._due(side, calendar), now)
        self._plan_next()

    def miss(self, lapsed: CheckInLapsed, at: datetime) -> None:
        """Counts a silence once, and only while the clocks run. A flash pair climbs no ladder."""
        side = self.counted(lapsed.person_id)
        if self.state == JourneyState.UNDER_WAY and not self.once and not side.left and side.miss(lapsed.period):
            self.record(CheckInMissed(
                check_in_id=lapsed.check_in_id, journey_id=self.id, pair_id=self.pair_id,
                programme_id=self.programme_id, person_id=side.person_id, role=side.role, period=lapsed.period,
                in_a_row=side.in_a_row, closes_at=lapsed.closes_at, relationship=self.relationship), at)

    def _plan_next(self) -> None:
        if self.calendar and self.calendar.asks(self.period + 1):
            self.set_timer("next-check-in", self.calendar.opens_at(self.period + 1))
        if self.calendar and self.once and not self.concluded:
            self.set_timer("conclude", self.calendar.concludes_at)

    def _due(self, side: Side, calendar: Calendar) -> CheckInDue:
        late = spread(self.id, side.person_id, str(self.period))
        return CheckInDue(
            journey_id=self.id, pair_id=self.pair_id, programme_id=self.programme_id, person_id=side.person_id,
            role=side.role, period=self.period, opens_at=calendar.opens_at(self.period) + late,
            closes_at=calendar.closes_at(self.period), relationship=self.relationship)

    def _laid_out(self, cadence: Cadence, at: datetime) -> Calendar:
        if self.calendar is None or self.paused_at is None:
            return Calendar(cadence=cadence, start=at)
        return self.calendar.moved(cadence, at - self.paused_at)

    def _stop(self) -> None:
        self.clear_timer("next-check-in")
        self.clear_timer("conclude")
        for side in self.sides:
            side.begin_afresh()
