"""Every index that a service declares stands on the server as declared. Whether a query uses one is shown on SQLite,
which has the same ones (`tests/unit/matching/test_lists.py`): the server of these tests cannot explain a query."""

from collections.abc import Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest

from deploy.standalone.environment import environment
from deploy.standalone.house import SERVICES
from shared.kernel.ids import new_id
from shared.mongo.documents import MongoDocuments
from shared.store.documents import Index


@pytest.mark.parametrize("service", SERVICES)
def test_every_index_of_a_service_stands_as_declared(
        service: str, mongo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    declared: dict[str, list[tuple[list[str], bool]]] = {}
    found: dict[str, list[tuple[list[str], bool]]] = {}
    make = MongoDocuments._make_indexes

    def made(documents: MongoDocuments, indexes: Sequence[Index]) -> None:
        make(documents, indexes)
        standing = documents.collection.index_information()
        declared[documents.name] = [([*one.columns], one.unique) for one in indexes]
        found[documents.name] = [([field for field, _ in standing[one.name]["key"]],
                                  standing[one.name].get("unique", False)) for one in indexes]
    monkeypatch.setattr(MongoDocuments, "_make_indexes", made)
    given = {"STORE_URL": f"{mongo_url.rstrip('/')}/i{new_id()[:8]}"}
    settings = import_module(f"services.{service}.settings").read(environment(tmp_path, "http://127.0.0.1", given))

    worker = import_module(f"services.{service}.entrypoints.worker").open_worker(settings)
    with closing(worker.backbone.log), closing(worker.backbone):
        worker.stop()

    assert any(len(indexes) > 2 for indexes in declared.values())
    assert found == declared
