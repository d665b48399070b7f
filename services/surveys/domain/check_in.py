"""A short question to one side of a pair, or one member of a circle, for one period.

Missed means delivered and not answered, nothing else.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypedDict

from services.surveys.contracts.check_ins import (
    CheckInAnswered,
    CheckInExcused,
    CheckInOpened,
    CheckInReminderDue,
)
from services.surveys.contracts.internal import CheckInDue, CheckInLapsed, MeetingTold
from services.surveys.contracts.relationships import Relationship
from services.surveys.domain.answer import Answer
from services.surveys.domain.cadence import Cadence
from shared.kernel.errors import NotFound, WrongState
from shared.kernel.history import Remembering
from shared.kernel.ids import derived_id

ASKED_FOR = 3
"""The `attempt` of a reminder that a coordinator asked for."""
SENDING = timedelta(days=4)
"""A mail is tried for three days; whoever has heard nothing after four was not asked."""


class CheckInState(StrEnum):
    """Where a check-in stands."""

    PLANNED = "planned"
    OPEN = "open"
    ANSWERED = "answered"
    MISSED = "missed"
    EXCUSED = "excused"
    UNDELIVERABLE = "undeliverable"


class Delivery(StrEnum):
    """What became of the message that asks."""

    WAITING = "waiting"
    SENT = "sent"
    NOT_SENT = "not-sent"
    UNDELIVERABLE = "undeliverable"


class NotOverdue(WrongState):
    """Nobody is reminded of what was answered, is not missed, or is over."""

    code = "not-overdue"


class _Who(TypedDict):
    journey_id: str
    pair_id: str
    programme_id: str
    person_id: str
    role: str
    period: int
    relationship: Relationship


@dataclass(kw_only=True)
class CheckIn(Remembering):
    """Opens by its own timer; the deadline and the reminder are counted from the sending, never from the opening.
    `let_go`: missed before its pair or circle rested or ended, so that nobody is reminded of it any more."""

    journey_id: str
    pair_id: str
    programme_id: str
    person_id: str
    role: str
    period: int
    opens_at: datetime
    closes_at: datetime
    answer_days: int
    reminder_days: int
    relationship: Relationship = Relationship.PAIR
    state: CheckInState = CheckInState.PLANNED
    delivery: Delivery = Delivery.WAITING
    answer_by: datetime | None = None
    answered_at: datetime | None = None
    reminded_at: datetime | None = None
    answer: Answer | None = None
    excuse: str | None = None
    let_go: bool = False

    @classmethod
    def plan(cls, due: CheckInDue, cadence: Cadence, at: datetime) -> "CheckIn":
        """One for each side and period: its id is derived from them. A period that is over is excused at once."""
        check_in = cls(
            id=derived_id("check-in", due.journey_id, due.person_id, due.role, str(due.period)),
            journey_id=due.journey_id, pair_id=due.pair_id, programme_id=due.programme_id, person_id=due.person_id,
            role=due.role, period=due.period, opens_at=due.opens_at, closes_at=due.closes_at,
            answer_days=cadence.answer_days, reminder_days=cadence.reminder_days,
            relationship=due.relationship)
        check_in.set_timer("opening", due.opens_at)
        if due.closes_at <= at:
            check_in.leave_out("not-sent", at)
        return check_in

    def on_opening(self, now: datetime) -> None:
        """From now on the person may answer; nothing counts before a message was sent."""
        if now >= self.closes_at:
            return self.leave_out("not-sent", now)
        self.state = CheckInState.OPEN
        self.set_timer("sending", now + SENDING)
        self.note("check-in-opened", now, self.person_id, check_in_id=self.id, period=self.period)
        return self.record(CheckInOpened(check_in_id=self.id, closes_at=self.closes_at, **self.who()), now)

    def on_sending(self, now: datetime) -> None:
        """Nobody said that it was sent."""
        self.not_sent("not-sent", now)

    def sent(self, at: datetime) -> None:
        """The first message about it left: the person has `answer_days` from here, whatever the calendar says."""
        if self.delivery != Delivery.WAITING:
            return
        self.delivery = Delivery.SENT
        self.clear_timer("sending")
        if self.state == CheckInState.OPEN:
            self.answer_by = at + timedelta(days=self.answer_days)
            self.closes_at = max(self.closes_at, self.answer_by)
            self.set_timer("deadline", self.answer_by)
            self.set_timer("reminder", at + timedelta(days=self.reminder_days))

    def not_sent(self, reason: str, at: datetime) -> None:
        """The message that asks was given up: nobody was asked. Later messages make no difference."""
        if self.delivery == Delivery.WAITING:
            self.delivery = Delivery.NOT_SENT
            self.leave_out(reason, at)

    def not_delivered(self, at: datetime) -> None:
        """The address takes no mail: stops the clock, and takes back a miss that was counted before we heard of it."""
        if self.state in (CheckInState.OPEN, CheckInState.MISSED):
            self.delivery = Delivery.UNDELIVERABLE
            self._excuse(CheckInState.UNDELIVERABLE, "undeliverable", at)

    def on_reminder(self, now: datetime) -> None:
        """Only the silent are reminded, and not on the day they are told that it is too late."""
        if self.answer_by and now < self.answer_by:
            self._remind(1, now)

    def remind_again(self, now: datetime) -> None:
        """A coordinator asked for it: of what was answered in between nobody is reminded."""
        if self.is_overdue(now):
            self._remind(ASKED_FOR, now)

    def require_overdue(self, now: datetime) -> None:
        """Raises NotOverdue."""
        if not self.is_overdue(now):
            raise NotOverdue(f"check-in {self.id} is {self.state}, or over")

    def on_deadline(self, now: datetime) -> None:
        """Sent, delivered, not answered. The journey counts it and tells."""
        self.state = CheckInState.MISSED
        self._stop()
        self.note("check-in-missed", now, self.person_id, check_in_id=self.id, period=self.period)
        self.record(CheckInLapsed(check_in_id=self.id, closes_at=self.closes_at, **self.who()), now)

    def leave_out(self, reason: str, at: datetime) -> None:
        """Stops what is planned or open; what was answered or missed still counts, and nobody is reminded of it."""
        if self.state in (CheckInState.PLANNED, CheckInState.OPEN):
            self._excuse(CheckInState.EXCUSED, reason, at)
        elif self.state == CheckInState.MISSED:
            self.let_go = True

    def reply(self, answer: Answer, by: str, at: datetime) -> None:
        """Recorded and told once; changeable, silently, until the period closes."""
        if by != self.person_id:
            raise NotFound(f"no check_ins {self.id}")
        if not self.can_be_answered(at):
            raise WrongState("this check-in is closed")
        met_before, self.answer = bool(self.answer and self.answer.met), answer.over(self.answer)
        if self.answer.met and not met_before:
            self.record(MeetingTold(check_in_id=self.id, **self.who()), at)
        if self.state != CheckInState.ANSWERED:
            self.state, self.answered_at = CheckInState.ANSWERED, at
            self.excuse = None
            self._stop()
            self.note("check-in-answered", at, by, check_in_id=self.id, period=self.period)
            self.record(CheckInAnswered(check_in_id=self.id, **self.who()), at)

    def can_be_answered(self, at: datetime) -> bool:
        """A missed one too, and one that no mail was sent for: whoever finds the page may answer."""
        waits_in_vain = self.state == CheckInState.PLANNED or (
            self.state == CheckInState.EXCUSED and self.excuse != "not-sent")
        return not waits_in_vain and at < self.closes_at

    def for_coordinator(self) -> "CheckIn":
        """As a coordinator may read it."""
        return replace(self, answer=self.answer and self.answer.for_coordinator())

    def is_overdue(self, now: datetime) -> bool:
        """Missed, not let go, and may still be answered."""
        return self.state == CheckInState.MISSED and not self.let_go and now < self.closes_at

    def _remind(self, attempt: int, now: datetime) -> None:
        self.reminded_at = now
        self.note("check-in-reminder-due", now, self.person_id, check_in_id=self.id, period=self.period)
        self.record(CheckInReminderDue(check_in_id=self.id, closes_at=self.closes_at, attempt=attempt, **self.who()),
                    now)

    def _excuse(self, state: CheckInState, reason: str, at: datetime) -> None:
        self.state, self.excuse = state, reason
        self._stop()
        self.note(f"check-in-{state}", at, self.person_id, check_in_id=self.id, period=self.period, reason=reason)
        self.record(CheckInExcused(check_in_id=self.id, reason=reason, **self.who()), at)

    def _stop(self) -> None:
        self.timers.clear()

    def who(self) -> _Who:
        """What every event about it tells."""
        return {"journey_id": self.journey_id, "pair_id": self.pair_id, "programme_id": self.programme_id,
                "person_id": self.person_id, "role": self.role, "period": self.period,
                "relationship": self.relationship}
