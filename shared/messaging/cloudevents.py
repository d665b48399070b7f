"""CloudEvents 1.0 on a log with keys and headers: binary mode is written, binary and structured mode are read."""

import re
from base64 import b64decode
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import orjson

from shared.kernel.events import Sequence as Number
from shared.messaging.envelope import Outgoing, Received, Unreadable
from shared.messaging.log import Record

JSON = b"application/json"
STRUCTURED = b"application/cloudevents+json"
Header = tuple[str, bytes]
_NUMBER = re.compile(r"[0-9]{6}\.[0-9]{12}")


class Raw(NamedTuple):
    """A record as it lies on the log."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[Header, ...]


def headers(event: Outgoing) -> list[Header]:
    """The attributes, one header each; those without a value are left out."""
    attributes = {
        "specversion": "1.0", "type": event.type, "source": event.source, "id": event.id, "time": event.time,
        "subject": event.key, "dataschema": f"urn:schema:{event.type}", "partitionkey": event.key,
        "sequence": str(event.sequence), "traceparent": event.traceparent, "causationid": event.causation_id,
        "correlationid": event.correlation_id,
    }
    return [("content-type", JSON), *((f"ce_{name}", value.encode()) for name, value in attributes.items() if value)]


def body(event: Outgoing) -> bytes | None:
    """The data as JSON; None for a tombstone."""
    return None if event.data is None else orjson.dumps(event.data)


def read(raw: Raw) -> Record:
    """The event in the record, in either mode; Unreadable where there is none."""
    try:
        attributes, data = _structured(raw) if _is_structured(raw.headers) else _binary(raw)
        return _received(raw, attributes, data)
    except (KeyError, TypeError, ValueError) as error:
        return Unreadable(topic=raw.topic, key=_text(raw.key), partition=raw.partition, offset=raw.offset,
                          error=_reason(error), value=raw.value or b"", headers=raw.headers)


def _is_structured(found: Iterable[Header]) -> bool:
    kind = {name.lower(): value for name, value in found}.get("content-type") or b""
    return kind.lower().startswith(STRUCTURED)


def _binary(raw: Raw) -> tuple[dict[str, str], Any]:
    attributes = {name[3:]: value.decode() for name, value in raw.headers if name.startswith("ce_") and value}
    return attributes, None if raw.value is None else orjson.loads(raw.value)


def _structured(raw: Raw) -> tuple[Mapping[str, Any], Any]:
    envelope = orjson.loads(raw.value or b"")
    if not isinstance(envelope, dict):
        raise ValueError("not an object")
    if "data_base64" in envelope:
        return envelope, orjson.loads(b64decode(envelope["data_base64"], validate=True))
    return envelope, envelope.get("data")


def _received(raw: Raw, attributes: Mapping[str, Any], data: Any) -> Received:
    if _named(attributes, "specversion") != "1.0":
        raise ValueError("not CloudEvents 1.0")
    if data is not None and not isinstance(data, dict):
        raise ValueError("data is not an object")
    source, sequence = _numbered(raw, attributes)
    return Received(
        id=_named(attributes, "id"), source=source, type=_named(attributes, "type"),
        time=_named(attributes, "time"), sequence=sequence, topic=raw.topic,
        key=_key(raw, attributes), data=data, causation_id=attributes.get("causationid"),
        correlation_id=attributes.get("correlationid"), traceparent=attributes.get("traceparent"),
        partition=raw.partition, offset=raw.offset)


def _numbered(raw: Raw, attributes: Mapping[str, Any]) -> tuple[str, Number]:
    """Source and place among its events. Others may give a plain number, from 0 on, or none: then the place on the log
    counts, which rises within a partition. A fraction is neither, and would be read as another order."""
    source, given = _named(attributes, "source"), attributes.get("sequence")
    if given is None:
        return f"{source}#{raw.partition}", Number(0, raw.offset + 1)
    text = str(given)
    if text.isdecimal():
        return source, Number(0, int(text) + 1)
    if not _NUMBER.fullmatch(text):
        raise ValueError("sequence is no number")
    return source, Number.parse(text)


def _named(attributes: Mapping[str, Any], name: str) -> str:
    value = attributes.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"attribute {name} is missing")
    return value


def _key(raw: Raw, attributes: Mapping[str, Any]) -> str:
    if raw.key is not None:
        return raw.key.decode()
    return str(attributes.get("partitionkey") or attributes.get("subject") or "")


def _text(key: bytes | None) -> str:
    return (key or b"").decode(errors="replace")


def _reason(error: Exception) -> str:
    # the text of a decoder's error may quote the data
    return str(error) if type(error) is ValueError else type(error).__name__
