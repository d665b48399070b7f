"""The example service, open for one test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.web.notes import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """With nothing written yet."""
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()
