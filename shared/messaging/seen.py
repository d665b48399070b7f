"""What a service reads of events: everything else in them may change without notice."""

from typing import Any

from marshmallow import EXCLUDE, Schema, post_load


class Seen(Schema):
    """A part of an event's data, made into `into`, which takes it by name."""

    into: type[Any]

    class Meta:
        unknown = EXCLUDE

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Any:
        return self.into(**data)
