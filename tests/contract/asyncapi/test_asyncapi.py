"""The services' AsyncAPI documents are valid in the eyes of the reference parser."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

from deploy.standalone.house import SERVICES
from tests.engines.plugin import LOUD

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


def do_without(reason: str) -> NoReturn:
    """Loud on a machine without Node, a failure where everything must be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{LOUD}: {reason}", pytrace=False)
    pytest.skip(f"{LOUD}: {reason}")


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Node with the parser beside the script, fetched once."""
    found = shutil.which("node")
    if not found or not shutil.which("npm"):
        do_without("node and npm check the AsyncAPI documents")
    if not (HERE / "node_modules" / "@asyncapi" / "parser").is_dir():
        fetched = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE,
                                 capture_output=True, text=True, check=False)
        if fetched.returncode:
            do_without(f"npm ci did not work: {fetched.stderr[-400:]}")
    return found


def validated(node: str, *paths: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([node, "validate.mjs", *map(str, paths)], cwd=HERE, capture_output=True, text=True,
                          check=False)


def test_every_service_publishes_a_valid_document(node: str) -> None:
    documents = [ROOT / "services" / name / "contracts" / "asyncapi.yaml" for name in SERVICES]

    done = validated(node, *documents)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("messages") == len(SERVICES)


def test_a_broken_document_is_refused(node: str, tmp_path: Path) -> None:
    text = (ROOT / "services" / "surveys" / "contracts" / "asyncapi.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "asyncapi.yaml"
    broken.write_text(text.replace("action: send", "action: shout"))

    done = validated(node, broken)

    assert done.returncode == 1
    assert "action" in done.stdout
