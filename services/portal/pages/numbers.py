"""What the services count of one programme, as the overview reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from services.portal.clients.together import Parts


@dataclass(frozen=True)
class Numbers:
    """A part that nobody answered counts nothing, and the page says so."""

    programme: Mapping[str, Any]
    parts: Parts
    time_zone: str = "UTC"

    @property
    def summary(self) -> Mapping[str, Any]:
        """Matching's own figures."""
        return self.part("summary")

    def part(self, name: str) -> Mapping[str, Any]:
        return self.parts[name] or {}

    def state(self, part: str, state: str) -> int:
        """How many are in this state."""
        return int((self.part(part).get("states") or {}).get(state, 0))

    def counted(self, part: str, count: int) -> int | None:
        """None when the part is missing: not the same as none at all."""
        return None if self.parts[part] is None else count

    def mine(self, queue: str) -> bool:
        """Whether this work is put before whoever looks; all is, where nobody knows."""
        mine = self.part("charge").get("mine")
        return mine is None or queue in mine

    def link(self, view: str, **query: str) -> str:
        values: dict[str, Any] = {"programme_id": self.programme["id"], **query}
        return url_for(view, **values)
