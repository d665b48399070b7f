"""Community over HTTP while the disk is full, and while too much waits to be published."""

from dataclasses import replace
from typing import cast

import pytest
from flask import Flask

from services.community.contracts.training import TrainingCompleted
from services.community.entrypoints.http import make_app
from shared.kernel.events import Sequence
from shared.messaging.envelope import Outgoing
from shared.sqlite.database import Database
from shared.sqlite.documents import SqliteStore
from shared.store.documents import MAX_WAITING
from tests.unit.community.house import CommunityHouse
from tests.unit.surveys.calling import PUBLIC_KEY, Caller


@pytest.fixture
def app(house: CommunityHouse) -> Flask:
    house.create_pair("1")
    return make_app(house.community, replace(house.settings, token_key=PUBLIC_KEY), house.backbone)


def complete(house: CommunityHouse, app: Flask, person: str = "mentee-1") -> tuple[int, str | None, str | None]:
    """Status, when to ask again, and the code of the problem; always under the same key."""
    place = f"/assignments/{house.assignment(person).id}/completion"
    answer = Caller(app, person)("POST", place, Idempotency_Key="key-1")
    return answer.status_code, answer.headers.get("Retry-After"), answer.json.get("code")


def limit_pages(database: Database, pages: int) -> None:
    database.write(lambda db: db.execute(f"PRAGMA max_page_count={pages}"))


def test_commands_are_refused_while_the_disk_is_full_and_taken_with_the_same_key_later(
        house: CommunityHouse, app: Flask) -> None:
    people = [f"mentee-{number}" for number in range(20)]
    for number in range(20):
        house.world.create_pair(str(number))
    house.settle()
    database = cast(SqliteStore, house.backbone.store).database
    database.reading.execute("VACUUM")  # what was published has left room behind
    [[pages]] = database.all("PRAGMA page_count")
    limit_pages(database, pages + 5)  # soon SQLite says what it says of a full disk

    first = [complete(house, app, person) for person in people]
    limit_pages(database, 1_000_000)
    again = [complete(house, app, person) for person in people]
    house.settle()

    assert set(first) == {(200, None, None), (503, "60", "store-full")}
    assert set(again) == {(200, None, None)}
    assert sorted(house.told()) == sorted([(kind, key) for key in people for kind in ("assigned", "completed")]
                                          + [("assigned", f"mentor-{number}") for number in range(20)])


def test_a_full_outbox_refuses_the_command_until_the_log_is_back(house: CommunityHouse, app: Flask) -> None:
    store = cast(SqliteStore, house.backbone.store)
    source = f"/community/assignments/{house.assignment('mentee-1').id}"
    waiting = [Outgoing(id=str(number), source=source, sequence=Sequence(1, number), type=TrainingCompleted.type,
                        topic=TrainingCompleted.topic, key="mentee-1", time="2027-03-01T08:00:00.000Z", data={})
               for number in range(2, MAX_WAITING + 2)]
    store.database.write(lambda db: store.letters.append(db, waiting))

    assert complete(house, app) == (503, "30", "outbox-full")
    house.worker.relay.step()
    house.worker.relay.step()

    assert complete(house, app) == (200, None, None)
