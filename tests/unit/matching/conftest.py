"""The service under test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.made import opened
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.scim import ScimCaller


@pytest.fixture
def house(tmp_path: Path) -> Iterator[MatchingHouse]:
    house = opened(MatchingHouse, tmp_path)
    yield house
    house.close()


@pytest.fixture
def scim(house: MatchingHouse) -> ScimCaller:
    return ScimCaller(house)
