"""What happened to an aggregate, kept inside it and bounded: timelines are made of it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.kernel.aggregate import Aggregate

KEPT = 100


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`kind` is a code, `facts` are ids, numbers and codes; `person_id` who did it or whom it is about."""

    at: datetime
    kind: str
    person_id: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True)
class Remembering(Aggregate):
    """An aggregate that keeps its last hundred happenings."""

    history: list[Entry] = field(default_factory=list)

    def note(self, kind: str, at: datetime, person_id: str | None = None, **facts: Any) -> None:
        self.history.append(Entry(at=at, kind=kind, person_id=person_id, facts=facts))
        del self.history[:-KEPT]
