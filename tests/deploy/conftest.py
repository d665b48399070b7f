"""The chart as helm renders it."""

from pathlib import Path

import pytest

from tests.deploy.helm import Object, installed, rendered
from tests.engines.cache import EngineMissing
from tests.engines.plugin import do_without

VALUES = Path(__file__).parent / "values"


@pytest.fixture(scope="session")
def helm() -> Path:
    """The program."""
    try:
        return installed()
    except EngineMissing as missing:
        do_without(missing)


@pytest.fixture(params=sorted(path.stem for path in VALUES.glob("*.yaml")))
def values(request: pytest.FixtureRequest) -> Path:
    """Each of the files of values."""
    return VALUES / f"{request.param}.yaml"


@pytest.fixture
def objects(helm: Path, values: Path) -> list[Object]:
    """What is made of it."""
    return rendered(values)


@pytest.fixture
def full(helm: Path) -> list[Object]:
    """With everything switched on."""
    return rendered(VALUES / "full.yaml")
