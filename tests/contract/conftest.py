"""Every document engine in turn: `store` is one service's, `again` opens the same one as another process would."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from shared.kernel.ids import new_id
from shared.mongo.store import MongoStore
from shared.sqlite.database import Database
from shared.sqlite.documents import SqliteStore
from shared.store.documents import Store

Opening = Callable[[], Store]


@pytest.fixture(params=["sqlite", pytest.param("mongo", marks=pytest.mark.mongo)])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opening]:
    """Opens the store of this test."""
    if request.param == "sqlite":
        yield lambda: SqliteStore(Database(str(tmp_path / "test.db")), "test")
        return
    url = f"{request.getfixturevalue('mongo_url').rstrip('/')}/t{new_id()[:8]}"
    yield lambda: MongoStore(url, "test")
    with closing(MongoStore(url, "test")) as last:
        last.drop()


@pytest.fixture
def store(opening: Opening) -> Iterator[Store]:
    with closing(opening()) as opened:
        yield opened


@pytest.fixture
def again(opening: Opening) -> Iterator[Iterator[Store]]:
    opened: list[Store] = []

    def more() -> Iterator[Store]:
        while True:
            opened.append(opening())
            yield opened[-1]
    yield more()
    for one in opened:
        one.close()
