"""What all tests share."""

import gc
from collections.abc import Iterator
from importlib import import_module

import pytest
import structlog

pytest_plugins = ["tests.engines.plugin"]


@pytest.fixture(autouse=True)
def _logs_of_its_own() -> Iterator[None]:
    """What one test sets up for its logs ends with it."""
    yield
    structlog.reset_defaults()


def pytest_configure(config: pytest.Config) -> None:
    """The models of SCIM look through all modules that there are while they are made: in a process that comes to all
    tests, among few of them."""
    if hasattr(config, "workerinput"):
        import_module("services.matching.adapters.scim.server")
        import_module("scim2_client")


def pytest_collection_finish() -> None:
    """What was imported and collected stays: looking through it for rubbish again and again takes a sixth of all."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
