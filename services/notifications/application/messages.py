"""Messages: asked for by events, looked at by coordinators."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.notifications.application.contacts import Contacts
from services.notifications.application.ports import Happening
from services.notifications.domain.message import Message, MessageState, Wish
from shared.kernel.clock import Clock, parse
from shared.store.documents import Where
from shared.store.repository import Found, Repository

BOUNCED = "recipient-refused"
"""Why a message failed whose address takes no mail."""
UNDELIVERED = (BOUNCED, "unreachable")
"""Why a message did not leave for an address that takes no mail: it was refused, or not tried again."""
WAITING = (MessageState.QUEUED, MessageState.SENDING, MessageState.FAILED_FOR_NOW)


@dataclass(frozen=True, kw_only=True)
class MessageSummary:
    """How a programme's mail stands: `bounced` are those of `failed` whose address took no mail, `unreachable` the
    people whose address takes none at present."""

    programme_id: str
    queued: int
    accepted: int
    failed: int
    bounced: int
    unreachable: int
    suppressed: int
    last_sent_at: datetime | None
    as_of: datetime


@dataclass(frozen=True)
class Messages:
    """What is to be told to whom."""

    store: Repository[Message]
    contacts: Contacts
    clock: Clock

    def queue(self, wish: Wish, cause: Happening) -> Message:
        """Once for each cause, recipient and letter, however often the event comes."""
        message = Message.of(wish, cause.id, parse(cause.time), self.clock.now())
        return self.store.add(message, cause=cause)

    def release(self, pair_id: str, person_id: str, template: str) -> None:
        """What the letter waited for is there."""
        wanted = {"pair_id": pair_id, "person_id": person_id, "template": template, "state": MessageState.QUEUED.value}
        for message in self.store.each(wanted):
            self.store.change(message.id, lambda one: one.release(self.clock.now()))

    def withdraw(self, about: str, why: str, cause: Happening) -> None:
        """What still waits to be sent about this, or was in vain, is pointless now."""
        for message in self.unheard(about):
            self.withdraw_one(message, why, cause)

    def unheard(self, about: str) -> list[Message]:
        """What still waits to be sent about this, or was in vain."""
        waits: Where = {"about": about, "state": {"$in": [state.value for state in WAITING]}}
        return [*self.store.each(waits), *self.store.each({"about": about, **in_vain()})]

    def repeat(self, message: Message, cause: Happening, hold: timedelta) -> None:
        """Once, however often the event comes."""
        self.store.add(message.again(parse(cause.time), self.clock.now(), hold), cause=cause)
        self.settle(message)

    def settle(self, message: Message) -> None:
        self.store.change(message.id, lambda one: one.settle())

    def withdraw_one(self, message: Message, why: str, cause: Happening) -> None:
        """Whatever the event itself, or a later one of its source, has to say is left alone when it comes again."""
        self.store.change(message.id, lambda one: one.withdraw(why, self.clock.now()), cause=cause)

    def of_programme(self, programme_id: str, *, state: str | None, bounced: bool = False, unreachable: bool = False,
                     limit: int, after: tuple[str, str] | None) -> Found[Message]:
        """The newest first; of the unreachable one each."""
        wanted: Where = _bounced() if bounced else {"state": state} if state else {}
        if unreachable:
            wanted = {"_id": {"$in": self._in_vain(programme_id)}}
        return self.store.find({"programme_id": programme_id, **wanted}, "queued_at", limit=limit, after=after,
                               descending=True)

    def summary(self, programme_id: str) -> MessageSummary:
        """Counted from the messages themselves."""
        counts = self.store.count_by({"programme_id": programme_id}, "state")
        return MessageSummary(
            programme_id=programme_id, queued=sum(counts.get(state.value, 0) for state in WAITING),
            accepted=counts.get(MessageState.ACCEPTED.value, 0), failed=counts.get(MessageState.FAILED.value, 0),
            bounced=self.store.count({"programme_id": programme_id, **_bounced()}),
            unreachable=len(self._in_vain(programme_id)), suppressed=counts.get(MessageState.SUPPRESSED.value, 0),
            last_sent_at=self._last_sent_at(programme_id), as_of=self.clock.now())

    def _last_sent_at(self, programme_id: str) -> datetime | None:
        accepted = {"programme_id": programme_id, "state": MessageState.ACCEPTED.value}
        last = self.store.find(accepted, "sent_at", limit=1, descending=True).items
        return last[0].sent_at if last else None

    def _in_vain(self, programme_id: str) -> list[str]:
        """The last message to each person of the programme whom no mail reaches now."""
        wanted: Where = {"programme_id": programme_id, **in_vain()}
        rows = self.store.parts(wanted, ("person_id", "queued_at", "_id"))
        last = {person_id: message_id for person_id, _, message_id in sorted(row for row in rows if row[0])}
        return [last[person_id] for person_id in self.contacts.unreachable([*last])]

    def of_pair(self, pair_id: str) -> Iterator[Message]:
        """All that was ever to be said to this pair, or about it."""
        return self.store.each({"pair_id": pair_id})


def in_vain() -> Where:
    """Did not leave for an address that takes no mail."""
    return {"why": {"$in": list(UNDELIVERED)}}


def _bounced() -> dict[str, str]:
    return {"state": MessageState.FAILED.value, "why": BOUNCED}
