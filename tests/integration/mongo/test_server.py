"""What happens between us and a server: errors without content, servers that cannot be used, kill -9."""

import threading
import traceback
from collections.abc import Iterator
from contextlib import closing

import pytest
from pymongo.errors import BulkWriteError

from shared.kernel.errors import Unavailable
from shared.kernel.ids import new_id
from shared.mongo import probe
from shared.mongo.store import MongoStore
from shared.store.documents import Index, Taken, Write
from tests.contract.store_builders import a_document, an_envelope, changed, written
from tests.engines.child import free_port
from tests.engines.mongo_server import MongoServer

SECRET = "Ada Lovelace"


@pytest.fixture
def store(mongo_url: str) -> Iterator[MongoStore]:
    with closing(MongoStore(f"{mongo_url.rstrip('/')}/t{new_id()[:8]}", "test")) as opened:
        yield opened
        opened.drop()


def test_no_error_of_a_batch_leaves_with_a_document(store: MongoStore, monkeypatch: pytest.MonkeyPatch) -> None:
    people = store.documents("people")
    details = {"writeErrors": [{"index": 1, "code": 8000, "errmsg": SECRET, "op": {"name": SECRET}}]}

    def fail(*_: object, **__: object) -> None:
        raise BulkWriteError(details)
    monkeypatch.setattr(people.collection, "insert_many", fail)

    with pytest.raises(Unavailable) as refusal:
        people.insert([Write(a_document(one, name=SECRET), ()) for one in "ab"])

    assert SECRET not in "".join(traceback.format_exception(refusal.value))


def test_a_taken_value_is_not_named(store: MongoStore) -> None:
    people = store.documents("people", [Index(("name",), unique=True)])
    written(people, a_document("a", name=SECRET))
    written(people, a_document("b", name="b"))

    with pytest.raises(Taken) as refusal:
        people.replace(Write(a_document("b", version=1, name=SECRET), ()), 0)

    assert SECRET not in "".join(traceback.format_exception(refusal.value))


def test_what_lost_to_a_deadlock_is_tried_again(store: MongoStore, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = store.documents("pairs")
    insert_many, failures = pairs.collection.insert_many, iter([16908292])

    def sometimes(documents: list[dict[str, object]], **options: object) -> object:
        for code in failures:
            insert_many(documents[:1], ordered=False)
            raise BulkWriteError({"writeErrors": [{"index": 1, "code": code, "errmsg": "deadlock detected"}]})
        return insert_many(documents, ordered=False)
    monkeypatch.setattr(pairs.collection, "insert_many", sometimes)

    assert pairs.insert([Write(a_document(one), ()) for one in "ab"]) == [True, True]
    assert pairs.count({}) == 2


def test_a_server_that_is_away_is_named_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unavailable, match="does not answer"):
        MongoStore(f"mongodb://127.0.0.1:{free_port()}/?serverSelectionTimeoutMS=200", "test")


def test_a_url_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="URL"):
        MongoStore("mongodb://:secret@", "test")


@pytest.mark.parametrize("build", [{"ferretdbVersion": "v1.24.0"}, {"ferretdb": {"version": "v1.24.2"}}])
def test_a_server_that_loses_updates_is_refused(build: dict[str, object]) -> None:
    with pytest.raises(Unavailable, match="loses acknowledged updates"):
        probe.require_known(build)


@pytest.mark.parametrize("build", [{"version": "7.0.42", "ferretdb": {"version": "v2.7.0"}}, {"version": "8.0.4"}])
def test_other_servers_are_known_to_work(build: dict[str, object]) -> None:
    probe.require_known(build)


def test_what_a_server_lacks_is_named(mongo_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(probe.CHECKS, "unique indexes", lambda collection, own: False)

    with pytest.raises(Unavailable, match="lacks: unique indexes"):
        MongoStore(mongo_url, "lacking")


def test_writes_are_acknowledged_by_a_majority_and_the_journal(store: MongoStore) -> None:
    concern = store.documents("pairs").collection.write_concern.document

    assert concern == {"w": "majority", "j": True}


def test_nothing_acknowledged_is_lost_by_kill_9(mongo_url: str) -> None:
    with MongoServer(durable=True) as server, closing(MongoStore(server.url, "test")) as store:
        pairs, acknowledged = written(store.documents("pairs"), a_document()), 0
        threading.Timer(0.4, server.kill9).start()
        try:
            while changed(pairs, "p1", an_envelope(acknowledged + 1)):
                acknowledged += 1
        except Unavailable:
            pass
        server.child.process.wait() if server.child.process else None
        server.start()

        found = pairs.get("p1") or {}
        depth, _ = store.outbox().depth()

    assert acknowledged > 0
    assert found["version"] in (acknowledged, acknowledged + 1)
    assert depth == found["version"]
