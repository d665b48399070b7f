"""The village on the embedded engines, and on a broker and a server of its own."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.kernel.ids import new_id
from tests.e2e.village import Village
from tests.engines.kafka_server import KafkaServer

OFFICE_ADDRESS = "office@example.com"
PORTS = iter(range(19300 + os.getpid() % 500, 20900))


@pytest.fixture
def bind() -> str:
    """Below the range that the system gives away by itself."""
    for port in PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return f"127.0.0.1:{port}"
    raise RuntimeError("no free port")


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    village = Village(tmp_path, PROGRAMME_OFFICE_ADDRESS=OFFICE_ADDRESS)
    yield village
    village.close()


@pytest.fixture
def village_on_a_cluster(tmp_path: Path, fresh_kafka: KafkaServer, mongo_url: str) -> Iterator[Village]:
    """On Kafka and MongoDB's protocol: the same services, other URLs."""
    store = f"{mongo_url.rstrip('/')}/v{new_id()[:8]}"
    village = Village(tmp_path, PROGRAMME_OFFICE_ADDRESS=OFFICE_ADDRESS, STORE_URL=store, EVENTS_URL=f"kafka://{fresh_kafka.bootstrap}?wait=0.02")
    yield village
    village.close()
