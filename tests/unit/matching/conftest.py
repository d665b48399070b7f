"""The service under test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.made import opened
from tests.unit.matching.house import MatchingHouse


@pytest.fixture
def house(tmp_path: Path) -> Iterator[MatchingHouse]:
    house = opened(MatchingHouse, tmp_path)
    yield house
    house.close()
