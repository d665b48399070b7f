"""Applications as coordinators look at them: the best by the Ideal Mentor Profile first, counted, and all of a view."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import Role
from services.matching.domain.application import Application
from services.matching.domain.decision import MOST, TooMany
from shared.kernel.errors import WrongState
from shared.store.documents import Where
from shared.store.repository import Found, Repository

BY_SCORE = "score"
"""An order of applications."""


class ViewGrew(WrongState):
    """There are more applications in a view than whoever decides about all of them was told of."""

    code = "view-grew"


@dataclass(frozen=True, kw_only=True)
class View:
    """All applications in this state, of one role or of both. `count`: how many there were for whoever chose them."""

    state: ApplicationState
    role: Role | None = None
    count: int = MOST

    def until(self, programme_id: str, moment: datetime) -> Where:
        """Those of them that were sent by then."""
        role = {"role": self.role} if self.role else {}
        return {"programme_id": programme_id, "state": self.state, "submitted_at": {"$lte": moment}, **role}


@dataclass(frozen=True)
class Applied:
    """Reads alone."""

    store: Repository[Application]

    def count(self, programme_id: str, view: View, moment: datetime) -> int:
        return self.store.count(view.until(programme_id, moment))

    def ids(self, programme_id: str, view: View, moment: datetime) -> list[str]:
        """The first sent first. Raises ViewGrew, TooMany."""
        found = self.store.parts(view.until(programme_id, moment), ("submitted_at", "_id"))
        if len(found) > MOST:
            raise TooMany(f"a decision is about {MOST} applications at most: choose one role, or some of them")
        if len(found) > view.count:
            raise ViewGrew("there are more applications by now than you were shown: load the page again and read them")
        return [one for _sent, one in sorted(found)]

    def by_score(self, where: Where, limit: int, after: tuple[Any, str] | None) -> Found[Application]:
        """A page, the highest score first. Whoever was not scored comes last."""
        rows = sorted((-_score(terms), one) for terms, one in self.store.parts(where, ("scored.terms", "_id")))
        if after and isinstance(after[0], int):
            rows = [one for one in rows if one > after]
        ids = [one for _points, one in rows[:limit]]
        known = {one.id: one for one in self.store.get_many(ids)}
        return Found([known[one] for one in ids if one in known], rows[limit - 1] if len(rows) > limit else None)


def _score(terms: list[Mapping[str, Any]] | None) -> int:
    return sum(int(one["points"]) for one in terms or ())
