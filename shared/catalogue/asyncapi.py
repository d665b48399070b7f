"""A service's AsyncAPI 3.0 document: channels are topics, operations what it sends and receives.

Payloads are written out rather than referenced: tools that read the document need no second file, and what is used of
JSON Schema here means the same in AsyncAPI's own dialect.
"""

from typing import Any

from shared.catalogue.contracts import Catalogue, Contracts
from shared.catalogue.docstrings import summary_of
from shared.catalogue.schemas import schema_of, stem
from shared.kernel.events import Event
from shared.messaging.log import Topic

Part = dict[str, Any]

_DAY_MS = 86_400_000
_KAFKA = "0.5.0"

_HEADERS: dict[str, str] = {
    "content-type": "application/json",
    "ce_specversion": "1.0",
    "ce_type": "type of the event",
    "ce_source": "URI path of the entity it is about; order and numbering are per source",
    "ce_id": "the same for every delivery of the same event",
    "ce_time": "when it happened, RFC 3339, UTC",
    "ce_subject": "id of the entity",
    "ce_dataschema": "URI of the schema of the body",
    "ce_partitionkey": "the Kafka key",
    "ce_sequence": "generation and number within the source, as text that sorts: drop what is not higher than the last",
    "ce_traceparent": "W3C trace context, where one was sent",
    "ce_causationid": "id of the event that caused this one",
    "ce_correlationid": "id of the event at the beginning of the chain",
}
_ALWAYS = ["content-type", "ce_specversion", "ce_type", "ce_source", "ce_id", "ce_time", "ce_sequence"]


def asyncapi_of(contracts: Contracts, catalogue: Catalogue) -> Part:
    """The document. It names public events only; those that stay inside the service are nobody else's to read."""
    sent = contracts.public_events
    received = _received(contracts, catalogue)
    return {
        "asyncapi": "3.0.0",
        "info": _info(contracts),
        "defaultContentType": "application/json",
        "channels": _channels([*sent, *received], catalogue),
        "operations": _operations("send", sent) | _operations("receive", received),
        "components": {
            "messages": {stem(one.type): _message(one, catalogue) for one in dict.fromkeys([*sent, *received])},
            "schemas": {"cloud-event-headers": _headers()},
        },
    }


def _received(contracts: Contracts, catalogue: Catalogue) -> list[type[Event]]:
    known = [catalogue.event(one) for one in contracts.handles if catalogue.producer(one)]
    return [one for one in known if one.public]


def _info(contracts: Contracts) -> Part:
    return {
        "title": f"Events of {contracts.service}",
        "version": "1.0.0",
        "description": "CloudEvents 1.0 in Kafka's binary mode. Delivered at least once, in order per key. Generated: "
                       "change the dataclasses and run `make contracts`.",
    }


def _channels(events: list[type[Event]], catalogue: Catalogue) -> Part:
    channels: Part = {}
    for event in events:
        channel = channels.setdefault(stem(event.topic), _channel(event, catalogue))
        if event.key_field not in channel["x-keys"]:
            channel["x-keys"].append(event.key_field)
        channel["messages"][stem(event.type)] = {"$ref": f"#/components/messages/{stem(event.type)}"}
    return channels


def _channel(event: type[Event], catalogue: Catalogue) -> Part:
    producer = _producer(event, catalogue)
    topic = producer.topic(event.topic)
    return {
        "address": topic.name,
        "messages": {},
        "bindings": {"kafka": {"topic": topic.name, "partitions": topic.partitions,
                               "topicConfiguration": _retention(topic), "bindingVersion": _KAFKA}},
        "x-producer": producer.service,
        "x-tier": topic.tier,
        "x-compacted": topic.compacted,
        "x-keys": [],
    }


def _producer(event: type[Event], catalogue: Catalogue) -> Contracts:
    producer = catalogue.producer(event.type)
    if producer is None:
        raise KeyError(event.type)
    return producer


def _retention(topic: Topic) -> Part:
    if topic.compacted:
        return {"cleanup.policy": ["compact"]}
    return {"cleanup.policy": ["delete"], "retention.ms": topic.retention_days * _DAY_MS}


def _operations(action: str, events: list[type[Event]]) -> Part:
    operations: Part = {}
    for event in events:
        channel = f"#/channels/{stem(event.topic)}"
        operation = operations.setdefault(
            f"{action}-{stem(event.topic)}", {"action": action, "channel": {"$ref": channel}, "messages": []})
        operation["messages"].append({"$ref": f"{channel}/messages/{stem(event.type)}"})
    return operations


def _message(event: type[Event], catalogue: Catalogue) -> Part:
    schema = schema_of(event)
    return {
        "name": event.type,
        "title": stem(event.type),
        "summary": summary_of(event),
        "contentType": "application/json",
        "headers": {"allOf": [{"$ref": "#/components/schemas/cloud-event-headers"},
                              {"type": "object", "properties": {"ce_type": {"const": event.type}}}]},
        "payload": {name: value for name, value in schema.items() if name[0] not in "$x"},
        "bindings": {"kafka": {"key": {"type": "string", "description": event.key_field}, "bindingVersion": _KAFKA}},
        "examples": [{"name": "example", "payload": _producer(event, catalogue).example(event)}],
    }


def _headers() -> Part:
    return {
        "type": "object",
        "properties": {name: {"type": "string", "description": text} for name, text in _HEADERS.items()},
        "required": _ALWAYS,
    }
