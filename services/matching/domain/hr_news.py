"""What HR has told of somebody whom nobody here knows yet, or not by that name."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from services.matching.domain.directory import Leave
from services.matching.domain.person import folded
from shared.kernel.aggregate import Aggregate

KEPT_FOR = timedelta(days=7)
"""HR may tell of the whole company, and the directory bring some of it, a little later: whoever has not come by then is
not ours."""

Facts = dict[str, Any]
Leaves = tuple[Leave, ...]


def begun(leaves: Leaves, leave: Leave) -> Leaves:
    """With this leave, in the place of one that begins on the same day."""
    return (*(one for one in leaves if one.starts_on != leave.starts_on), leave)


def ended(leaves: Leaves, back_on: date) -> Leaves:
    """Each ends the day before at the latest; whatever would begin later does not come."""
    return tuple(_until(one, back_on - timedelta(days=1)) for one in leaves if one.starts_on < back_on.isoformat())


def _until(leave: Leave, day: date) -> Leave:
    last = day.isoformat()
    return replace(leave, ends_on=min(last, leave.ends_on or last))


@dataclass(kw_only=True)
class HrNews(Aggregate):
    """Of one name, under the id that whoever is new and bears it will have. `facts` are those of a move, as HR spells
    them; `back_on` is the first day after the last leave that ended."""

    facts: Facts = field(default_factory=dict)
    leaves: Leaves = ()
    back_on: str = ""

    @classmethod
    def begin(cls, person_id: str, at: datetime) -> "HrNews":
        news = cls(id=person_id)
        news.set_timer("lapse", at + KEPT_FOR)
        return news

    def move(self, facts: Mapping[str, Any]) -> None:
        """What is said later holds."""
        self.facts |= {name: fact for name, fact in facts.items() if fact is not None}

    def leave(self, leave: Leave) -> None:
        self.leaves = begun(self.leaves, leave)

    def end_leave(self, back_on: date) -> None:
        self.leaves, self.back_on = ended(self.leaves, back_on), back_on.isoformat()

    def leaves_after(self, known: Leaves) -> Leaves:
        """Of somebody whose other leaves were known before."""
        left = ended(known, date.fromisoformat(self.back_on)) if self.back_on else known
        for leave in self.leaves:
            left = begun(left, leave)
        return left

    def forget(self, names: set[str]) -> None:
        """Without somebody else; `names` are folded."""
        self.facts = {name: fact for name, fact in self.facts.items()
                      if name != "manager_id" or folded(fact) not in names}
