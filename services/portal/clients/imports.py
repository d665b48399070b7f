"""What the portal asks of matching about files of people for a programme."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.portal.clients.calls import Answer, Calls, Json, Page


@dataclass(frozen=True)
class Upload:
    """A file as the browser sent it."""

    role: str
    filename: str
    content: Any


@dataclass(frozen=True)
class Imports:
    calls: Calls

    def begin(self, programme_id: str, upload: Upload, key: str) -> str:
        file = {"file": (upload.filename, upload.content, "text/csv")}
        path = f"/programmes/{programme_id}/imports"
        return self.calls.send("POST", path, data={"role": upload.role}, files=file, key=key).made

    def of_programme(self, programme_id: str, **query: str) -> Page:
        return self.calls.page(f"/programmes/{programme_id}/imports", **query)

    def one(self, import_id: str) -> Json:
        return self.calls.get(f"/imports/{import_id}")

    def map_columns(self, import_id: str, mapping: Mapping[str, str]) -> Answer:
        return self.calls.send("PUT", f"/imports/{import_id}/mapping", json={"mapping": dict(mapping)})

    def start(self, import_id: str, key: str, *, bring_back: bool) -> Answer:
        """`bring_back`: those as well whom a coordinator took out."""
        return self.calls.send("POST", f"/imports/{import_id}/start", json={"bring_back": bring_back}, key=key)
