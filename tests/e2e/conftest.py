"""The village on the embedded engines, and on a broker and a server of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.kernel.ids import new_id
from tests.e2e.village import Village
from tests.engines.kafka_server import KafkaServer

OFFICE_ADDRESS = "office@example.com"


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    village = Village(tmp_path, PROGRAMME_OFFICE_ADDRESS=OFFICE_ADDRESS)
    yield village
    village.close()


@pytest.fixture
def village_on_a_cluster(tmp_path: Path, kafka: KafkaServer, mongo_url: str) -> Iterator[Village]:
    """On Kafka and MongoDB's protocol: the same services, other URLs."""
    store = f"{mongo_url.rstrip('/')}/v{new_id()[:8]}"
    village = Village(tmp_path, PROGRAMME_OFFICE_ADDRESS=OFFICE_ADDRESS, STORE_URL=store, EVENTS_URL=f"kafka://{kafka.bootstrap}?wait=0.02")
    yield village
    village.close()
