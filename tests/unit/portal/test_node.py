"""Node is found where it is new enough, and comes with a wheel where it is not."""

import subprocess
from pathlib import Path

import pytest

from services.portal.assets import node


def a_path_with(folder: Path, version: str, tools: tuple[str, ...] = ("node", "npm")) -> str:
    """A PATH whose tools only say their version."""
    for name in tools:
        (folder / name).write_text(f"#!/bin/sh\necho {version}\n")
        (folder / name).chmod(0o755)
    return str(folder)


@pytest.mark.parametrize("version", ["v20.0.0", "v24.19.0"])
def test_a_node_of_the_path_is_used(tmp_path: Path, version: str) -> None:
    path = a_path_with(tmp_path, version)

    found = node.find(path)

    assert found == ((f"{path}/node",), (f"{path}/npm",))


@pytest.mark.parametrize("version", ["v18.20.8", "v8.0.0", "unknown"])
def test_one_that_is_too_old_is_left_alone(tmp_path: Path, version: str) -> None:
    path = a_path_with(tmp_path, version)

    assert node.find(path) == node.of_the_wheel()


def test_one_without_npm_is_left_alone(tmp_path: Path) -> None:
    path = a_path_with(tmp_path, "v24.19.0", tools=("node",))

    assert node.find(path) == node.of_the_wheel()


def test_the_wheel_brings_both_without_any_path(tmp_path: Path) -> None:
    found = node.find(str(tmp_path))

    for tool in found:
        said = subprocess.run([*tool, "--version"], env={"PATH": str(tmp_path), "HOME": str(tmp_path)},
                              capture_output=True, text=True, check=True)
        assert int(said.stdout.lstrip("v").split(".")[0]) >= 10
    assert node.major(found.node[0]) >= node.OLDEST
