"""Settings, logs, threads, probes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.kernel.errors import StoreFull
from shared.kernel.ids import derived_id
from shared.runtime.engines import open_log, open_store
from shared.runtime.logging import redact
from shared.runtime.process import probes
from shared.runtime.settings import Reader, WrongSettings
from tests.unit.messaging.harbour import START, Boat, Harbour


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Harbour]:
    harbour = Harbour(tmp_path)
    yield harbour
    harbour.close()


def test_everything_wrong_with_the_settings_is_named_at_once() -> None:
    reader = Reader({"PORT": "many"})

    reader.number("PORT", 1)
    reader.text("STORE_URL")

    with pytest.raises(WrongSettings, match=r"PORT is wrong: .*; STORE_URL is missing"):
        reader.done()


def test_logs_hold_no_addresses_and_no_secrets() -> None:
    entry = {"event": "mail_sent", "email": "a@b.example", "error": "cannot reach x.y@example.com", "message_id": "7"}

    shown = redact(None, "", entry)

    assert shown == {"event": "mail_sent", "email": "[redacted]", "error": "cannot reach [redacted]", "message_id": "7"}


def test_the_loops_carry_an_event_to_its_effect_and_drain(harbour: Harbour) -> None:
    for worker in harbour.workers:
        worker.start()
    harbour.boats.add(Boat(id="argo"))
    harbour.boats.change("argo", lambda boat: boat.leave(5, START))

    sighting, worker = derived_id("sighting", "argo"), harbour.workers[1]
    for _ in range(1000):
        if harbour.sightings.exists(sighting):
            break
        worker.stopping.wait(0.01)
    for worker in harbour.workers:
        assert worker.alive()
        worker.stop()

    assert harbour.sightings.get(sighting).times == 1


def test_probes_tell_alive_from_ready(harbour: Harbour) -> None:
    statuses: list[str] = []

    def look(path: str) -> bytes:
        answer = probes(harbour.workers[1])
        return b"".join(answer({"PATH_INFO": path}, lambda status, headers: statuses.append(status)))  # type: ignore[arg-type]

    look("/livez"), look("/readyz"), look("/nothing")

    assert b"outbox_depth" in look("/metrics")
    assert [status[:3] for status in statuses] == ["200", "200", "404", "200"]


@pytest.mark.parametrize("url", ["redis://x", "sqlite:x?synchronous=OFF"])
def test_a_wrong_url_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not"):
        open_store(url, "x")
    with pytest.raises(ValueError, match="not"):
        open_log(url.replace("sqlite", "embedded"))


def test_commands_are_refused_while_the_disk_is_nearly_full(tmp_path: Path) -> None:
    store = open_store(f"sqlite:{tmp_path}?min_free=1.1", "x")
    documents: Any = store.documents("boats")

    with pytest.raises(StoreFull):
        documents.insert([])
    store.close()
