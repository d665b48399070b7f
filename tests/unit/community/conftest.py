"""The service under test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.community.house import CommunityHouse
from tests.unit.made import opened


@pytest.fixture
def house(tmp_path: Path) -> Iterator[CommunityHouse]:
    house = opened(CommunityHouse, tmp_path)
    yield house
    house.close()
