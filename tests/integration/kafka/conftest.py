"""A log on the running broker."""

import gc
import logging
from collections.abc import Iterator

import pytest

from shared.messaging.log import EventLog
from tests.engines.kafka_server import KafkaServer


@pytest.fixture
def log(kafka: KafkaServer) -> Iterator[EventLog]:
    from shared.kafka.log import KafkaLog  # warns as it is imported, before pytest knows which warnings to let pass

    opened = KafkaLog.from_url(kafka.url)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Each try of kafka-python to reach a dead broker writes a line."""
    caplog.set_level(logging.CRITICAL, "kafka")


@pytest.fixture
def sockets_collected() -> Iterator[None]:
    """What a test leaves to the garbage collector goes while its warning is let pass."""
    yield
    gc.collect()
