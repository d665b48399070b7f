"""Everything notifications publishes, and where."""

from services.notifications.contracts.contacts import ContactReachable, ContactUnreachable
from services.notifications.contracts.erasures import ERASURES, ErasureCompleted
from services.notifications.contracts.messages import MessageFailed, MessageSent, MessageSuppressed
from shared.kernel.events import Event
from shared.messaging.log import Topic

TOPICS: tuple[Topic, ...] = (
    # not operational: which check-in or case a message is about tells how a pair is going
    Topic("mentoring.messages.v1", tier="coordinator"),
    ERASURES,
)
EVENTS: tuple[type[Event], ...] = (
    MessageSent,
    MessageFailed,
    MessageSuppressed,
    ContactUnreachable,
    ContactReachable,
    ErasureCompleted,
)
