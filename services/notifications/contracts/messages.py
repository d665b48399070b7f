"""What became of a message: one to one person over one channel."""

from dataclasses import dataclass
from typing import ClassVar

from shared.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class _MessageEvent(Event):
    """Names the message by ids only.

    `person_id` is None for the programme office's own address. `about` is the id of what the message is about and
    `about_kind` says of what kind that is: check-in, pair, case or request. `cause_id` is the id of the event that
    asked for it, or of the message that it repeats.
    """

    topic: ClassVar[str] = "mentoring.messages.v1"
    key_field: ClassVar[str] = "message_id"

    message_id: str
    person_id: str | None
    template: str
    about: str
    about_kind: str
    cause_id: str
    programme_id: str | None = None
    pair_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class MessageSent(_MessageEvent):
    """The mail server accepted the message for delivery; nobody can know by SMTP that it was read."""

    type: ClassVar[str] = "mentoring.message-sent.v1"


@dataclass(frozen=True, kw_only=True)
class MessageFailed(_MessageEvent):
    """The message will not be tried again. `permanent`: the mail server said never; otherwise it is ours.

    `reason` is a code: recipient-refused, message-refused or not-composed.
    """

    type: ClassVar[str] = "mentoring.message-failed.v1"

    permanent: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class MessageSuppressed(_MessageEvent):
    """The message was not sent, on purpose.

    `why` is a code: stale, left, on-leave, unreachable, no-address, pair-closed or answered.
    """

    type: ClassVar[str] = "mentoring.message-suppressed.v1"

    why: str
