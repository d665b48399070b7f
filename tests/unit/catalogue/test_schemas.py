"""Dataclasses become JSON Schema."""

from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from jsonschema import Draft202012Validator

from shared.catalogue.contracts import Catalogue
from shared.catalogue.schemas import schema_of, type_schema
from shared.kernel.events import Event
from tests.unit.catalogue.sample import Heat, KettleBoiled, KettleGone, a_kitchen


@pytest.fixture
def kitchen(tmp_path: Any) -> Catalogue:
    return a_kitchen(tmp_path)


def test_a_schema_is_valid_and_takes_the_example(kitchen: Catalogue) -> None:
    schema = schema_of(KettleBoiled)

    Draft202012Validator.check_schema(schema)
    errors = list(Draft202012Validator(schema).iter_errors(kitchen.services[0].example(KettleBoiled)))

    assert errors == []


def test_it_says_where_the_event_goes_and_what_it_means() -> None:
    schema = schema_of(KettleBoiled)

    assert (schema["x-topic"], schema["x-key"], schema["x-public"]) == ("kitchen.kettles.v1", "kettle_id", True)
    assert schema["description"] == "The water is ready. What all kettles tell."
    assert schema["properties"]["kettle_id"] == {"description": "Which one.", "type": "string"}


def test_fields_with_a_default_are_optional_and_objects_stay_open() -> None:
    schema = schema_of(KettleBoiled)

    assert schema["required"] == ["kettle_id", "at", "heat", "leaves"]
    assert schema["additionalProperties"] is True


@pytest.mark.parametrize(("hint", "schema"), [
    (str, {"type": "string"}),
    (bool, {"type": "boolean"}),
    (float, {"type": "number"}),
    (int | None, {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
    (Heat, {"type": "string", "enum": ["cold", "boiling"]}),
    (list[int], {"type": "array", "items": {"type": "integer"}}),
    (dict[str, int], {"type": "object", "additionalProperties": {"type": "integer"}}),
])
def test_every_type_has_one_form(hint: Any, schema: dict[str, Any]) -> None:
    assert type_schema(hint) == schema


@pytest.mark.parametrize("hint", [bytes, int | str, object, set[str]])
def test_a_type_without_an_agreed_form_is_refused(hint: Any) -> None:
    with pytest.raises(TypeError):
        type_schema(hint)


def test_the_refusal_names_the_field() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Odd(Event):
        type: ClassVar[str] = "kitchen.odd.v1"
        topic: ClassVar[str] = "kitchen.odd.v1"
        key_field: ClassVar[str] = "raw"

        raw: bytes

    with pytest.raises(TypeError, match=r"Odd\.raw"):
        schema_of(Odd)


def test_a_fact_that_could_change_is_refused() -> None:
    @dataclass
    class Loose:
        id: str

    with pytest.raises(TypeError, match="not frozen"):
        type_schema(Loose)


def test_a_tombstone_has_no_body(kitchen: Catalogue) -> None:
    assert schema_of(KettleGone)["type"] == "null"
    assert kitchen.services[0].example(KettleGone) is None
