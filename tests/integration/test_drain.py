"""A service's worker as a process of its own: SIGTERM in the middle of its work, on either log."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from services.community.application import Community
from services.community.bootstrap import build
from services.community.contracts.catalogue import TOPICS as OWN
from services.community.contracts.training import TrainingAssigned
from services.community.entrypoints.events import TOPICS
from services.community.settings import Settings
from shared.kernel.clock import SettableClock
from shared.messaging.log import Topic
from shared.runtime.engines import open_backbone, open_log
from tests.engines.child import free_port
from tests.engines.kafka_server import KafkaServer
from tests.unit.surveys.builders import MONDAY
from tests.unit.surveys.world import World

ROOT = Path(__file__).parents[2]
PAIRS = 800
EXIT_WITHIN = 10.0


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "STORE_URL": f"sqlite:{folder}?synchronous=NORMAL&min_free=0",
            "EVENTS_URL": f"embedded:{folder}?synchronous=NORMAL&min_free=0", "PROBE_PORT": str(free_port()), **more}


@contextmanager
def a_worker(environ: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """The process, killed at the end where it did not end itself."""
    command = [sys.executable, "-m", "services.community.entrypoints.worker"]
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def probe(environ: dict[str, str], path: str) -> str:
    """What the worker's own HTTP says; nothing before it is up."""
    try:
        with urlopen(f"http://127.0.0.1:{environ['PROBE_PORT']}{path}", timeout=5) as answer:
            return str(answer.read().decode())
    except (URLError, ConnectionError):
        return ""


def until(happened: object, seconds: float = 120) -> None:
    assert callable(happened)
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def terminated(process: "subprocess.Popen[bytes]") -> float:
    """Seconds from SIGTERM to the end; it ends well."""
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    return time.monotonic() - begun


@contextmanager
def a_look(environ: dict[str, str]) -> Iterator[Community]:
    """The service's own store, opened beside the worker."""
    with closing(open_log(environ["EVENTS_URL"])) as log, \
            closing(open_backbone("community", environ["STORE_URL"], log)) as backbone:
        yield build(Settings(), backbone)


@pytest.mark.slow
def test_sigterm_in_the_middle_of_a_batch_loses_and_doubles_nothing(tmp_path: Path) -> None:
    environ = environment(tmp_path)
    world = World(tmp_path, SettableClock(MONDAY), OWN + tuple(Topic(name) for name in TOPICS))
    world.open_programme()
    for number in range(PAIRS):
        world.create_pair(str(number))
    with a_look(environ) as community:
        assigned = community.training.store
        with a_worker(environ) as process:
            until(lambda: assigned.count({}) > 20)
            seconds = terminated(process)
        left = assigned.count({})
        with a_worker(environ) as process:
            until(lambda: assigned.count({}) == 2 * PAIRS and "\noutbox_depth 0.0" in probe(environ, "/metrics"))
            assert probe(environ, "/livez") == "alive\n"
            terminated(process)

    told = Counter(event.key + (event.data or {})["pair_id"] for event in world.heard(TrainingAssigned.topic))
    print(f"SIGTERM with {2 * PAIRS - left} of {2 * PAIRS} effects to go: ended after {seconds:.1f} s")
    assert seconds < EXIT_WITHIN
    assert 20 < left < 2 * PAIRS
    assert (len(told), set(told.values())) == (2 * PAIRS, {1})
    world.log.close()


@pytest.mark.slow
def test_sigterm_is_obeyed_though_the_broker_is_silent(kafka: KafkaServer, tmp_path: Path) -> None:
    with KafkaServer() as broker:  # one of its own: the topics are made with other settings than the catalogue's
        environ = environment(tmp_path, EVENTS_URL=broker.url)
        with closing(open_log(broker.url)) as log:
            log.create_topics([*OWN, *(Topic(name) for name in TOPICS)])
        with a_worker(environ) as process:
            until(lambda: probe(environ, "/readyz") == "ready\n")
            broker.pause()
            seconds = terminated(process)

    print(f"SIGTERM while the broker is silent: ended after {seconds:.1f} s")
    assert seconds < EXIT_WITHIN
