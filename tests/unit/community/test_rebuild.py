"""Copies of other services' entities are filled anew by command."""

from typing import Any

import pytest
from click.testing import CliRunner

from services.matching.contracts.pairs import PairState, RematchRequested
from services.matching.contracts.people import PersonAdded, PersonLeft, PersonState
from shared.runtime.cli import commands
from tests.unit.community.house import CommunityHouse
from tests.unit.surveys.world import a_pair


def copies(house: CommunityHouse) -> dict[str, list[dict[str, Any]]]:
    """All rows, without the number of times each was written."""
    return {name: [{**row, "version": 0} for row in getattr(house.community.copies, name).each({})]
            for name in ("programmes", "pairs", "people")}


def rebuild(house: CommunityHouse) -> str:
    return CliRunner().invoke(commands(lambda: house.worker), ["projections", "rebuild"]).output


@pytest.mark.slow
def test_a_rebuild_gives_what_events_had_given(house: CommunityHouse) -> None:
    house.create_pair("1")
    house.create_pair("2")
    house.person(PersonAdded, "mentor-1", PersonState.ACTIVE)
    house.person(PersonLeft, "mentor-1", PersonState.LEFT)
    house.world.close_pair("2")
    house.settle()
    before = copies(house)
    pairs = house.community.copies.pairs
    pairs.documents.delete("pair-1", pairs.documents.get("pair-1")["version"])  # type: ignore[index]

    output = rebuild(house)

    assert output.startswith("3 projection(s) rebuilt from ")
    assert copies(house) == before
    assert house.community.copies.pairs.documents.name == "pairs_2"


@pytest.mark.slow
def test_a_rebuild_repeats_no_effect(house: CommunityHouse) -> None:
    house.create_pair("1")
    told = house.told()

    rebuild(house)
    house.settle()

    assert house.told() == told


def test_whoever_joins_late_knows_a_pair_whose_last_event_asked_for_a_rematch(house: CommunityHouse) -> None:
    house.world.open_programme()

    house.world.tell(a_pair(RematchRequested, PairState.CLOSED))
    house.settle()

    assert house.community.copies.pair("pair-1").state == "closed"
