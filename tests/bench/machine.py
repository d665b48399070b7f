"""Where a run took place."""

import os
import platform
import sqlite3
from importlib.metadata import version

LIBRARIES = ("flask", "gunicorn", "kafka-python", "pymongo", "orjson")


def described() -> str:
    """Cores, load and versions, on one line."""
    versions = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}",
                *(f"{name} {version(name)}" for name in LIBRARIES)]
    return f"{os.cpu_count()} cores, {load()}; {', '.join(versions)}"


def load() -> str:
    """How busy the machine is."""
    return "load " + " ".join(f"{one:.1f}" for one in os.getloadavg())
