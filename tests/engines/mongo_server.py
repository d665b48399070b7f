"""mongo-java-server: MongoDB's protocol without a MongoDB, ready in less than a second."""

import shutil
import socket
import tempfile
from pathlib import Path

from tests.engines.cache import classpath, installed
from tests.engines.child import FAST_JVM, Child, free_port


class MongoServer:
    """In memory; `durable` ones write to a file before they answer, and survive kill -9."""

    def __init__(self, *, durable: bool = False) -> None:
        self.place = installed("mongo")
        self.folder = Path(tempfile.mkdtemp(prefix="mongo-"))
        self.port, self.durable = free_port(), durable
        self.child = Child(self.folder / "server.log")

    @property
    def url(self) -> str:
        return f"mongodb://127.0.0.1:{self.port}/"

    def __enter__(self) -> "MongoServer":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.child.kill9()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> "MongoServer":
        self.child.start(self._command(), self.is_ready)
        return self

    def begin(self) -> None:
        """Starts it again without waiting for it."""
        self.child.start(self._command(), lambda: True)

    def _command(self) -> list[str]:
        arguments = [str(self.port), *([str(self.folder / "data.mv")] if self.durable else [])]
        return ["java", "-Xmx256m", *FAST_JVM, "-cp", classpath(self.place), "Launcher", *arguments]

    def stop(self) -> None:
        self.child.stop()

    def kill9(self) -> None:
        self.child.kill9()

    def restart(self) -> "MongoServer":
        self.stop()
        return self.start()

    def pause(self) -> None:
        self.child.pause()

    def resume(self) -> None:
        self.child.resume()

    def is_ready(self) -> bool:
        """Whether it takes connections."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True
