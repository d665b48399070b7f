"""One example of every event, for documentation and for tests of producers and consumers."""

from services.notifications.contracts.contacts import ContactReachable, ContactUnreachable
from services.notifications.contracts.erasures import ErasureCompleted
from services.notifications.contracts.messages import MessageFailed, MessageSent, MessageSuppressed
from shared.kernel.events import Event

_MESSAGE = {
    "message_id": "0d0b7a52-6a0e-5c0e-8a55-0f5b1c1f3a01",
    "person_id": "5f0c2a6e-3f63-4c43-9d0a-6f0d3b7f1e02",
    "template": "check-in-opened",
    "about": "9a1f4a34-5a70-5b1e-9a7e-2f6a4c9e1b03",
    "about_kind": "check-in",
    "cause_id": "b7e2c1d0-8f59-5d2a-bb1c-7e0f5a6d9c04",
    "programme_id": "3c8d9e10-1b2a-4f3c-8d4e-5f6a7b8c9d05",
    "pair_id": "e1d2c3b4-a596-5878-9a0b-1c2d3e4f5a06",
}
_CONTACT = {"person_id": _MESSAGE["person_id"]}

EXAMPLES: dict[type[Event], Event] = {
    MessageSent: MessageSent(**_MESSAGE),
    MessageFailed: MessageFailed(**_MESSAGE, permanent=True, reason="recipient-refused"),
    MessageSuppressed: MessageSuppressed(**_MESSAGE, why="stale"),
    ContactUnreachable: ContactUnreachable(**_CONTACT),
    ContactReachable: ContactReachable(**_CONTACT),
    ErasureCompleted: ErasureCompleted(**_CONTACT, service="notifications", counts={"contacts": 1, "mails": 4}),
}
