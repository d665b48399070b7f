"""The programme at a glance: where it is, what is next, what to do and how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from services.portal.clients.calls import Json
from services.portal.pages import figures, todo
from services.portal.pages.next_step import Aside, Next, asides, next_of, of_phase
from services.portal.pages.numbers import Numbers
from services.portal.pages.quality import Place, places
from services.portal.pages.reading import date_in
from services.portal.pages.wording import PROGRAMME_STATES

PHASES = ("recruiting", "matching", "running", "closing", "closed")


@dataclass(frozen=True)
class Overview:
    """Everything the page shows."""

    numbers: Numbers
    now: datetime

    @property
    def programme(self) -> Mapping[str, Any]:
        return self.numbers.programme

    @property
    def missing(self) -> tuple[str, ...]:
        return self.numbers.parts.missing

    @property
    def as_of(self) -> str | None:
        """The oldest of what the list of things to do is counted from."""
        told = [self.numbers.part(one).get("as_of") for one in ("summary", "check_ins", "messages")]
        return min((str(one) for one in told if one), default=None)

    def tiles(self) -> list[todo.Tile]:
        return todo.tiles(self.numbers)

    def busy(self) -> int:
        return sum(1 for tile in self.tiles() if tile.count)

    def stats(self) -> list[figures.Stat]:
        return figures.stats(self.numbers)

    def loads(self) -> list[Place]:
        """Mentors by how many places they have."""
        return list(places(self.numbers.summary.get("by_places") or ()))

    def funnel(self) -> list[figures.Step]:
        return figures.funnel(self.numbers)

    def most(self) -> int:
        return max((step.count for step in self.funnel()), default=0)

    def week(self) -> tuple[int, int]:
        """This week of the programme, and of how many."""
        starts, ends = (date.fromisoformat(self.programme[name]) for name in ("starts_on", "ends_on"))
        whole, today = max(1, (ends - starts).days // 7), date_in(self.now, self.programme.get("time_zone"))
        return min(max((today - starts).days // 7 + 1, 0), whole), whole

    def has_begun(self) -> bool:
        return self.programme.get("state") != "draft" and self.week()[0] > 0

    def phases(self) -> list[tuple[str, str]]:
        """Each phase with done, current or to-come."""
        state = str(self.programme.get("state"))
        at = PHASES.index(state) if state in PHASES else -1
        standing = ["done" if i < at else "current" if i == at else "to-come" for i in range(len(PHASES))]
        return [(str(PROGRAMME_STATES[name].text), how) for name, how in zip(PHASES, standing, strict=True)]

    @cached_property
    def next(self) -> Next | None:
        """One thing, never two; None where it is not known."""
        return next_of(self.numbers)

    def asides(self) -> list[Aside]:
        return asides(self.numbers, self.next)

    def checklist(self) -> list[Json]:
        """What is to be done in the present phase."""
        return of_phase(self.numbers)

    def done(self) -> int:
        return sum(1 for one in self.checklist() if one["done"])
