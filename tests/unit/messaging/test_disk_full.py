"""The disk of an embedded engine is full in the middle of its work."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import cast

import pytest

from shared.embedded.log import EmbeddedLog
from shared.kernel.errors import StoreFull
from shared.kernel.ids import derived_id
from shared.sqlite.database import Database
from shared.sqlite.documents import SqliteStore
from tests.unit.messaging.harbour import BOATS, START, Boat, Harbour


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Harbour]:
    harbour = Harbour(tmp_path)
    yield harbour
    harbour.close()


def fill(database: Database) -> None:
    """No page more than there are: what SQLite says then is what it says of a disk without room."""
    [[pages]] = database.all("PRAGMA page_count")
    database.write(lambda db: db.execute(f"PRAGMA max_page_count={pages}"))


def make_room(database: Database) -> None:
    database.write(lambda db: db.execute("PRAGMA max_page_count=1000000"))


def send_out(harbour: Harbour, number: int) -> bool:
    """Whether the command was accepted."""
    try:
        harbour.boats.add(Boat(id=f"boat-{number}"))
        harbour.boats.change(f"boat-{number}", lambda boat: boat.leave(number, START))
    except StoreFull:
        return False
    return True


def sighted(harbour: Harbour) -> set[str]:
    return {one.id for one in harbour.sightings.each({}) if one.times == 1}


def test_commands_are_refused_and_what_was_accepted_is_kept(harbour: Harbour) -> None:
    store = cast(SqliteStore, harbour.port.store)
    fill(store.database)
    accepted = [number for number in range(60) if send_out(harbour, number)]
    assert len(accepted) < 60

    make_room(store.database)
    harbour.settle()

    assert sighted(harbour) == {derived_id("sighting", f"boat-{number}") for number in accepted}
    assert send_out(harbour, 100)


def test_events_wait_in_the_outbox_while_the_log_has_no_room(harbour: Harbour) -> None:
    log = cast(EmbeddedLog, harbour.log)
    for number in range(60):
        send_out(harbour, number)
    fill(log.database)
    with pytest.raises(StoreFull):
        harbour.workers[0].settle()
    assert harbour.workers[0].outbox.depth()[0] == 60

    make_room(log.database)
    harbour.settle()

    assert len(sighted(harbour)) == 60
    assert len(list(harbour.log.read([BOATS.name]))) == 60


def test_a_consumer_waits_for_room_and_parks_nothing(harbour: Harbour) -> None:
    for number in range(60):
        send_out(harbour, number)
    harbour.workers[0].settle()
    tower, store = harbour.workers[1], cast(SqliteStore, harbour.tower.store)
    fill(store.database)
    with suppress(StoreFull):  # the loop of a worker goes on
        tower.consumer.step(0)
    assert len(sighted(harbour)) < 60

    make_room(store.database)
    while len(sighted(harbour)) < 60:
        tower.consumer.step(0.05)

    assert not list(tower.dead_letters.waiting())
