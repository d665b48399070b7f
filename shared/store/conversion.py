"""Aggregates to documents and back, strictly: a None where a text belongs is an error, not the text "None"."""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import Enum, StrEnum
from typing import Any, get_origin

import orjson
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import iso, parse, whole_milliseconds
from shared.kernel.events import Event, Sequence


def _exactly(kind: type) -> Any:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"{kind.__name__} expected, got {type(value).__name__}")
        return value
    return structure


def _texts(into: Callable[[Iterable[str]], Any]) -> Any:
    """As one by one, without a call for each: jobs and chunks of files hold thousands."""
    def structure(value: Any, _: Any) -> Any:
        if type(value) not in (list, tuple) or any(type(one) is not str for one in value):
            raise TypeError("list of texts expected")
        return into(value)
    return structure


def _number(value: Any, _: Any) -> float:
    if type(value) not in (int, float):
        raise TypeError(f"number expected, got {type(value).__name__}")
    return float(value)


def _moment(value: Any, _: Any) -> datetime:
    return whole_milliseconds(value) if isinstance(value, datetime) else parse(value)


def _strict(converter: Converter) -> Converter:
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly(kind))
    # the hook of str would take every StrEnum with it
    converter.register_structure_hook(StrEnum, lambda value, kind: kind(value))
    converter.register_structure_hook_func(lambda kind: kind == list[str], _texts(list))
    converter.register_structure_hook_func(lambda kind: kind == tuple[str, ...], _texts(tuple))
    converter.register_structure_hook(float, _number)
    converter.register_structure_hook(datetime, _moment)
    converter.register_structure_hook(Sequence, lambda value, _: Sequence.parse(value))
    converter.register_unstructure_hook(Sequence, str)
    return converter


def _memory_out(applied: dict[str, Sequence]) -> list[str]:
    # one text an entry: topics hold dots, which not every engine takes in a field's name
    return [f"{key} {sequence}" for key, sequence in applied.items()]


def _memory_in(stored: list[str], _: Any) -> dict[str, Sequence]:
    entries = (entry.rpartition(" ") for entry in stored)
    return {key: Sequence.parse(sequence) for key, _, sequence in entries}


def _aggregate_writer(converter: Converter) -> Any:
    def make(kind: Any) -> Any:
        return make_dict_unstructure_fn(
            kind, converter, recorded=override(omit=True), applied=override(unstruct_hook=_memory_out))
    return make


def _aggregate_reader(converter: Converter) -> Any:
    def make(kind: Any) -> Any:
        return make_dict_structure_fn(kind, converter, applied=override(struct_hook=_memory_in))
    return make


def _is_aggregate(kind: Any) -> bool:
    return get_origin(kind) is None and isinstance(kind, type) and issubclass(kind, Aggregate)


def document_converter() -> Converter:
    """For stored documents: datetimes stay datetimes, the engine writes them its own way."""
    converter = _strict(Converter())
    converter.register_unstructure_hook(datetime, lambda value: value)
    converter.register_unstructure_hook_factory(_is_aggregate, _aggregate_writer(converter))
    converter.register_structure_hook_factory(_is_aggregate, _aggregate_reader(converter))
    return converter


def wire_converter() -> Converter:
    """For what leaves as JSON: datetimes as RFC 3339 with three decimals."""
    converter = _strict(Converter())
    converter.register_unstructure_hook(datetime, iso)
    return converter


DOCUMENTS, WIRE = document_converter(), wire_converter()


def event_data(event: Event) -> dict[str, Any]:
    """The JSON body of an event."""
    data: dict[str, Any] = WIRE.unstructure(event)
    return data


def holds(stored: dict[str, Any], fields: dict[str, Any]) -> bool:
    """Whether a stored document has these fields already: engines may keep moments as text, and tuples as lists."""
    return _as_text({name: stored[name] for name in fields if name in stored}) == _as_text(fields)


def _as_text(document: dict[str, Any]) -> bytes:
    return orjson.dumps(document, default=iso, option=orjson.OPT_PASSTHROUGH_DATETIME)


def plain(value: Any) -> Any:
    """Enums and datetimes as JSON values: what a filter compares with."""
    return value.value if isinstance(value, Enum) else value
