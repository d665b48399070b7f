"""Whom a figure of the funnel counts: the same ways, by name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.matching.application.applications import Applications
from services.matching.application.funnels import Funnels
from services.matching.contracts.participants import Role
from services.matching.domain.way import Step, Way
from shared.store.documents import EVER
from shared.store.found import Found


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Somebody who reached the step at that time; `person_id` None: nobody any more."""

    id: str
    person_id: str | None
    role: Role
    at: datetime


@dataclass(frozen=True)
class Countings:
    """Rows behind the funnel. A way has the id of its application, which has the person."""

    funnels: Funnels
    applications: Applications

    def of(self, programme_id: str, role: Role, step: Step, limit: int, after: tuple[Any, str] | None
           ) -> Found[Counted]:
        """A page of those whom the step counts in this role; of thousands nobody is looked for when it counts none."""
        if not any(one.count for one in self.funnels.of(programme_id).steps(role) if one.step is step):
            return Found([], None)
        found = self._ways({"programme_id": programme_id, "role": role}, step, limit, after)
        who = self._people([way.id for way in found.items])
        rows = [Counted(id=way.id, person_id=who.get(way.id), role=role, at=way.reached[step]) for way in found.items]
        return Found(rows, found.after)

    def _ways(self, where: dict[str, Any], step: Step, limit: int, after: tuple[Any, str] | None) -> Found[Way]:
        fields = (Step.MET, Step.COMPLETED) if step is Step.MET else (step,)  # in shape 1 nobody met
        pages = [self.funnels.ways.find({**where, f"reached.{one}": EVER}, limit=limit, after=after) for one in fields]
        ways = {way.id: way for page in pages for way in page.items}
        items = [ways[one] for one in sorted(ways)[:limit]]
        more = len(ways) > limit or any(page.after for page in pages)
        return Found(items, (items[-1].id, items[-1].id) if more else None)

    def _people(self, ids: list[str]) -> dict[str, str]:
        """By application, and by participation for whoever came by a file."""
        applied = {one.id: one.person_id for one in self.applications.store.get_many(ids)}
        return applied | {one.id: one.person_id for one in self.applications.participants.store.get_many(ids)}
