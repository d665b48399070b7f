"""Documents are read strictly: a value of another type is an error, never quietly turned into something."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import pytest
from cattrs.errors import BaseValidationError

from shared.kernel.aggregate import Aggregate, Answer
from shared.kernel.events import Sequence
from shared.store.conversion import DOCUMENTS, WIRE, event_data, holds, plain
from tests.unit.kernel.kettle import START, KettleBoiled


class Heat(StrEnum):
    """How hot."""

    COLD = "cold"
    BOILING = "boiling"


@dataclass(frozen=True)
class Leaf:
    """A kind of tea."""

    name: str
    grams: float


@dataclass(kw_only=True)
class Pot(Aggregate):
    """One of each kind of field."""

    name: str
    cups: int
    lid: bool
    litres: float
    filled_at: datetime
    heat: Heat = Heat.COLD
    owner: str | None = None
    leaves: list[Leaf] = field(default_factory=list)
    visited: set[str] = field(default_factory=set)
    labels: tuple[str, ...] = ()
    rows: list[list[str]] = field(default_factory=list)


def a_pot(**changed: Any) -> Pot:
    given = {"id": "p1", "name": "blue", "cups": 4, "lid": True, "litres": 1.5, "filled_at": START, **changed}
    return Pot(**given)


def stored(**changed: Any) -> dict[str, Any]:
    return {**DOCUMENTS.unstructure(a_pot(), Pot), **changed}


def test_an_aggregate_is_read_as_it_was_written() -> None:
    pot = a_pot(leaves=[Leaf("assam", 2.5)], heat=Heat.BOILING, owner="p7", timers={"cold": START},
                applied={"topic.v1 /a/b/c": Sequence(1, 7)}, sequence=Sequence(2, 3),
                answered=[Answer("p1", "key", "hash", 200, {"id": "p1"})], labels=("a", "b"), rows=[["c"], []])

    assert DOCUMENTS.structure(DOCUMENTS.unstructure(pot, Pot), Pot) == pot


def test_waiting_events_are_no_part_of_the_document() -> None:
    pot = a_pot()
    pot.record(KettleBoiled(kettle_id="k1"), START)

    assert "recorded" not in DOCUMENTS.unstructure(pot, Pot)


def test_memory_is_stored_without_names_that_an_engine_refuses() -> None:
    pot = a_pot(applied={"mentoring.pairs.v1 /matching/pairs/x": Sequence(1, 7)})

    applied = DOCUMENTS.unstructure(pot, Pot)["applied"]

    assert applied == ["mentoring.pairs.v1 /matching/pairs/x 000001.000000000007"]


@pytest.mark.parametrize("wrong", [
    {"name": None}, {"name": 4}, {"cups": "4"}, {"cups": 4.0}, {"cups": True}, {"lid": 1}, {"lid": "true"},
    {"litres": "1.5"}, {"litres": True}, {"filled_at": "yesterday"}, {"filled_at": "2027-01-11T08:00:00"},
    {"heat": "tepid"}, {"owner": 7}, {"leaves": [{"name": "assam"}]}, {"leaves": [{"name": None, "grams": 1.0}]},
    {"labels": ["a", 1]}, {"labels": "a"}, {"rows": [["a", None]]}, {"rows": ["a"]},
    {"version": "1"}, {"sequence": "first"},
])
def test_a_value_of_another_type_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises((BaseValidationError, TypeError, ValueError)):
        DOCUMENTS.structure(stored(**wrong), Pot)


@pytest.mark.parametrize("missing", ["name", "cups", "filled_at"])
def test_a_missing_field_is_refused(missing: str) -> None:
    document = stored()
    del document[missing]

    with pytest.raises((BaseValidationError, KeyError)):
        DOCUMENTS.structure(document, Pot)


def test_a_whole_number_is_a_number() -> None:
    assert DOCUMENTS.structure(stored(litres=2), Pot).litres == 2.0


def test_none_is_read_where_none_is_allowed() -> None:
    assert DOCUMENTS.structure(stored(owner=None), Pot).owner is None


def test_fields_of_a_newer_release_do_not_disturb_reading() -> None:
    assert DOCUMENTS.structure(stored(born_later="yes"), Pot) == a_pot()


def test_on_the_wire_moments_are_text_with_three_decimals() -> None:
    assert WIRE.unstructure(a_pot(), Pot)["filled_at"] == "2027-01-11T08:00:00.000Z"


def test_the_body_of_an_event_is_its_fields_only() -> None:
    assert event_data(KettleBoiled(kettle_id="k1")) == {"kettle_id": "k1"}


def test_a_filter_compares_with_plain_values() -> None:
    assert (plain(Heat.COLD), plain(3)) == ("cold", 3)


def test_what_is_stored_in_an_engines_own_words_is_the_same() -> None:
    kept = {"at": "2027-01-11T08:00:00.000Z", "leaves": ["green"], "older": 1}

    assert holds(kept, {"at": START, "leaves": ("green",)})
    assert not holds(kept, {"at": START, "leaves": ("black",)})
    assert not holds(kept, {"owner": None})
