"""Session fixtures `kafka` and `mongo_url`: real engines, started when the first test asks, once a test process; and
what happens where they, or a tool, are missing."""

import os
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest

from tests.engines.cache import EngineMissing
from tests.engines.kafka_server import KafkaServer
from tests.engines.mongo_server import MongoServer

LOUD = "REAL ENGINE MISSING"
MARKED = {"kafka": "kafka", "fresh_kafka": "kafka", "mongo_url": "mongo"}


def do_without(missing: EngineMissing | str) -> NoReturn:
    """Skips loudly; where it must be there, fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{LOUD}: {missing}", pytrace=False)
    pytest.skip(f"{LOUD}: {missing}")


@pytest.fixture(scope="session")
def kafka() -> Iterator[KafkaServer]:
    """A running broker; who stops it starts it again."""
    yield from _a_broker()


@pytest.fixture
def fresh_kafka() -> Iterator[KafkaServer]:
    """A broker with nothing on it: what another house told would be taken for this one's."""
    yield from _a_broker()


def _a_broker() -> Iterator[KafkaServer]:
    try:
        server = KafkaServer()
    except EngineMissing as missing:
        do_without(missing)
    with server:
        yield server


@pytest.fixture(scope="session")
def mongo_url() -> Iterator[str]:
    """The server that MONGO_TEST_URL names, else one of our own in memory."""
    if url := os.environ.get("MONGO_TEST_URL"):
        yield url
        return
    try:
        server = MongoServer()
    except EngineMissing as missing:
        do_without(missing)
    with server:
        yield server.url


def pytest_configure(config: pytest.Config) -> None:
    """What kafka-python warns of: it reads its schemas in a way that Python 3.11 calls deprecated, and each try to
    reach a broker that is away leaves a socket to the garbage collector."""
    never_connected = r"unclosed <socket.socket fd=\d+, family=2, type=1, proto=6, laddr=\('0.0.0.0'"
    for ignored in ("read_text is deprecated:DeprecationWarning", "open_text is deprecated:DeprecationWarning",
                    f"{never_connected}:ResourceWarning"):
        config.addinivalue_line("filterwarnings", f"ignore:{ignored}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for an engine bears its marker."""
    for item in items:
        for fixture, marker in MARKED.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says loudly what was not tested."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if LOUD in str(report.longrepr)]
    if skipped:
        reasons = {str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped}
        terminalreporter.section(f"{len(skipped)} TESTS NEED A REAL ENGINE AND DID NOT RUN", red=True, bold=True)
        for reason in sorted(reasons):
            terminalreporter.line(reason)
