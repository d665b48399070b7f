"""All topics and events of community."""

from services.community.contracts.erasures import ERASURES, ErasureCompleted
from services.community.contracts.training import TrainingAssigned, TrainingCompleted, TrainingEvent, TrainingOverdue
from shared.kernel.events import Event
from shared.messaging.log import Topic

TOPICS: tuple[Topic, ...] = (Topic(TrainingEvent.topic), ERASURES)

EVENTS: tuple[type[Event], ...] = (TrainingAssigned, TrainingCompleted, TrainingOverdue, ErasureCompleted)
