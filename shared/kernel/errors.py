"""Refusals. Every one has a stable `code`; what it becomes over HTTP is decided in `shared/web`."""

from typing import ClassVar


class DomainError(Exception):
    """The command is refused and nothing has changed. The text says what to do and holds no personal data."""

    code: ClassVar[str] = "refused"


class NotFound(DomainError):
    """No such thing, or not one that the caller may know of."""

    code = "not-found"


class AlreadyExists(DomainError):
    """An id or a unique index is taken."""

    code = "already-exists"


class NotAllowed(DomainError):
    """The caller may not do this here; used on routes without an id only, elsewhere `NotFound`."""

    code = "not-allowed"


class WrongState(DomainError):
    """The state machine does not allow this now."""

    code = "wrong-state"


class Invalid(DomainError):
    """What was given breaks a rule of the domain."""

    code = "invalid"


class Stale(DomainError):
    """`if_version` is not the present version: load again and decide again."""

    code = "stale"


class Busy(DomainError):
    """Lost too many races in a row: try again."""

    code = "busy"


class QuotaReached(DomainError):
    """As much of this was done lately as is allowed: wait."""

    code = "quota-reached"


class KeyReused(DomainError):
    """The idempotency key was used before with another request."""

    code = "idempotency-key-reused"


class OutboxFull(DomainError):
    """Too many events of this document wait to be published: try again when the event log is back."""

    code = "outbox-full"


class EventTooLarge(DomainError):
    """The change would publish an event that the log does not take."""

    code = "event-too-large"


class StoreFull(DomainError):
    """Too little disk is free to promise that a command survives."""

    code = "store-full"


class Unavailable(DomainError):
    """Something that is needed does not answer: may pass by itself."""

    code = "unavailable"


class ShapeTooNew(DomainError):
    """The stored document was written by a newer release; this one must not write it."""

    code = "shape-too-new"
