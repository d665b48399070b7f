"""The service that is measured: people write notes. It has all that a service has, and no rules that take time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from shared.kernel.aggregate import Aggregate
from shared.kernel.events import Event
from shared.messaging.envelope import Received
from shared.messaging.log import Topic
from shared.store.documents import Document
from shared.store.repository import Repository

NOTES = Topic("bench.notes.v1")
AUTHOR = "b1c0a7de-7d2f-4a0c-9a55-3f0a5d7d2e01"
LONG = timedelta(hours=12)


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Event):
    """Somebody wrote a note."""

    type: ClassVar[str] = "bench.note-written.v1"
    topic: ClassVar[str] = NOTES.name
    key_field: ClassVar[str] = "note_id"

    note_id: str
    author: str
    text: str
    written_at: datetime


@dataclass(kw_only=True)
class Note(Aggregate):
    """What somebody wrote."""

    author: str
    text: str
    written_at: datetime

    @classmethod
    def write(cls, id: str, author: str, text: str, at: datetime) -> "Note":
        note = cls(id=id, author=author, text=text, written_at=at)
        note.record(NoteWritten(note_id=id, author=author, text=text, written_at=at), at)
        return note

    def correct(self, text: str, at: datetime) -> None:
        self.text = text
        self.record(NoteWritten(note_id=self.id, author=self.author, text=text, written_at=self.written_at), at)


@dataclass(kw_only=True)
class Copy(Aggregate):
    """What a reader keeps of a note."""

    author: str
    text: str


@dataclass(frozen=True)
class Reader:
    """Keeps a copy of every note it hears of."""

    copies: Repository[Copy]

    def on_note_written(self, event: Received) -> None:
        data = event.data or {}
        self.copies.add(Copy(id=event.key, author=data["author"], text=data["text"]), cause=event)


def text(number: int) -> str:
    """The text of one note: as long as that of most of our documents, and found again by its number."""
    return f"note {number:08d} " + "what we agreed on when we met last week; " * 6


def same(ours: list[Document], theirs: list[Document]) -> None:
    """Raises AssertionError unless both kept the same, but for ids that are fresh and the time of the day."""
    assert len(ours) == len(theirs), f"{len(ours)} documents of ours, {len(theirs)} of theirs"
    assert _comparable(ours) == _comparable(theirs), "other documents than theirs"


def _comparable(documents: list[Document]) -> list[dict[str, Any]]:
    kept = [{name: value for name, value in one.items() if name not in ("_id", "written_at")} for one in documents]
    return sorted(kept, key=lambda one: str(one["text"]))
