"""The README's subscribers, as they stand there, on a real broker with what the services really published on it."""

import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from shared.messaging.envelope import Outgoing, Received
from shared.messaging.log import Topic
from tests.e2e.village import MENTEES, MENTORS, Village
from tests.engines.cache import EngineMissing, classpath
from tests.engines.kafka_server import KafkaServer
from tests.engines.plugin import do_without

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "docs" / "examples" / "subscriber.py"
TOPIC = "mentoring.pairs.v1"
ALONE = "alone.pairs.v1"


@pytest.fixture(scope="module")
def broker(kafka: KafkaServer) -> Iterator[KafkaServer]:
    """One of its own: what is published twice here is nothing to other tests."""
    with KafkaServer() as server:
        yield server


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory, broker: KafkaServer) -> Iterator[Village]:
    """Whose events are told there."""
    one = Village(tmp_path_factory.mktemp("village"), EVENTS_URL=f"{broker.url}&wait=0.02")
    yield one
    one.close()


@pytest.fixture(scope="module")
def published(village: Village) -> list[Received]:
    """All events of pairs of a small cohort; each of them lies on the topic twice, as after a crash of the relay."""
    programme = village.programme()
    village.bring(programme, "mentor", MENTORS)
    village.bring(programme, "mentee", MENTEES)
    village.matched(programme)
    events = [event for event in village.house.log.read([TOPIC]) if isinstance(event, Received)]
    assert len(village.house.log.publish(events)) == len(events)
    return events


def block(language: str, broker: KafkaServer) -> str:
    """The README's only block in this language, with this broker's address in it."""
    [code] = re.findall(rf"^```{language}\n(.*?)^```$", section(), re.MULTILINE | re.DOTALL)
    assert "localhost:9092" in code
    return str(code).replace("localhost:9092", broker.bootstrap)


def test_the_sample_is_what_the_readme_shows() -> None:
    assert f"```python\n{SAMPLE.read_text(encoding='utf-8')}```\n" in section()


def section() -> str:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return text.partition("\n## Subscribe to events\n")[2].partition("\n## ")[0]


def heard(command: Sequence[str], folder: Path, lines: int, seconds: float = 60.0) -> list[str]:
    """What a subscriber that never ends prints: so many lines, and what comes in the two seconds after them."""
    out = folder / "out"
    with out.open("wb") as printed:
        process = subprocess.Popen(command, cwd=folder, stdout=printed, stderr=subprocess.PIPE)
    try:
        _wait_for(process, out, lines, time.monotonic() + seconds)
    finally:
        process.kill()
        _, errors = process.communicate()
    found = out.read_text().splitlines()
    assert len(found) >= lines, errors.decode()
    return found


def _wait_for(process: "subprocess.Popen[bytes]", out: Path, lines: int, deadline: float) -> None:
    while process.poll() is None and time.monotonic() < deadline:
        if out.read_text().count("\n") >= lines:
            deadline = min(deadline, time.monotonic() + 2)
        time.sleep(0.1)


def copied(village: Village, events: Sequence[Received], **other: Any) -> None:
    """The same on a topic that no other test reads, with something else about them."""
    names = [field.name for field in fields(Outgoing)]
    same = [Outgoing(**{**{name: getattr(one, name) for name in names}, "topic": ALONE, **other}) for one in events]
    assert len(village.house.log.publish(same)) == len(events)


def line(event: Received) -> str:
    return f"{event.type} {event.key} {(event.data or {})['state']}"


@pytest.mark.feature("O7")
def test_python_hears_every_event_once(broker: KafkaServer, published: list[Received], village: Village,
                                       tmp_path: Path) -> None:
    village.house.log.create_topics([Topic(ALONE)])
    for _ in range(2):
        copied(village, published)
    code = block("python", broker).replace(TOPIC, ALONE)
    code = code.replace("enable_auto_commit=False", "enable_auto_commit=False, session_timeout_ms=6000")
    (tmp_path / "subscriber.py").write_text(code)
    command, last = [sys.executable, "subscriber.py"], published[-1]

    first = heard(command, tmp_path, len(published))
    copied(village, [last], sequence=last.sequence.next(1))
    again = heard(command, tmp_path, 1)

    assert sorted(first) == sorted(map(line, published))
    assert again == [line(last)], "it hears what is new, and nothing that was before it"


@pytest.mark.feature("O7")
def test_java_hears_every_event_once(broker: KafkaServer, published: list[Received], tmp_path: Path) -> None:
    (tmp_path / "Subscriber.java").write_text(block("java", broker))

    lines = heard(["java", "-cp", classpath(broker.place), "Subscriber.java"], tmp_path, len(published))

    assert sorted(line.split()[:2] for line in lines) == sorted([one.type, one.key] for one in published)


@pytest.mark.feature("O7")
def test_kcat_shows_what_is_on_the_topic(broker: KafkaServer, published: list[Received]) -> None:
    if not shutil.which("kcat"):
        do_without(EngineMissing("kcat is not installed (make setup-tests)"))

    done = subprocess.run(shlex.split(block("sh", broker)), capture_output=True, text=True, timeout=60, check=True)

    lines = done.stdout.splitlines()
    assert len(lines) == 2 * len(published)
    for event in published:
        shown = [line for line in lines if line.startswith(event.key) and f"ce_id={event.id}" in line]
        assert len(shown) == 2
        assert f"ce_type={event.type}" in shown[0]
        assert f"ce_sequence={event.sequence}" in shown[0]
