"""Whether a server that speaks MongoDB's protocol can keep our promises; asked at every start."""

from collections.abc import Callable, Mapping
from typing import Any

from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError, PyMongoError

from shared.kernel.errors import Unavailable
from shared.kernel.ids import new_id
from shared.store.documents import Document

Check = Callable[[Collection[Document], str], bool]


def require_known(build: Mapping[str, Any]) -> None:
    """Raises Unavailable for FerretDB 1.x: under load it loses updates that it acknowledged."""
    found = build.get("ferretdb") or build.get("ferretdbVersion")
    version = str(found.get("version", "") if isinstance(found, Mapping) else found or "")
    if version.removeprefix("v").startswith(("0.", "1.")):
        raise Unavailable(f"FerretDB {version} loses acknowledged updates and gives a lease to two: use 2.7 or newer")


def _compare_and_set(collection: Collection[Document], id: str) -> bool:
    won = collection.update_one({"_id": id, "version": 0}, {"$set": {"version": 1, "kept": "new"}})
    lost = collection.update_one({"_id": id, "version": 0}, {"$set": {"kept": "lost"}})
    return won.matched_count == 1 and lost.matched_count == 0


def _push(collection: Collection[Document], id: str) -> bool:
    entries = [{"sequence": "1"}, {"sequence": "2"}, {"sequence": "3"}]
    collection.update_one({"_id": id, "list.0": {"$exists": False}}, {"$push": {"list": {"$each": entries}}})
    collection.update_one({"_id": id, "list.0": {"$exists": False}}, {"$set": {"list": []}})
    return len((collection.find_one({"_id": id}) or {})["list"]) == 3


def _pull(collection: Collection[Document], id: str) -> bool:
    collection.update_one({"_id": id}, {"$pull": {"list": {"sequence": {"$lte": "2"}}}})
    found = collection.find_one({"_id": id}) or {}
    return bool(found["list"] == [{"sequence": "3"}])


def _unique(collection: Collection[Document], id: str) -> bool:
    collection.create_index([("seat", 1)], unique=True, name="seat")
    try:
        collection.insert_one({"_id": f"{id}/2", "seat": id})
    except DuplicateKeyError:
        return True
    collection.delete_one({"_id": f"{id}/2"})
    return False


def _group(collection: Collection[Document], id: str) -> bool:
    groups = collection.aggregate([{"$match": {"_id": id}}, {"$group": {"_id": "$kept", "number": {"$sum": 1}}}])
    return list(groups) == [{"_id": "new", "number": 1}]


CHECKS: dict[str, Check] = {
    "compare-and-set by update_one": _compare_and_set,
    "$push with $each, and $exists on an array's place": _push,
    "$pull with $lte": _pull,
    "unique indexes": _unique,
    "$match and $group": _group,
}


def probe(database: Database[Document]) -> None:
    """Tries what we need on a document of its own. Raises Unavailable naming all that is missing; PyMongoError when the
    server does not answer."""
    require_known(database.client.server_info())
    collection, own = database["_probe"], new_id()
    collection.insert_one({"_id": own, "version": 0, "seat": own})
    missing = [name for name, check in CHECKS.items() if not _passes(check, collection, own)]
    collection.delete_one({"_id": own})
    if missing:
        raise Unavailable(f"this server cannot be used, it lacks: {'; '.join(missing)}")


def _passes(check: Check, collection: Collection[Document], id: str) -> bool:
    try:
        return check(collection, id)
    except (PyMongoError, KeyError):
        return False
