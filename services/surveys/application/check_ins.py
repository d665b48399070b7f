"""What happens to check-ins: planned, sent, answered, stopped, counted."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from services.surveys.application.programmes import Programmes
from services.surveys.contracts.internal import CheckInDue
from services.surveys.domain.answer import Answer
from services.surveys.domain.check_in import CheckIn, CheckInState, Delivery
from services.surveys.domain.journey import Journey
from shared.kernel.clock import Clock, parse
from shared.kernel.errors import AlreadyExists
from shared.messaging.envelope import Received
from shared.store.documents import Where
from shared.store.repository import Found, Repository

UNREACHABLE = ("unreachable", "no-address")
AWAY = ("left", "on-leave")
_KEPT = {"let_go": {"$ne": True}}


@dataclass(frozen=True, kw_only=True)
class MessageFacts:
    """What became of a message to `person_id` about a check-in; `why` it was suppressed, `permanent` when the address
    takes none."""

    check_in_id: str
    person_id: str | None
    why: str | None = None
    permanent: bool = False


@dataclass(frozen=True, kw_only=True)
class Round:
    """The check-ins of one period, counted from the begin of each pair: of those `delivered`, so many were answered."""

    period: int
    delivered: int
    answered: int


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Not sent, not delivered and not answered told apart, for one programme; `overdue` are missed and may still be
    answered, of who goes on. `rounds` of the periods in which anybody was asked."""

    states: dict[str, int]
    sent: int
    delivered: int
    answered: int
    overdue: int
    rounds: list[Round]
    as_of: datetime


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which check-ins of a programme: all, unless something is said. `overdue` says more than `state`."""

    state: str | None = None
    overdue: bool = False
    delivered: bool = False
    period: int | None = None


@dataclass(frozen=True)
class CheckIns:
    """One check-in for each side and period; in a circle, for each member."""

    store: Repository[CheckIn]
    journeys: Repository[Journey]
    programmes: Programmes
    clock: Clock

    def plan(self, due: CheckInDue, cause: Received) -> None:
        """Reads the journey after adding, so that a pause at the same moment is seen here or sees the check-in."""
        now = self.clock.now()
        check_in = CheckIn.plan(due, self.programmes.cadence(due.programme_id), now)
        with suppress(AlreadyExists):
            self.store.add(check_in, cause=cause)
        if reason := self.journeys.get(due.journey_id).stopped_for(due.person_id):
            self.store.change(check_in.id, lambda one: one.leave_out(reason, now))

    def sent(self, message: MessageFacts, cause: Received) -> None:
        self._hear(message, lambda one: one.sent(parse(cause.time)), cause)

    def failed(self, message: MessageFacts, cause: Received) -> None:
        """An address that takes no mail excuses; any other failure means that nobody was asked."""
        now = self.clock.now()
        if message.permanent or message.why in UNREACHABLE:
            self._hear(message, lambda one: one.not_delivered(now), cause)
        else:
            reason = "away" if message.why in AWAY else "not-sent"
            self._hear(message, lambda one: one.not_sent(reason, now), cause)

    def _hear(self, message: MessageFacts, decide: Callable[[CheckIn], object], cause: Received) -> None:
        """The partner gets mail about a missed check-in too: that tells nothing about the one who was asked."""
        if self.store.get(message.check_in_id).person_id == message.person_id:
            self.store.change(message.check_in_id, decide, cause=cause)

    def stop(self, journey_id: str, reason: str, cause: Received, person_id: str | None = None) -> None:
        """Everything of the journey, or of one of them, that still waits for an answer or is overdue."""
        waiting = [CheckInState.PLANNED, CheckInState.OPEN, CheckInState.MISSED]
        where: Where = {"journey_id": journey_id, "state": {"$in": waiting}, **_KEPT}
        for check_in in list(self.store.each({**where, "person_id": person_id} if person_id else where)):
            self.store.change(check_in.id, lambda one: one.leave_out(reason, self.clock.now()), cause=cause)

    def is_good(self, journey_id: str, person_id: str) -> bool:
        """Whether somebody's last answer was a good rating; nobody who said nothing is content."""
        given = {"journey_id": journey_id, "person_id": person_id, "state": CheckInState.ANSWERED}
        last = max(self.store.each(given), key=lambda one: one.period, default=None)
        return bool(last and last.answer and last.answer.is_good)

    def reply(self, id: str, answer: Answer, by: str, if_version: int | None = None) -> CheckIn:
        return self.store.change(id, lambda one: one.reply(answer, by, self.clock.now()), if_version=if_version)

    def get(self, id: str) -> CheckIn:
        return self.store.get(id)

    def find(self, *, limit: int, after: tuple[str, str] | None, **where: str | None) -> Found[CheckIn]:
        """Filters that are None are not asked."""
        asked = {field: value for field, value in where.items() if value is not None}
        return self.store.find(asked, "opens_at", limit=limit, after=after)

    def of_programme(self, programme_id: str, wanted: Wanted, *, limit: int, after: tuple[str, str] | None
                     ) -> Found[CheckIn]:
        """The newest first."""
        asked = self._overdue() if wanted.overdue else {"state": wanted.state} if wanted.state else {}
        delivered = {"delivery": Delivery.SENT} if wanted.delivered else {}
        period = {"period": wanted.period} if wanted.period else {}
        return self.store.find({"programme_id": programme_id, **asked, **delivered, **period}, "opens_at", limit=limit,
                               after=after, descending=True)

    def beside(self, check_in: CheckIn) -> list[CheckIn]:
        """All of the same person in the same programme, this one first."""
        theirs = {"person_id": check_in.person_id, "programme_id": check_in.programme_id}
        return sorted(self.store.each(theirs), key=lambda one: (one.id != check_in.id, one.opens_at))

    def stopped(self, check_in: CheckIn) -> bool:
        """Whether its pair or circle rests or has ended, or whoever is asked has left it."""
        return self.journeys.get(check_in.journey_id).stopped_for(check_in.person_id) is not None

    def _overdue(self) -> Where:
        return {"state": CheckInState.MISSED, "closes_at": {"$gt": self.clock.now()}, **_KEPT}

    def summary(self, programme_id: str) -> Summary:
        of_programme = {"programme_id": programme_id}
        states = self.store.count_by(of_programme, "state")
        delivery = self.store.count_by(of_programme, "delivery")
        delivered = delivery.get(Delivery.SENT.value, 0)
        return Summary(states={state.value: states.get(state.value, 0) for state in CheckInState},
                       sent=delivered + delivery.get(Delivery.UNDELIVERABLE.value, 0), delivered=delivered,
                       answered=states.get(CheckInState.ANSWERED.value, 0),
                       overdue=self.store.count({**of_programme, **self._overdue()}),
                       rounds=self._rounds({**of_programme, "delivery": Delivery.SENT}), as_of=self.clock.now())

    def _rounds(self, delivered: Where) -> list[Round]:
        asked = self.store.count_by(delivered, "period")
        answered = self.store.count_by({**delivered, "state": CheckInState.ANSWERED}, "period")
        return [Round(period=int(one), delivered=count, answered=answered.get(one, 0))
                for one, count in sorted(asked.items())]
