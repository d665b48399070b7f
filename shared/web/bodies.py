"""Schemas of bodies and queries: unknown fields are refused, JSON types are taken as they are."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from flask_smorest.fields import Upload
from marshmallow import RAISE, Schema, ValidationError, fields

from shared.kernel.clock import iso, parse

__all__ = ["Body", "Day", "Moment", "Query", "Upload", "items_of", "listed"]


class Body(Schema):
    """A JSON body, in or out. Numbers and booleans must be such in JSON: "5" is no number and 1 is not true."""

    class Meta:
        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: Any) -> None:  # noqa: ARG002 - marshmallow's signature
        inner = getattr(field_obj, "inner", field_obj)
        if isinstance(inner, fields.Integer | fields.Float | fields.Boolean):
            inner.validators = [*inner.validators]
            inner.deserialize = _strictly(inner)  # type: ignore[method-assign]


def _strictly(field: Any) -> Any:
    load, kinds = field.deserialize, _KINDS[next(kind for kind in _KINDS if isinstance(field, kind))]

    def deserialize(value: Any, *args: Any, **kwargs: Any) -> Any:
        if value is not None and isinstance(value, str | int | float) and type(value) not in kinds:
            raise field.make_error("invalid")
        return load(value, *args, **kwargs)
    return deserialize


_KINDS: dict[type, tuple[type, ...]] = {fields.Boolean: (bool,), fields.Integer: (int,), fields.Float: (int, float)}


class Query(Schema):
    """The query of a list. Parameters nobody knows are refused: a filter with a typing error must not show all."""

    class Meta:
        unknown = RAISE


class Moment(fields.DateTime):
    """RFC 3339 with an offset in, UTC with three decimals out."""

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:  # noqa: ARG002
        return None if value is None else iso(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:  # noqa: ARG002
        try:
            return parse(value)
        except (TypeError, ValueError) as error:
            raise ValidationError("Not a moment with a time zone, as in 2026-02-28T09:00:00Z.") from error


class Day(fields.String):
    """A day as in 2026-02-28, which is text inside, too. What is taken is for `validate` to say."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs, metadata={"format": "date"})


@cache
def items_of(body: type[Schema]) -> type[Schema]:
    """The schema {"items": [body, …]}, one for each body: documents name schemas."""
    name = body.__name__.removesuffix("Body") + "Items"
    kind: type[Schema] = type(name, (Body,), {"items": fields.List(fields.Nested(body), required=True)})
    return kind


def listed(items: Iterable[Any]) -> dict[str, Sequence[Any]]:
    """All of a short list, for `items_of`; long ones are `paged`."""
    return {"items": list(items)}
