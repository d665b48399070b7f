"""A real single-node Apache Kafka (KRaft): ready in one to four seconds, on the same port over kill and restart."""

import shutil
import socket
import struct
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.engines.cache import classpath, installed, make_once
from tests.engines.child import FAST_JVM, Child, free_port
from tests.engines.kafka_properties import broker_properties

CLUSTER = "AAAAAAAAAAAAAAAAAAAAAQ"
LOG_FLAGS = ("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true",
             "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS")


class KafkaServer:
    """A broker with its own folder. `properties` are added to, or replace, those of `broker_properties`;
    `format_args` go to the formatting tool (`--add-scram …`); `jvm_flags` to the broker."""

    def __init__(self, *, properties: Mapping[str, str] | None = None, format_args: Sequence[str] = (),
                 jvm_flags: Sequence[str] = (), place: Path | None = None) -> None:
        self.place = place or installed("kafka")
        self.folder = Path(tempfile.mkdtemp(prefix="kafka-"))
        self.port, self.controller_port = free_port(), free_port()
        self.extra, self.format_args, self.jvm_flags = dict(properties or {}), tuple(format_args), tuple(jvm_flags)
        self.child = Child(self.folder / "broker.log")

    @property
    def bootstrap(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """For `EVENTS_URL`; short heartbeats make rebalances quick."""
        return f"kafka://{self.bootstrap}?heartbeat=0.2"

    def __enter__(self) -> "KafkaServer":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.remove()

    def remove(self) -> None:
        """Kills it and deletes its folder."""
        self.child.kill9()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, timeout: float = 60.0) -> "KafkaServer":
        """Formats its folder the first time; answers when the broker is in its own metadata."""
        self._write_properties()
        if not (self.folder / "data").exists():
            self._format()
        self.child.start(self._command(), self.is_ready, timeout)
        return self

    def begin(self) -> None:
        """Starts it again without waiting for it."""
        self.child.start(self._command(), lambda: True)

    def stop(self) -> None:
        """A controlled shutdown."""
        self.child.stop()

    def kill9(self) -> None:
        self.child.kill9()

    def restart(self) -> "KafkaServer":
        self.stop()
        return self.start()

    def pause(self) -> None:
        self.child.pause()

    def resume(self) -> None:
        self.child.resume()

    def _command(self) -> list[str]:
        archive = self.place / "classes.jsa"
        return [*self._java(384), f"-XX:SharedArchiveFile={archive}", *self.jvm_flags, *self._serve()]

    def _serve(self) -> list[str]:
        return [*LOG_FLAGS, "-cp", classpath(self.place), "kafka.Kafka", str(self.folder / "server.properties")]

    def _java(self, megabytes: int) -> list[str]:
        return ["java", f"-Xmx{megabytes}m", *FAST_JVM]

    def _format(self) -> None:
        template = self.place / "template"
        if template.exists() and not self.format_args:
            shutil.copytree(template, self.folder / "data")
            return
        done = subprocess.run([*self._java(128), *LOG_FLAGS, "-cp", classpath(self.place), "kafka.tools.StorageTool",
                               "format", "--cluster-id", CLUSTER, "--config", str(self.folder / "server.properties"),
                               *self.format_args], capture_output=True, text=True, timeout=60, check=False)
        if done.returncode:
            raise RuntimeError(f"format failed:\n{done.stdout}{done.stderr}")

    def _write_properties(self) -> None:
        properties = {**broker_properties(self.folder / "data", self.port, self.controller_port), **self.extra}
        text = "".join(f"{name}={value}\n" for name, value in properties.items())
        (self.folder / "server.properties").write_text(text)

    def is_ready(self) -> bool:
        """Whether it takes requests."""
        try:
            return _brokers(self.port) >= 1
        except (OSError, struct.error):
            return False


def _brokers(port: int) -> int:
    """How many brokers the metadata names (a raw request, version 1): one, once it is registered and unfenced."""
    request = struct.pack(">hhih", 3, 1, 1, 5) + b"probe" + struct.pack(">i", 0)
    with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
        connection.settimeout(2)
        connection.sendall(struct.pack(">i", len(request)) + request)
        with connection.makefile("rb") as stream:
            reply = stream.read(struct.unpack(">i", stream.read(4))[0])
    brokers: int = struct.unpack(">i", reply[4:8])[0]
    return brokers


def warm(place: Path) -> None:
    """Makes later starts fast: a formatted folder to copy, and an archive of loaded classes."""
    unfinished = place / "unfinished.jsa"
    server = KafkaServer(place=place)
    try:
        server._write_properties()
        server._format()
        make_once(place / "template", lambda empty: shutil.copytree(server.folder / "data", empty, dirs_exist_ok=True))
        server.child.start([*server._java(384), f"-XX:ArchiveClassesAtExit={unfinished}", *server._serve()],
                           server.is_ready)
        server.stop()
    finally:
        server.remove()
    unfinished.rename(place / "classes.jsa")
