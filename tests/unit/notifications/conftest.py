"""The service under test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.made import opened
from tests.unit.notifications.house import NotificationsHouse


@pytest.fixture
def house(tmp_path: Path) -> Iterator[NotificationsHouse]:
    house = opened(NotificationsHouse, tmp_path)
    yield house
    house.close()
