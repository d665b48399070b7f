"""What surveys reads of others' events is in the examples that their producers publish."""

from typing import Any

import pytest
from marshmallow import ValidationError

from services.matching.contracts.examples import EXAMPLES as OF_MATCHING
from services.notifications.contracts.examples import EXAMPLES as OF_NOTIFICATIONS
from services.surveys.contracts.catalogue import EVENTS
from services.surveys.contracts.examples import EXAMPLES as OWN
from services.surveys.entrypoints import events
from services.surveys.entrypoints.seen import MessageSeen, PairSeen, ProgrammeSeen
from shared.store.conversion import event_data

EXAMPLES = {one.type: one for examples in (OF_MATCHING, OF_NOTIFICATIONS, OWN) for one in examples.values()}


class Anything:
    """Stands for the service: takes every call, keeps what it was called with."""

    def __init__(self) -> None:
        self.calls: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        return self

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        self.calls.append(args)


class Event:
    """As much of an event as a handler looks at."""

    key = "whose-it-is"

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data


@pytest.mark.parametrize("kind", events.HANDLERS)
def test_every_handler_reads_the_producers_example(kind: str) -> None:
    surveys: Any = Anything()
    event: Any = Event(event_data(EXAMPLES[kind]) | {"tomorrow": "a field of a newer release"})

    events.HANDLERS[kind](surveys, event)


def test_every_topic_that_is_listened_to_has_a_handler_and_the_other_way_round() -> None:
    assert {EXAMPLES[kind].topic for kind in events.HANDLERS} == set(events.TOPICS)


def test_every_event_has_an_example() -> None:
    assert set(EVENTS) == set(OWN)


@pytest.mark.parametrize("schema", [ProgrammeSeen, PairSeen, MessageSeen])
def test_an_event_that_lacks_what_is_needed_is_refused(schema: Any) -> None:
    with pytest.raises(ValidationError):
        schema().load({})


def test_a_message_about_something_else_is_passed_over() -> None:
    surveys: Any = Anything()
    example = event_data(EXAMPLES["mentoring.message-sent.v1"])
    event: Any = Event({**example, "about_kind": "pair"})

    events.on_message_sent(surveys, event)

    assert surveys.calls == []
