"""`python -m tests.engines.install`: fetches the engines by Maven and warms them; quick when they are there."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.engines import kafka_server
from tests.engines.cache import HERE, EngineMissing, ToolMissing, cache, folder, make_once, need

GOALS = {"kafka": ["dependency:copy-dependencies"],
         "mongo": ["compiler:compile", "jar:jar", "dependency:copy-dependencies"]}


def _cold(_: Path) -> None:
    """Starts quickly enough without."""


WARM: dict[str, Callable[[Path], None]] = {"kafka": kafka_server.warm, "mongo": _cold}


def _fetch(engine: str, place: Path) -> None:
    need("mvn")
    shutil.copytree(HERE / engine, place, dirs_exist_ok=True)
    done = subprocess.run(["mvn", "-q", "-B", *GOALS[engine]], cwd=place, capture_output=True, text=True, check=False)
    if done.returncode:
        raise EngineMissing(f"Maven could not fetch {engine}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def _install(engine: str) -> None:
    place = folder(engine)
    make_once(place, partial(_fetch, engine))
    if not (place / "warm").exists():
        WARM[engine](place)
        (place / "warm").touch()
    sys.stdout.write(f"{engine}: {place}\n")


def install() -> None:
    """Of several at once one works and the others wait. Raises EngineMissing."""
    need("java")
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for engine in GOALS:
            _install(engine)


def main() -> int:
    """The exit code: a machine without Java or Maven tests the rest, unless everything must be there."""
    try:
        install()
    except ToolMissing as missing:
        sys.stderr.write(f"REAL ENGINES WILL NOT BE TESTED: {missing}\n")
        return int(os.environ.get("CI") == "true")
    except EngineMissing as missing:
        sys.exit(str(missing))
    return 0


if __name__ == "__main__":
    sys.exit(main())
