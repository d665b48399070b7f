"""What the guards look at: the tree as it is committed, and all services open on the embedded engines."""

import ast
import subprocess
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import services
import shared
from deploy.standalone.house import SERVICES

ROOT = Path(__file__).parents[2]
CODE = ("services", "shared", "deploy")
ALL_SERVICES = (*SERVICES, "portal")


@cache
def tracked(*patterns: str) -> tuple[Path, ...]:
    """Files git knows, that still exist."""
    listed = subprocess.run(["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, capture_output=True, text=True,
                            check=True)
    return tuple(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())


@cache
def modules() -> dict[Path, ast.Module]:
    """Every module of the product, parsed."""
    paths = (path for part in CODE for path in sorted((ROOT / part).rglob("*.py")) if "node_modules" not in path.parts)
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@cache
def import_everything() -> None:
    """Loads every module below `services` and `shared` but those that start something when loaded."""
    for package in (shared, services):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(".__main__"):
                import_module(module.name)


def short(path: Path) -> str:
    """As people name it."""
    return str(path.relative_to(ROOT))
