"""What the rows of one run share: folders, and engines that start when first asked for and end with the run."""

import shutil
import tempfile
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Self

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
    def mongo(self) -> MongoServer:
        """The everyday test engine: its own rates mean little, the ratio of two that use it does."""
        return self._stack.enter_context(MongoServer())

    def folder(self) -> Path:
        """A fresh one, on the disk that temporary files are on."""
        place = Path(tempfile.mkdtemp(prefix="bench-"))
        self._stack.callback(shutil.rmtree, place, ignore_errors=True)
        return place
