"""Settings, logs, threads, probes."""

import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from shared.kernel.errors import StoreFull, Unavailable
from shared.kernel.ids import derived_id
from shared.messaging.consumer import Consumer
from shared.messaging.log import Record
from shared.runtime.engines import open_log, open_store
from shared.runtime.logging import redact
from shared.runtime.metrics import WorkerMetrics
from shared.runtime.process import probe_server, probes
from shared.runtime.settings import Reader, WrongSettings
from shared.runtime.worker import Worker
from tests.unit.messaging.harbour import BOATS, START, Boat, BoatLeft, Harbour


class Deaf:
    """A member of a group that never gets anything."""

    closed = False

    def poll(self, timeout: float) -> list[Record]:
        return []

    def positions(self) -> dict[str, int]:
        return {}

    def caught_up(self) -> bool:
        return False

    def stuck(self) -> bool:
        return True

    def close(self) -> None:
        self.closed = True


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


def test_a_store_that_is_dear_to_ask_is_asked_less_and_less(harbour: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    worker, asked = harbour.workers[0], list[object]()
    monkeypatch.setattr(worker.backbone.store, "looks", (0.05, 0.5))
    monkeypatch.setattr(worker.outbox, "lease", lambda *_: asked.append(_) or [])

    worker.start()
    worker.stopping.wait(1.0)
    worker.stop()

    assert 1 <= len(asked) < 12


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


def status(worker: Worker, path: str) -> str:
    found: list[str] = []
    list(probes(worker)({"PATH_INFO": path}, lambda status, headers: found.append(status)))  # type: ignore[arg-type]
    return found[0][:3]


def test_a_loop_that_hangs_is_not_alive(harbour: Harbour) -> None:
    go_on, reached, tower = threading.Event(), threading.Event(), harbour.workers[1]
    hung = Worker(harbour.tower, {BoatLeft.type: lambda _: (reached.set(), go_on.wait(60))}, (BOATS.name,), [],
                  dead_after=0.5)
    harbour.workers[1] = hung
    hung.start()
    assert status(hung, "/livez") == "200"

    harbour.boats.add(Boat(id="argo"))
    harbour.boats.change("argo", lambda boat: boat.leave(5, START))
    harbour.workers[0].settle()
    assert reached.wait(30)
    while status(hung, "/livez") == "200":
        pass
    found = (status(hung, "/livez"), status(hung, "/readyz"))
    go_on.set()
    hung.stop(30)

    assert found == ("503", "200")
    tower.stop()


def test_life_is_told_while_others_wait_for_a_log_that_does_not_answer(
        harbour: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, go_on, worker = threading.Event(), threading.Event(), harbour.workers[1]
    monkeypatch.setattr(worker, "ready", lambda: (asked.set(), go_on.wait(60)))
    server = probe_server(worker, "127.0.0.1", 0)
    waits = threading.Thread(target=lambda: get(server.server_port, "/readyz"))
    threading.Thread(target=server.serve_forever, daemon=True).start()

    waits.start()
    assert asked.wait(30)
    alive = get(server.server_port, "/livez")
    go_on.set()
    waits.join()
    server.shutdown()
    server.server_close()

    assert alive == 200


def test_figures_of_a_store_that_is_away_are_left_out_after_one_question(
        harbour: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, worker = list[str](), harbour.workers[1]

    def away(*_: object, **__: object) -> int:
        asked.append("store")
        raise Unavailable("the store does not answer")
    monkeypatch.setattr(worker.outbox, "depth", away)
    monkeypatch.setattr(worker.backbone.parked_keys, "count", away)
    monkeypatch.setattr(worker.backbone.failing_timers.store, "count", away)
    monkeypatch.setattr(worker.backbone, "watched", [("faults_found", "what it keeps in mind", lambda: 1.0)])

    told = {metric.name for metric in WorkerMetrics(worker).collect()}

    assert (told, asked) == ({"consumer_lag", "faults_found", "handler_seconds"}, ["store"])


def get(port: int, path: str) -> int:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status


def test_a_consumer_that_gets_nothing_is_made_anew_and_then_not_ready(harbour: Harbour) -> None:
    tower, members = harbour.workers[1], []
    while len(members) < 3:
        stuck = Deaf()
        tower._consumer, tower._looked = Consumer(stuck, {}, tower.dead_letters, harbour.tower.positions), 0.0
        tower.consume(0)
        members.append((stuck.closed, tower._consumer is None, status(tower, "/readyz")))

    assert members == [(True, True, "200"), (True, True, "503"), (True, True, "503")]


def test_of_a_batch_in_hand_the_rest_is_left_when_it_is_time_to_stop(harbour: Harbour, tmp_path: Path) -> None:
    for number in range(10):
        harbour.boats.add(Boat(id=f"boat-{number}"))
        harbour.boats.change(f"boat-{number}", lambda boat: boat.leave(5, START))
    harbour.workers[0].settle()
    tower, other = harbour.workers[1], Harbour(tmp_path)
    handled: list[object] = []
    first = Worker(harbour.tower, {BoatLeft.type: lambda event: (handled.append(event), first.stopping.set())},
                   (BOATS.name,), [])
    first.consumer.step(0)
    first.stop()

    other.workers[1].settle()

    assert len(handled) == 1
    assert len(list(other.sightings.each({}))) == 9
    other.close()
    tower.stop()


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
