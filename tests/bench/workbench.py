"""What the rows of one run share: folders, and engines that start when first asked for and end with the run."""

import os
import shutil
import tempfile
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from pymongo import MongoClient

from shared.kernel.ids import new_id
from tests.engines.kafka_server import KafkaServer
from tests.engines.mongo_server import MongoServer


class Workbench:
    """Use it as a context manager: what it started ends with it."""

    def __init__(self) -> None:
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @cached_property
    def kafka(self) -> KafkaServer:
        """A broker with nothing on it."""
        return self._stack.enter_context(KafkaServer())

    @cached_property
    def mongo_url(self) -> str:
        """The server that MONGO_TEST_URL names, else the everyday test engine."""
        return os.environ.get("MONGO_TEST_URL") or self._stack.enter_context(MongoServer()).url

    def mongo_database(self) -> str:
        """The URL of an empty database on it, which is dropped with the run; ours adds the service to its name."""
        name = f"bench-{new_id()}"
        self._stack.callback(_drop, self.mongo_url, (name, f"{name}-notes"))
        return f"{self.mongo_url.rstrip('/')}/{name}"

    def folder(self) -> Path:
        """A fresh one, on the disk that temporary files are on."""
        place = Path(tempfile.mkdtemp(prefix="bench-"))
        self._stack.callback(shutil.rmtree, place, ignore_errors=True)
        return place


def _drop(url: str, names: tuple[str, ...]) -> None:
    with MongoClient[dict[str, Any]](url) as client:
        for name in names:
            client.drop_database(name)
