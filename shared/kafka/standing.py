"""How far a group is behind, seen from outside it."""

import os
import time
from collections.abc import Sequence
from threading import Lock
from typing import Any

from kafka import TopicPartition
from kafka.admin import OffsetSpec
from kafka.errors import KafkaError

from shared.kafka.clients import Clients
from shared.kernel.errors import Unavailable
from shared.messaging.log import Lag

ANSWER_SECONDS = 2.0
"""What a question may take: whoever watches gives up after ten, and wants to read the other figures as well."""


class Onlooker:
    """One client, made when it is first asked, in the process that asks; made anew after whatever went wrong. Threads
    ask it in turn."""

    def __init__(self, clients: Clients) -> None:
        self._clients, self._lock = clients, Lock()
        self._admin: Any = None
        self._process = 0

    def lag(self, group: str, topics: Sequence[str]) -> Lag:
        """Raises Unavailable, soon."""
        with self._lock:
            try:
                return Lag(group, self._behind(group, topics))
            except KafkaError as error:
                self._forget()
                raise self._clients.failed(error) from None

    def _behind(self, group: str, topics: Sequence[str]) -> dict[str, int]:
        admin, behind = self._connected(), dict.fromkeys(topics, 0)
        places = _places(admin, topics)
        begins = admin.list_partition_offsets(dict.fromkeys(places, OffsetSpec.EARLIEST))
        ends = admin.list_partition_offsets(dict.fromkeys(places, OffsetSpec.LATEST))
        committed = admin.list_group_offsets({group: places})[group]
        for place in places:
            at = committed[place].offset if place in committed else -1
            behind[place.topic] += max(0, ends[place].offset - max(at, begins[place].offset))
        return behind

    def _connected(self) -> Any:
        if self._admin is None or self._process != os.getpid():
            self._admin, self._process = self._clients.admin(ANSWER_SECONDS), os.getpid()
        return self._admin

    def _forget(self) -> None:
        admin, self._admin = self._admin, None
        if admin is not None and self._process == os.getpid():
            admin.close()

    def close(self) -> None:
        """Bounded."""
        with self._lock:
            self._forget()


def _places(admin: Any, topics: Sequence[str]) -> list[TopicPartition]:
    """Every partition; a topic made just now may take a moment. Raises Unavailable naming one that is not there."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while True:
        found = admin.describe_topics(list(topics))
        missing = [one["name"] for one in found if not one["partitions"]]
        if not missing:
            return [TopicPartition(one["name"], each["partition_index"]) for one in found for each in one["partitions"]]
        if time.monotonic() > deadline:
            raise Unavailable(f"topic {missing[0]} does not exist or may not be read: set up the topics first")
        time.sleep(0.1)
