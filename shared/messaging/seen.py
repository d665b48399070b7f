"""What a service reads of events: everything else in them may change without notice."""

from functools import cache
from typing import Any

from marshmallow import EXCLUDE, Schema, post_load

from shared.messaging.envelope import Outgoing


class Reading(Schema):
    """A part of an event's data."""

    class Meta:
        unknown = EXCLUDE

    @classmethod
    def of(cls, event: Outgoing) -> Any:
        """What the event says of it. Raises ValidationError."""
        return _made_once(cls).load(event.data or {})


@cache
def _made_once(kind: type[Reading]) -> Reading:
    """Making one takes longer than reading with it, and thousands of events come in a row."""
    return kind()


class Seen(Reading):
    """A part of an event's data, made into `into`, which takes it by name."""

    into: type[Any]

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Any:
        return self.into(**data)
