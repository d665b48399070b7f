"""On SQLite no relay can find its lease lost: its turn lasts as long as it does, asleep or awake."""

import os
import signal
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from shared.messaging.envelope import Outgoing
from shared.runtime.engines import open_store
from shared.store.documents import Outbox
from tests.contract.store_builders import a_document, an_envelope, changed, written

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
YEARS_LATER = datetime(2036, 3, 1, 9, 0, tzinfo=UTC)


def leased(outbox: Outbox, now: datetime) -> list[Outgoing]:
    return outbox.lease(now, now, "somebody", 9)


def relay_in_a_process(url: str, told: int) -> int:
    """Takes the turn, says so, and does nothing more."""
    child = os.fork()
    if not child:
        store = open_store(url, "test")
        os.write(told, str(len(leased(store.outbox(), NOW))).encode())
        signal.pause()
        os._exit(0)
    return child


def test_a_relay_that_stands_still_keeps_its_turn_and_a_dead_one_gives_it_back(tmp_path: Path) -> None:
    url, (hears, tells) = f"sqlite:{tmp_path}?min_free=0", os.pipe()
    with closing(open_store(url, "test")) as store:
        changed(written(store.documents("pairs"), a_document()), "p1", an_envelope(1))
    relay = relay_in_a_process(url, tells)
    assert os.read(hears, 1) == b"1"
    os.kill(relay, signal.SIGSTOP)

    with closing(open_store(url, "test")) as store:
        while_it_sleeps = leased(store.outbox(), YEARS_LATER)
        os.kill(relay, signal.SIGKILL)
        os.waitpid(relay, 0)
        begun = time.monotonic()
        after_its_end = leased(store.outbox(), NOW)

    assert while_it_sleeps == []
    assert after_its_end == [an_envelope(1)]
    assert time.monotonic() - begun < 10
    os.close(hears)
    os.close(tells)
