"""The catalogue is what services declare, what they record and what others listen to."""

import ast
import re
from collections import Counter
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import get_type_hints

import pytest

from deploy.standalone.house import SERVICES
from shared.catalogue import files
from shared.catalogue.additive import refusals
from shared.catalogue.contracts import Catalogue
from shared.catalogue.schemas import schema_of
from shared.kernel.events import Event, Tombstone
from tests.architecture.tree import ROOT, modules, short

IRREGULAR = "begun|chosen|drawn|found|given|held|left|lost|made|met|sent|set|taken|told|withdrawn|written"
FACT = rf"(?:[a-z]+ed|{IRREGULAR}|due|overdue|behind|closing|reachable|unreachable)"
TYPE = re.compile(rf"mentoring\.[a-z]+(-[a-z]+)*-{FACT}\.v\d+")
TOPIC = re.compile(r"mentoring\.(internal\.)?[a-z]+(-[a-z]+)*\.v\d+")
TIERS = {"operational", "coordinator", "private", "restricted"}

PERSONAL = re.compile(r"(?:.*_)?(?:name|email|mail|phone|address|birthday|comment|text|note|notes|body|subject|rating"
                      r"|score|answer|progress|met)")
RESTRICTED = ["mentoring.people.v1", "mentoring.hr-changes.v1"]
"""Who people are: what Ithaca tells its own services, and what HR tells Ithaca."""

ANSWERS = {"mentoring.erasure-completed.v1"}
"""What every service answers on one topic, each by a contract of its own of the same form."""

NAMES_OF_THINGS = {("mentoring.programmes.v1", "name")}
"""A programme's name is no person's."""


def all_events(catalogue: Catalogue) -> list[type[Event]]:
    return [event for one in catalogue.services for event in (*one.events, *one.inbound)]


def test_every_event_and_topic_is_declared_once(catalogue: Catalogue) -> None:
    types = Counter(name for name, _ in {(event.type, str(schema_of(event)["properties"]) if event.type in ANSWERS
                                          else str(event)) for event in all_events(catalogue)})
    topics = Counter(topic.name for topic in {topic for one in catalogue.services for topic in one.topics})

    assert [name for name, times in (types + topics).items() if times > 1] == []


def test_types_are_facts_and_topics_are_named_alike(catalogue: Catalogue) -> None:
    odd = [event.type for event in all_events(catalogue) if not TYPE.fullmatch(event.type)]
    odd += [topic.name for one in catalogue.services for topic in one.topics if not TOPIC.fullmatch(topic.name)]

    assert odd == []


def test_an_event_goes_to_a_topic_of_its_own_service_under_a_key_it_has(catalogue: Catalogue) -> None:
    wrong = [event.type for one in catalogue.services for event in one.events
             if event.topic not in {topic.name for topic in one.topics}
             or get_type_hints(event).get(event.key_field) is not str]

    assert wrong == []


def test_a_topic_has_a_known_tier_and_a_compacted_one_a_single_key(catalogue: Catalogue) -> None:
    keys: dict[str, set[str]] = {}
    for event in all_events(catalogue):
        keys.setdefault(event.topic, set()).add(event.key_field)
    topics = [topic for one in catalogue.services for topic in one.topics]

    assert [topic.name for topic in topics if topic.compacted and len(keys[topic.name]) > 1] == []
    assert [topic.name for topic in topics if topic.tier not in TIERS] == []
    assert [topic.name for topic in topics if topic.name not in keys] == [], "declared, and nothing goes there"


def test_internal_topics_carry_what_is_not_public_and_no_others_do(catalogue: Catalogue) -> None:
    wrong = [event.type for event in all_events(catalogue) if event.public == (".internal." in event.topic)]

    assert wrong == []


def test_every_event_in_the_contracts_is_in_the_catalogue(catalogue: Catalogue) -> None:
    declared = set(all_events(catalogue))

    assert {one for service in SERVICES for one in written_in_contracts(service)} - declared == set()


def written_in_contracts(service: str) -> set[type[Event]]:
    """Classes with a type of their own, wherever in the package they stand."""
    package = import_module(f"services.{service}.contracts")
    loaded = [import_module(f"{package.__name__}.{one.name}") for one in iter_modules(package.__path__)]
    return {one for module in loaded for one in vars(module).values()
            if isinstance(one, type) and issubclass(one, Event) and "type" in vars(one)}


@pytest.mark.parametrize("service", SERVICES)
def test_every_declared_event_is_recorded_somewhere(catalogue: Catalogue, service: str) -> None:
    contracts = next(one for one in catalogue.services if one.service == service)
    used = {name for path, tree in modules().items()
            if short(path).startswith((f"services/{service}/domain/", f"services/{service}/application/"))
            for name in names_in(tree)}

    assert [event.__name__ for event in contracts.events if event.__name__ not in used] == []


def names_in(tree: ast.Module) -> set[str]:
    """Names that are used, not merely imported."""
    return {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)} | {
        one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute)}


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_listened_to_exists_and_may_be_heard(catalogue: Catalogue, service: str) -> None:
    handled = next(one.handles for one in catalogue.services if one.service == service)
    events = {event.type: event for event in all_events(catalogue)}

    assert [one for one in handled if one not in events] == []
    assert [one for one in handled if not events[one].public and not of(catalogue, one, service)] == [], (
        "what stays inside a service is nobody else's to hear")


def of(catalogue: Catalogue, type: str, service: str) -> bool:
    producer = catalogue.producer(type)
    return producer is not None and producer.service == service


@pytest.mark.parametrize("service", SERVICES)
def test_the_topics_a_service_joins_are_those_of_its_handlers(catalogue: Catalogue, service: str) -> None:
    events = import_module(f"services.{service}.entrypoints.events")

    assert len(events.TOPICS) == len(set(events.TOPICS))
    assert set(events.TOPICS) == {catalogue.event(one).topic for one in events.HANDLERS}


def test_on_compacted_topics_every_event_carries_the_whole_state(catalogue: Catalogue) -> None:
    for one in catalogue.services:
        for topic in (topic for topic in one.topics if topic.compacted):
            events = [event for event in one.events if event.topic == topic.name and not issubclass(event, Tombstone)]
            shared = set.intersection(*({field.name for field in fields(event)} for event in events))
            parent = min(events, key=lambda event: len(fields(event)))

            assert shared == {field.name for field in fields(parent)}, topic.name
            assert "state" in shared, topic.name


def test_no_event_but_those_of_people_carries_anything_personal(catalogue: Catalogue) -> None:
    found = [f"{event.type}: {path}" for event in all_events(catalogue) if event.topic not in RESTRICTED
             for path, name in field_names(schema_of(event))
             if PERSONAL.fullmatch(name) and (event.topic, path) not in NAMES_OF_THINGS]

    assert found == []


def field_names(schema: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
    """(path, name) of every field, nested ones too."""
    found: list[tuple[str, str]] = []
    properties = schema.get("properties", {})
    for name, field in properties.items() if isinstance(properties, dict) else ():
        found += [(prefix + name, name), *field_names(field.get("items", field), f"{prefix}{name}.")]
    return found


def test_only_who_people_are_is_restricted(catalogue: Catalogue) -> None:
    restricted = [topic.name for one in catalogue.services for topic in one.topics if topic.tier == "restricted"]

    assert restricted == RESTRICTED


def test_generated_files_are_as_the_code_would_write_them(catalogue: Catalogue) -> None:
    stale: list[Path] = files.differing(catalogue, ROOT)

    assert [short(path) for path in stale] == [], "run `make contracts`"


@pytest.mark.feature("O7")
def test_nothing_breaks_readers_of_the_last_release(catalogue: Catalogue) -> None:
    released = files.released_schemas(ROOT)

    assert released
    assert refusals(released, files.present_schemas(catalogue)) == []
