"""What the portal asks of matching about files of the directory."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.portal.clients.calls import Answer, Calls, Json, Page

PLACE = "/directory/files"


@dataclass(frozen=True)
class DirectoryUpload:
    """A file as the browser sent it; `columns` as `id=Staff No`."""

    extent: str
    columns: Sequence[str]
    filename: str
    content: Any


@dataclass(frozen=True)
class DirectoryFiles:
    calls: Calls

    def begin(self, upload: DirectoryUpload, key: str) -> str:
        file = {"file": (upload.filename, upload.content, "text/csv")}
        data = {"extent": upload.extent, "column": list(upload.columns)}
        return self.calls.send("POST", PLACE, data=data, files=file, key=key).made

    def all(self, **query: str) -> Page:
        return self.calls.page(PLACE, **query)

    def one(self, file_id: str) -> Json:
        return self.calls.get(f"{PLACE}/{file_id}")

    def lines(self, file_id: str, **query: str) -> Page:
        return self.calls.page(f"{PLACE}/{file_id}/lines", **query)

    def apply(self, file_id: str, leaving: int | None, key: str) -> Answer:
        return self.calls.send("POST", f"{PLACE}/{file_id}/application", json={"leaving": leaving}, key=key)

    def discard(self, file_id: str, key: str) -> Answer:
        return self.calls.send("POST", f"{PLACE}/{file_id}/cancellation", key=key)
