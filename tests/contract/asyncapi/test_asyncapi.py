"""The services' AsyncAPI documents are valid in the eyes of the reference parser."""

import subprocess
from pathlib import Path

import pytest

from deploy.standalone.house import SERVICES
from services.portal.assets import node
from services.portal.assets.build import is_installed
from tests.engines.plugin import do_without

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


@pytest.fixture(scope="session")
def validator() -> tuple[str, ...]:
    """Node with the parser beside the script; `make setup-tests` fetches it."""
    if not is_installed(HERE):
        do_without("the parser of AsyncAPI is not installed (make setup-tests)")
    return (*node.find().node, "validate.mjs")


def validated(validator: tuple[str, ...], *paths: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*validator, *map(str, paths)], cwd=HERE, capture_output=True, text=True, check=False)


def test_every_service_publishes_a_valid_document(validator: tuple[str, ...]) -> None:
    documents = [ROOT / "services" / name / "contracts" / "asyncapi.yaml" for name in SERVICES]

    done = validated(validator, *documents)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("messages") == len(SERVICES)


def test_a_broken_document_is_refused(validator: tuple[str, ...], tmp_path: Path) -> None:
    text = (ROOT / "services" / "surveys" / "contracts" / "asyncapi.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "asyncapi.yaml"
    broken.write_text(text.replace("action: send", "action: shout"))

    done = validated(validator, broken)

    assert done.returncode == 1
    assert "action" in done.stdout
