"""All services, open on the embedded engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from deploy.standalone.environment import environment
from deploy.standalone.house import SERVICES, House
from deploy.standalone.portal import portal_app
from shared.catalogue.contracts import Catalogue, load_all
from tests.e2e.village import PATIENT


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Nothing has happened in it yet."""
    folder: Path = tmp_path_factory.mktemp("house")
    opened = House(environment(folder, "http://127.0.0.1:8080", PATIENT, "NORMAL"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def portal(house: House) -> Flask:
    """The portal of that house."""
    return portal_app(house)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """What all services declare."""
    return load_all(SERVICES)
