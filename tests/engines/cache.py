"""What the engines need that is not in git: by version, each folder made whole or not at all."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent


class EngineMissing(Exception):
    """Java, Maven or the jars are not there; the text says what to do."""


class ToolMissing(EngineMissing):
    """Java or Maven is not there."""


TOOLS = {"java": "a JDK of 17 or newer (Debian's default-jdk-headless)", "mvn": "Maven (Debian's maven)"}


def need(tool: str) -> None:
    """Raises ToolMissing."""
    if not shutil.which(tool):
        raise ToolMissing(f"{tool} was not found: install {TOOLS[tool]}, or call `make setup-tests` as root")


def cache() -> Path:
    """`ITHACA_CACHE`, by default `~/.cache/ithaca`."""
    return Path(os.environ.get("ITHACA_CACHE") or Path.home() / ".cache" / "ithaca")


def folder(engine: str) -> Path:
    """Where the engine is kept: the name changes with everything that it is made from."""
    digest = hashlib.sha256()
    for source in sorted((HERE / engine).rglob("*.*")):
        digest.update(source.read_bytes())
    return cache() / f"{engine}-{digest.hexdigest()[:12]}"


def installed(engine: str) -> Path:
    """The engine's folder. Raises EngineMissing."""
    need("java")
    if not (place := folder(engine)).is_dir():
        raise EngineMissing(f"{engine} is not installed: run `python -m tests.engines.install`")
    return place


def make_once(place: Path, make: Callable[[Path], object]) -> None:
    """Lets `make` fill a folder and puts it in place; of several at once the first wins."""
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f"{place.name}.", dir=place.parent))
    try:
        make(scratch)
        scratch.rename(place)
    except OSError:
        if not place.exists():
            raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def classpath(place: Path) -> str:
    """Every jar by name and in order: a class archive is bound to exactly this text."""
    return ":".join(str(jar) for jar in sorted((place / "jars").glob("*.jar")))
