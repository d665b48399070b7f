"""A published shape only ever gains optional fields."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shared.catalogue import files
from shared.catalogue.additive import refusals
from shared.catalogue.schemas import schema_of
from tests.unit.catalogue.sample import KettleBoiled, a_kitchen

TYPE = KettleBoiled.type
Schema = dict[str, Any]


def after(change: Callable[[Schema], object]) -> list[str]:
    """What the check says when the schema changed so."""
    schema = schema_of(KettleBoiled)
    changed = copy.deepcopy(schema)
    change(changed)
    return refusals({TYPE: schema}, {TYPE: changed})


@pytest.mark.feature("O7")
@pytest.mark.parametrize(("change", "said"), [
    (lambda schema: schema["properties"].pop("cups"), ".cups: the field is gone"),
    (lambda schema: schema["properties"]["cups"].update(type="string"), ".cups: type was 'integer'"),
    (lambda schema: schema["required"].append("cups"), ".cups: is required now"),
    (lambda schema: schema["required"].remove("heat"), ".heat: readers rely on it"),
    (lambda schema: schema["properties"]["heat"]["enum"].remove("cold"), ".heat: enum was"),
    (lambda schema: schema["properties"]["heat"]["enum"].append("tepid"), ".heat: enum was"),
    (lambda schema: schema["properties"]["at"].pop("format"), ".at: format was"),
    (lambda schema: schema["properties"]["filled_on"]["anyOf"].pop(), ".filled_on: was"),
    (lambda schema: schema["properties"]["leaves"]["items"]["properties"].pop("grams"), ".leaves.grams: the field is"),
    (lambda schema: schema.update({"x-key": "cup_id"}), ": x-key was 'kettle_id'"),
    (lambda schema: schema.update({"x-topic": "kitchen.pots.v1"}), ": x-topic was"),
    (lambda schema: schema.update({"additionalProperties": False}), ": additionalProperties was"),
])
def test_a_breaking_change_is_refused_by_name(change: Callable[[Schema], object], said: str) -> None:
    found = after(change)

    assert len(found) == 1
    assert found[0].startswith(TYPE + said)


def test_a_type_that_became_nullable_is_refused() -> None:
    found = after(lambda schema: schema["properties"].update(cups={"anyOf": [{"type": "integer"}, {"type": "null"}]}))

    assert any(".cups" in one for one in found)


def test_an_event_that_is_gone_is_refused() -> None:
    assert refusals({TYPE: schema_of(KettleBoiled)}, {}) == [f"{TYPE}: the event is gone"]


@pytest.mark.parametrize("change", [
    lambda schema: schema["properties"].update(whistles={"type": "boolean"}),
    lambda schema: schema["properties"]["leaves"]["items"]["properties"].update(origin={"type": "string"}),
    lambda schema: schema.update(description="Other words."),
])
def test_an_optional_field_and_other_words_pass(change: Callable[[Schema], object]) -> None:
    assert after(change) == []


def test_a_new_event_passes() -> None:
    assert refusals({}, {TYPE: schema_of(KettleBoiled)}) == []


def test_what_was_released_is_what_later_schemas_are_compared_with(tmp_path: Path) -> None:
    kitchen = a_kitchen(tmp_path)

    files.release(kitchen, tmp_path)

    assert files.released_schemas(tmp_path) == files.present_schemas(kitchen)
