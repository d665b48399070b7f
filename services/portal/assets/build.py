"""Builds the portal's static files and translations; quick when nothing changed."""

import hashlib
import subprocess
from collections.abc import Iterable
from pathlib import Path

from services.portal.assets import node
from services.portal.translations.compile import compile_catalogues

HERE = Path(__file__).parent
STATIC = HERE.parent / "static"
BUILT = STATIC / ".built"


def fingerprint(files: Iterable[Path]) -> str:
    """One hash over names and contents."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def sources() -> list[Path]:
    """What the built files depend on."""
    return [*locks(HERE), *HERE.glob("*.mjs"), *(file for file in (HERE / "src").rglob("*") if file.is_file())]


def is_fresh(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


def is_installed(folder: Path) -> bool:
    """Whether its `node_modules` are those of its lock."""
    return is_fresh(stamp_of(folder), fingerprint(locks(folder)))


def stamp_of(folder: Path) -> Path:
    return folder / "node_modules" / ".installed"


def locks(folder: Path) -> tuple[Path, Path]:
    return folder / "package.json", folder / "package-lock.json"


def install(folder: Path = HERE) -> None:
    """`npm ci` when the lock has changed since the last time."""
    if not is_installed(folder):
        node.install(folder)
        stamp_of(folder).write_text(fingerprint(locks(folder)))


def bundle() -> None:
    """esbuild, when a source or the lock has changed since the last time."""
    wanted = fingerprint(sources())
    if not is_fresh(BUILT, wanted):
        install()
        subprocess.run([*node.find().node, "build.mjs"], cwd=HERE, check=True)
        BUILT.write_text(wanted)


def main() -> None:
    """Bundles and compiles what is stale."""
    bundle()
    compile_catalogues()


if __name__ == "__main__":
    main()
