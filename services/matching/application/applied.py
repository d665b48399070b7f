"""Applications as coordinators look at them: the best by the Ideal Mentor Profile first, counted, and all of a view."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import Role
from services.matching.domain.application import ANSWERED_YES, UNDER_WAY, Application
from services.matching.domain.decision import MOST, TooMany
from shared.kernel.errors import WrongState
from shared.store.documents import Where
from shared.store.repository import Found, Repository

BY_SCORE = "score"
"""An order of applications."""
SCORED = (*UNDER_WAY, *ANSWERED_YES, ApplicationState.DECLINED)
"""They were sent, and so are everybody's to look at."""


def is_by_score(order: str, role: Role | None, state: ApplicationState | None) -> bool:
    """Mentors alone have scores, and those are told of what was sent."""
    return order == BY_SCORE and state in SCORED and role is not Role.MENTEE


class ViewGrew(WrongState):
    """There are more applications in a view than whoever decides about all of them was told of."""

    code = "view-grew"


@dataclass(frozen=True, kw_only=True)
class View:
    """All applications in this state, of one role or of both. `count`: how many there were for whoever chose them."""

    state: ApplicationState
    role: Role | None = None
    count: int = MOST

    def of(self, programme_id: str) -> Where:
        return {"programme_id": programme_id, "state": self.state} | ({"role": self.role} if self.role else {})

    def until(self, programme_id: str, moment: datetime) -> Where:
        """Those of them that were sent by then."""
        return {**self.of(programme_id), "submitted_at": {"$lte": moment}}


@dataclass(frozen=True)
class Applied:
    """Reads alone."""

    store: Repository[Application]

    def count(self, programme_id: str, view: View) -> int:
        """Up to now."""
        return self.store.count(view.of(programme_id))

    def ids(self, programme_id: str, view: View, moment: datetime) -> list[str]:
        """The first sent first. Raises ViewGrew, TooMany."""
        found = self.store.parts(view.until(programme_id, moment), ("submitted_at", "_id"))
        if len(found) > MOST:
            raise TooMany(f"a decision is about {MOST} applications at most: choose one role, or some of them")
        if len(found) > view.count:
            raise ViewGrew("there are more applications by now than you were shown: load the page again and read them")
        return [one for _sent, one in sorted(found)]

    def by_score(self, programme_id: str, state: ApplicationState, limit: int, after: tuple[Any, str] | None
                 ) -> Found[Application]:
        """A page of those of mentors, the highest score first."""
        where = View(state=state, role=Role.MENTOR).of(programme_id)
        return self.store.find(where, "points", limit=limit, after=after, descending=True)
