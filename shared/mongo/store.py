"""The document engine on MongoDB and what speaks its protocol."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bson.codec_options import CodecOptions
from pymongo import MongoClient
from pymongo.collection import Collection
from pymongo.errors import ConfigurationError
from pymongo.uri_parser import parse_uri

from shared.kernel.errors import DomainError
from shared.mongo.documents import MongoDocuments
from shared.mongo.errors import our_words, steady
from shared.mongo.outbox import MongoOutbox
from shared.mongo.probe import CHECKS, probe
from shared.store.documents import Document, Index

PATIENCE = {"serverSelectionTimeoutMS": 5_000, "connectTimeoutMS": 5_000, "socketTimeoutMS": 30_000}
_GENERATION = {"_id": "generation"}


class MongoStore:
    """One database a service: `<service>`, or `<name>-<service>` where the URL names a database.

    Every write is acknowledged by a majority and in its journal. The URL may set what else PyMongo knows
    (`retryWrites`, `authSource`, `tls…`). Open it after a fork, never before.
    """

    looks = (0.05, 0.5)

    def __init__(self, url: str, service: str) -> None:
        """Raises Unavailable where the server is away or cannot do what is needed, ValueError for a URL that is
        none."""
        named, patience = _read(url)
        self._client: MongoClient[Document] = MongoClient(url, w="majority", journal=True, tz_aware=True, tzinfo=UTC,
                                                          **patience)
        options: CodecOptions[Document] = CodecOptions(tz_aware=True, tzinfo=UTC)
        self._database = self._client.get_database(f"{named}-{service}" if named else service, codec_options=options)
        self._documents: dict[str, MongoDocuments] = {}
        self._outbox = MongoOutbox(self._collections)
        self._generation = self._first_look()

    def _first_look(self) -> int:
        try:
            with our_words():
                probe(self._database)
            return self._stored_generation()
        except DomainError:
            self._client.close()
            raise

    @steady
    def _stored_generation(self) -> int:
        meta = self._database["_meta"]
        meta.update_one(_GENERATION, {"$setOnInsert": {"value": 1}}, upsert=True)
        return int((meta.find_one(_GENERATION) or {"value": 1})["value"])

    @property
    def generation(self) -> int:
        return self._generation

    def ringing(self, collections: Sequence[str], now: datetime) -> set[str]:  # noqa: ARG002 - the port's
        """All of them: to ask is as dear as to look."""
        return {*collections}

    @steady
    def raise_generation(self) -> int:
        self._database["_meta"].update_one(_GENERATION, {"$inc": {"value": 1}})
        self._generation = self._stored_generation()
        return self._generation

    def documents(self, name: str, indexes: Sequence[Index] = ()) -> MongoDocuments:
        self._documents[name] = MongoDocuments(self._database[name], self._database["_tombstones"], indexes)
        return self._documents[name]

    @steady
    def remove(self, name: str) -> None:
        self._documents.pop(name, None)
        self._database.drop_collection(name)

    def _collections(self) -> Mapping[str, Collection[Document]]:
        return {name: documents.collection for name, documents in self._documents.items()}

    def outbox(self) -> MongoOutbox:
        return self._outbox

    @steady
    def ping(self) -> None:
        self._client.admin.command("ping")

    @steady
    def describe(self) -> dict[str, str]:
        build: dict[str, Any] = self._client.server_info()
        wire: dict[str, Any] = self._client.admin.command("isMaster")  # all know it; not all that speak it know hello
        places = ",".join(f"{host}:{port}" for host, port in sorted(self._client.nodes))
        written: dict[str, Any] = self._database.write_concern.document
        return {"engine": "mongodb", "version": str(build.get("version", "")), "place": places,
                "database": self._database.name, "wire version": str(wire["maxWireVersion"]),
                "write concern": str(written["w"]), "journal": "yes" if written["j"] else "no",
                "checked at the start": ", ".join(CHECKS)}

    def drop(self) -> None:
        """Removes everything of this service, for tests."""
        with our_words():
            self._client.drop_database(self._database)

    def close(self) -> None:
        self._client.close()


def _read(url: str) -> tuple[str | None, dict[str, Any]]:
    """The database that the URL names, and how long to wait for the server where it says nothing else."""
    try:
        parsed: dict[str, Any] = parse_uri(url)
    except ConfigurationError as error:
        raise ValueError(f"not a URL of a MongoDB server: {type(error).__name__}") from None
    return parsed["database"], {name: value for name, value in PATIENCE.items() if name not in parsed["options"]}
