"""An event's dataclass as JSON Schema 2020-12.

Readers must ignore fields they do not know, so objects stay open (`additionalProperties: true`). A field with a default
is optional: events of an older release do not carry it.
"""

import dataclasses
import types
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from shared.catalogue.docstrings import description_of, descriptions_of_fields
from shared.kernel.events import Event, Tombstone

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}


def stem(name: str) -> str:
    """`mentoring.pair-created.v1` → `pair-created.v1`: what files, channels and messages are called."""
    return name.partition(".")[2]


def schema_of(event: type[Event]) -> Schema:
    """The published schema. Raises TypeError naming the field whose type is not one of those above or made of them."""
    body: Schema = {"type": "null"} if issubclass(event, Tombstone) else _object(event)
    head = {"$schema": DIALECT, "$id": f"urn:schema:{event.type}", "title": event.type}
    own = {"x-topic": event.topic, "x-key": event.key_field, "x-public": event.public}
    return head | {"description": description_of(event, Event)} | own | body


def _object(kind: type[Any]) -> Schema:
    if not kind.__dataclass_params__.frozen:
        raise TypeError(f"{kind.__name__} is not frozen: a fact does not change")
    hints, described = get_type_hints(kind), descriptions_of_fields(kind)
    fields = dataclasses.fields(kind)
    return {
        "type": "object",
        "properties": {one.name: _field(kind, one.name, hints[one.name], described) for one in fields},
        "required": [one.name for one in fields if _required(one)],
        "additionalProperties": True,
    }


def _required(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _field(kind: type[Any], name: str, hint: Any, described: dict[str, str]) -> Schema:
    try:
        schema = type_schema(hint)
    except TypeError as error:
        raise TypeError(f"{kind.__name__}.{name}: {error}") from None
    return {"description": described[name], **schema} if name in described else schema


def type_schema(hint: Any) -> Schema:
    """The schema of one type. Raises TypeError for a type that has no agreed form on the wire."""
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if get_origin(hint) in _GENERIC:
        return _GENERIC[get_origin(hint)](get_args(hint))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum([one.value for one in hint])
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _object(hint)
    raise TypeError(f"{hint} has no form on the wire")


def _enum(values: list[Any]) -> Schema:
    return {"type": "string", "enum": values} if all(isinstance(one, str) for one in values) else {"enum": values}


def _list(arguments: tuple[Any, ...]) -> Schema:
    return {"type": "array", "items": type_schema(arguments[0])}


def _map(arguments: tuple[Any, ...]) -> Schema:
    return {"type": "object", "additionalProperties": type_schema(arguments[1])}


def _optional(arguments: tuple[Any, ...]) -> Schema:
    rest = [one for one in arguments if one is not type(None)]
    if len(rest) != 1 or len(rest) == len(arguments):
        raise TypeError("only `X | None` is a union readers can rely on")
    return {"anyOf": [type_schema(rest[0]), {"type": "null"}]}


_GENERIC: dict[Any, Callable[[tuple[Any, ...]], Schema]] = {
    list: _list, tuple: _list, dict: _map, Union: _optional, types.UnionType: _optional,
    Literal: lambda values: _enum(list(values)),
}
