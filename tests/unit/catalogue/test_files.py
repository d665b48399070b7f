"""Generated files are written, compared and cleaned up."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from shared.catalogue import files
from shared.catalogue.asyncapi import asyncapi_of
from shared.catalogue.contracts import Catalogue
from shared.catalogue.page import page_of
from tests.unit.catalogue.sample import a_kitchen


@pytest.fixture
def kitchen(tmp_path: Path) -> Catalogue:
    return a_kitchen(tmp_path)


def document(kitchen: Catalogue, service: int) -> dict[str, Any]:
    return asyncapi_of(kitchen.services[service], kitchen)


def test_nothing_differs_after_writing(kitchen: Catalogue, tmp_path: Path) -> None:
    written = files.write(kitchen, tmp_path)

    assert tmp_path / "docs/events.md" in written
    assert files.differing(kitchen, tmp_path) == []


def test_a_file_edited_by_hand_is_found(kitchen: Catalogue, tmp_path: Path) -> None:
    files.write(kitchen, tmp_path)
    schema = tmp_path / "kitchen/contracts/schemas/kettle-boiled.v1.json"

    schema.write_text("{}")

    assert files.differing(kitchen, tmp_path) == [schema]


def test_the_schema_of_an_event_that_is_no_more_is_found_and_removed(kitchen: Catalogue, tmp_path: Path) -> None:
    files.write(kitchen, tmp_path)
    left = tmp_path / "kitchen/contracts/schemas/whistle-blown.v1.json"
    left.write_text("{}")

    assert files.differing(kitchen, tmp_path) == [left]
    files.write(kitchen, tmp_path)

    assert not left.exists()


def test_the_committed_example_is_the_body_on_the_wire(kitchen: Catalogue, tmp_path: Path) -> None:
    files.write(kitchen, tmp_path)

    example = json.loads((tmp_path / "kitchen/contracts/examples/kettle-boiled.v1.json").read_text())

    assert example["at"] == "2027-01-11T08:00:00.000Z"
    assert example["leaves"] == [{"name": "assam", "grams": 2.5}]


def test_a_producer_sends_and_a_listener_receives(kitchen: Catalogue) -> None:
    sends, receives = document(kitchen, 0)["operations"], document(kitchen, 1)["operations"]

    assert {name: one["action"] for name, one in sends.items()} == {"send-kettles.v1": "send"}
    assert {name: one["action"] for name, one in receives.items()} == {"receive-kettles.v1": "receive"}


def test_a_channel_tells_key_tier_and_how_long_it_keeps(kitchen: Catalogue) -> None:
    channel = document(kitchen, 1)["channels"]["kettles.v1"]

    assert (channel["x-keys"], channel["x-tier"], channel["x-producer"]) == (["kettle_id"], "operational", "kitchen")
    assert channel["bindings"]["kafka"]["topicConfiguration"] == {"cleanup.policy": ["compact"]}


def test_what_stays_inside_a_service_is_in_no_public_list(kitchen: Catalogue) -> None:
    assert "lid-lifted" not in yaml.safe_dump(json.loads(json.dumps(document(kitchen, 0))))
    assert "lid-lifted" not in page_of(kitchen)


def test_the_page_names_fields_and_listeners(kitchen: Catalogue) -> None:
    page = page_of(kitchen)

    assert "| [kettle-boiled](#kettle-boiledv1) | kitchen | `kitchen.kettles.v1` | operational | guest |" in page
    assert "| `leaves.grams` | number | yes |  |" in page
    assert "| `filled_on` | day or null | no |  |" in page
