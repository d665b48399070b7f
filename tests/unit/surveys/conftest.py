"""The service under test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.made import opened
from tests.unit.surveys.house import SurveysHouse


@pytest.fixture
def house(tmp_path: Path) -> Iterator[SurveysHouse]:
    house = opened(SurveysHouse, tmp_path)
    yield house
    house.close()
