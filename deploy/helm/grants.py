"""Topics, users and their rights on Kafka, as the chart gives them to Strimzi: made from the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from shared.catalogue.contracts import Catalogue
from shared.kafka.topics import settings
from shared.messaging.log import Topic

Rule = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A service on the log: `makes` exist before it starts, `writes` and `reads` are names."""

    name: str
    makes: tuple[Topic, ...]
    writes: frozenset[str]
    reads: frozenset[str]


def parts(catalogue: Catalogue) -> list[Part]:
    """Of each service. What is only told from outside is made by it and written by others."""
    return [Part(one.service, one.topics, frozenset(event.topic for event in one.events),
                 frozenset(import_module(f"services.{one.service}.entrypoints.events").TOPICS))
            for one in catalogue.services]


def kafka_of(catalogue: Catalogue) -> dict[str, Any]:
    """What stands in `files/kafka.yaml`."""
    services = parts(catalogue)
    topics = {topic.name: topic for one in services for topic in one.makes}
    told = {event.topic for one in catalogue.services for event in one.inbound}
    return {
        "topics": [_topic(topics[name]) for name in sorted(topics)],
        "users": [*map(_service, services), _user("hr", [_written(name) for name in sorted(told)]),
                  _subscriber(topics.values())],
    }


def _service(part: Part) -> Rule:
    made = sorted(topic.name for topic in part.makes)
    return _user(part.name, [*map(_made, made), *map(_written, sorted(part.writes)), *map(_read, sorted(part.reads)),
                             _group(part.name, "literal")])


def _subscriber(topics: Iterable[Topic]) -> Rule:
    """Another system: reads what is operational, in groups of its own."""
    open_to_all = sorted(topic.name for topic in topics if topic.tier == "operational")
    return _user("subscriber", [*map(_read, open_to_all), _group("subscriber", "prefix")])


def _topic(topic: Topic) -> Rule:
    return {"name": topic.name, "tier": topic.tier, "partitions": topic.partitions, "config": settings(topic)}


def _user(name: str, acls: list[Rule]) -> Rule:
    return {"name": f"ithaca-{name}", "acls": acls}


def _made(topic: str) -> Rule:
    """A worker makes what is missing as it starts: until Strimzi has, or where there is none."""
    return _rule("topic", topic, "Create", "Describe")


def _written(topic: str) -> Rule:
    return _rule("topic", topic, "Write", "Describe")


def _read(topic: str) -> Rule:
    return _rule("topic", topic, "Read", "Describe")


def _group(name: str, pattern: str) -> Rule:
    return _rule("group", name, "Read", "Describe", pattern=pattern)


def _rule(kind: str, name: str, *operations: str, pattern: str = "literal") -> Rule:
    return {"resource": {"type": kind, "name": name, "patternType": pattern}, "operations": list(operations)}
