"""One notification to one person over one channel, from the wish to the server's word."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from services.notifications.contracts.messages import MessageFailed, MessageSent, MessageSuppressed
from services.notifications.domain.delays import LEASE, pause_after
from services.notifications.domain.letters import Letter, Role, letter
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import WrongState
from shared.kernel.ids import derived_id

BUDGET = timedelta(hours=72)
"""A mail that could not be sent so long after its cause would only confuse."""
WORTH_REPEATING = timedelta(days=14)
"""What was in vain for longer is not sent again."""
EMAIL = "email"


class MessageState(StrEnum):
    """Where a message stands. By SMTP nobody can know more than that a server accepted it."""

    QUEUED = "queued"
    SENDING = "sending"
    FAILED_FOR_NOW = "failed-for-now"
    ACCEPTED = "accepted"
    FAILED = "failed"
    SUPPRESSED = "suppressed"


OVER = frozenset({MessageState.ACCEPTED, MessageState.FAILED, MessageState.SUPPRESSED})


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What shall be told to whom. `person_id` None is the programme office.

    `pair_id` None: there is no pair yet. `partner_id` is the other side, or the person a case is about; `attempt` which
    link to a check-in this is, `closes_at` until when it may be answered; `meets_at` the proposed first meeting; `hold`
    how long to wait for what belongs into the letter; `campaign_code` stands in its link; `figures` by their codes, 0:
    fewer than `least`, which is one of them.
    """

    letter: Letter
    role: Role
    person_id: str | None
    about: str
    programme_id: str
    pair_id: str | None = None
    partner_id: str | None = None
    attempt: int = 0
    closes_at: datetime | None = None
    meets_at: datetime | None = None
    hold: timedelta = timedelta()
    campaign_code: str | None = None
    figures: Mapping[str, int] = field(default_factory=dict)


@dataclass(kw_only=True)
class Message(Aggregate):
    """Names people by id only: the words are put together when it is sent, from what is known then. `first_at`: when
    what it repeats was first to be said; `moot`: it is settled or repeated, and not to be said again."""

    cause_id: str
    recipient: str
    template: str
    role: Role
    person_id: str | None
    about: str
    about_kind: str
    programme_id: str
    pair_id: str | None
    partner_id: str | None
    attempt: int
    closes_at: datetime | None
    meets_at: datetime | None
    queued_at: datetime
    expires_at: datetime
    channel: str = EMAIL
    state: MessageState = MessageState.QUEUED
    tries: int = 0
    sent_at: datetime | None = None
    faults: list[str] = field(default_factory=list)
    campaign_code: str | None = None
    figures: dict[str, int] = field(default_factory=dict)
    why: str | None = None
    first_at: datetime | None = None
    moot: bool = False

    @classmethod
    def of(cls, wish: Wish, cause_id: str, happened_at: datetime, now: datetime) -> "Message":
        """The one message of this cause to this recipient by this letter; too late to help, it is suppressed."""
        recipient = wish.person_id or "programme-office"
        message = cls(
            id=derived_id("message", cause_id, recipient, wish.letter.name, EMAIL), cause_id=cause_id,
            recipient=recipient, template=wish.letter.name, role=wish.role, person_id=wish.person_id, about=wish.about,
            about_kind=wish.letter.about_kind, programme_id=wish.programme_id, pair_id=wish.pair_id,
            partner_id=wish.partner_id, attempt=wish.attempt, closes_at=wish.closes_at, meets_at=wish.meets_at,
            campaign_code=wish.campaign_code, figures=dict(wish.figures), queued_at=now,
            expires_at=happened_at + BUDGET)
        if now >= message.expires_at:
            message.suppress("stale", now)
        else:
            message.set_timer("send", now + wish.hold)
        return message

    def again(self, happened_at: datetime, now: datetime, hold: timedelta = timedelta()) -> "Message":
        """The one repeat of this message, which is its cause, and no younger for it."""
        wish = Wish(letter=letter(self.template), role=self.role, person_id=self.person_id, about=self.about,
                    programme_id=self.programme_id, pair_id=self.pair_id, partner_id=self.partner_id,
                    attempt=self.attempt, closes_at=self.closes_at, meets_at=self.meets_at,
                    campaign_code=self.campaign_code, figures=self.figures, hold=hold)
        repeat = Message.of(wish, self.id, happened_at, now)
        repeat.first_at = self.first_at or self.queued_at
        return repeat

    def is_worth_repeating(self, now: datetime) -> bool:
        """Not long ago, and no moment that it names is over."""
        begun = self.first_at or self.queued_at
        return now < min(one for one in (self.closes_at, self.meets_at, begun + WORTH_REPEATING) if one)

    def settle(self) -> None:
        """There is no use in saying it again."""
        self.moot = True

    def release(self, now: datetime) -> None:
        """What it waited for is there: it may go."""
        if self.state is MessageState.QUEUED and self.timers.get("send", now) > now:
            self.set_timer("send", now)

    def claim(self, now: datetime) -> None:
        """Makes the caller the one who sends it, until the lease ends; a message out of its budget is suppressed.

        A crash after the claim leaves it `sending`: when the lease ends it is claimed, and sent, again. Raises
        WrongState when it is over, not due, or claimed by somebody else.
        """
        if self.state in OVER or not self.is_due("send", now):
            raise WrongState(f"message {self.id} is {self.state} and not to be sent now")
        if now >= self.expires_at:
            self.suppress("stale", now)
            return
        self.state, self.tries = MessageState.SENDING, self.tries + 1
        self.set_timer("send", now + LEASE)

    def accept(self, now: datetime) -> None:
        """The server took it. Said twice, by two who sent it after a crash, it counts once."""
        if self.state in OVER:
            return
        self.sent_at = now
        self._end(MessageState.ACCEPTED)
        self.record(MessageSent(**self._names()), now)

    def put_off(self, fault: str, now: datetime) -> None:
        """Not now: tried again after a while."""
        if self.state is not MessageState.SENDING:
            return
        self.state = MessageState.FAILED_FOR_NOW
        self.faults = [*self.faults, fault][-5:]
        self.set_timer("send", now + pause_after(self.tries, self.id))

    def fail(self, reason: str, now: datetime, *, permanent: bool) -> None:
        """Never: not tried again."""
        if self.state in OVER:
            return
        self.why = reason
        self._end(MessageState.FAILED)
        self.record(MessageFailed(**self._names(), permanent=permanent, reason=reason), now)

    def suppress(self, why: str, now: datetime) -> None:
        """Not sent, on purpose, and told."""
        if self.state in OVER:
            return
        self.why = why
        self._end(MessageState.SUPPRESSED)
        self.record(MessageSuppressed(**self._names(), why=why), now)

    def withdraw(self, why: str, now: datetime) -> None:
        """Suppresses it unless it is on its way already; nor is it said again if it was in vain."""
        self.settle()
        if self.state is not MessageState.SENDING:
            self.suppress(why, now)

    def _end(self, state: MessageState) -> None:
        self.state = state
        self.clear_timer("send")

    def _names(self) -> dict[str, Any]:
        names = ("person_id", "template", "about", "about_kind", "cause_id", "programme_id", "pair_id")
        return {"message_id": self.id, **{name: getattr(self, name) for name in names}}
