"""What a pair was told, for its timeline."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from services.notifications.application.messages import Messages
from services.notifications.domain.letters import letter
from services.notifications.domain.message import Message, MessageState


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something that happened, in ids."""

    at: datetime
    kind: str
    person_id: str | None
    facts: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Timeline:
    """Sent messages, and those that could not be sent."""

    messages: Messages

    def of_pair(self, pair_id: str, visible: Callable[[Message], bool]) -> list[Entry]:
        """Oldest first; letters about cases stay inside the case."""
        told = (one for one in self.messages.of_pair(pair_id) if not letter(one.template).confidential and visible(one))
        return sorted((_entry(one) for one in told if one.state in _KINDS), key=lambda entry: entry.at)


_KINDS = {MessageState.ACCEPTED: "message-sent", MessageState.FAILED: "message-failed"}


def _entry(message: Message) -> Entry:
    facts: dict[str, str | int] = {"message_id": message.id, "template": message.template, "about": message.about,
                                   "about_kind": message.about_kind, "tries": message.tries}
    return Entry(at=message.sent_at or message.queued_at, kind=_KINDS[message.state], person_id=message.person_id,
                 facts=facts)
