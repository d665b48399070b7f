"""Every example is what its schema says, and every consumer can read it."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from marshmallow import ValidationError

from deploy.standalone.house import SERVICES, House
from shared.catalogue.contracts import Catalogue
from shared.catalogue.schemas import schema_of
from shared.kernel.errors import DomainError
from shared.kernel.events import Event, Sequence
from shared.messaging.envelope import Received


@pytest.mark.parametrize("service", SERVICES)
def test_every_event_has_an_example_that_its_schema_takes(catalogue: Catalogue, service: str) -> None:
    contracts = next(one for one in catalogue.services if one.service == service)

    assert set(contracts.examples) == {*contracts.events, *contracts.inbound}
    for event in contracts.examples:
        Draft202012Validator.check_schema(schema_of(event))
        validator = Draft202012Validator(schema_of(event), format_checker=Draft202012Validator.FORMAT_CHECKER)
        assert list(validator.iter_errors(contracts.example(event))) == [], event.type


@pytest.mark.feature("O7")
@pytest.mark.parametrize("service", SERVICES)
def test_every_example_loads_in_the_consumers_own_schema(house: House, catalogue: Catalogue, service: str) -> None:
    unread = {kind: error for kind in house.rooms[service].worker.handlers
              if (error := unreadable(house, service, as_received(catalogue, kind)))}

    assert unread == {}


@pytest.mark.parametrize("service", SERVICES)
def test_a_field_of_a_newer_release_disturbs_no_consumer(house: House, catalogue: Catalogue, service: str) -> None:
    unread = {kind: error for kind in house.rooms[service].worker.handlers
              if (error := unreadable(house, service, as_received(catalogue, kind, born_later="yes")))}

    assert unread == {}


def unreadable(house: House, service: str, event: Received) -> str | None:
    """What the consumer's schema has against the event. A refusal of the domain comes later, so it is none."""
    try:
        house.rooms[service].worker.handlers[event.type](event)
    except (ValidationError, TypeError, KeyError, AttributeError) as error:
        return repr(error)
    except DomainError:
        return None
    return None


def as_received(catalogue: Catalogue, kind: str, **more: Any) -> Received:
    """The producer's example as it would arrive, the first of its source."""
    event: type[Event] = catalogue.event(kind)
    producer = catalogue.producer(kind)
    assert producer is not None
    key, example = producer.key(event), producer.example(event)
    data = None if example is None else {**example, **more}
    return Received(id=f"{kind}-1", source=f"/{producer.service}/examples/{key}",
                    sequence=Sequence(1, 2 if more else 1), type=kind, topic=event.topic, key=key,
                    time="2027-01-11T08:00:00.000Z", data=data)
