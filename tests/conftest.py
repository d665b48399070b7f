"""What all tests share."""

from collections.abc import Iterator

import pytest
import structlog

pytest_plugins = ["tests.engines.plugin"]


@pytest.fixture(autouse=True)
def _logs_of_its_own() -> Iterator[None]:
    """What one test sets up for its logs ends with it."""
    yield
    structlog.reset_defaults()
