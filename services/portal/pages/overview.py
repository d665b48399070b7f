"""The programme at a glance: where it is, what is next, what to do and how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from services.portal.pages import figures, todo
from services.portal.pages.numbers import Numbers
from services.portal.pages.wording import PROGRAMME_STATES

PHASES = ("recruiting", "matching", "running", "closing", "closed")
OVER = (None, "cancelled", "failed", "discarded")


@dataclass(frozen=True)
class Next:
    """The one thing to do next, in the sea panel."""

    title: str
    text: str
    button: str
    href: str


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

    def tiles(self) -> list[todo.Tile]:
        return todo.tiles(self.numbers)

    def busy(self) -> int:
        return sum(1 for tile in self.tiles() if tile.count)

    def stats(self) -> list[figures.Stat]:
        return figures.stats(self.numbers)

    def funnel(self) -> list[figures.Step]:
        return figures.funnel(self.numbers)

    def most(self) -> int:
        return max((step.count for step in self.funnel()), default=0)

    def week(self) -> tuple[int, int]:
        """This week of the programme, and of how many."""
        starts, ends = (date.fromisoformat(self.programme[name]) for name in ("starts_on", "ends_on"))
        whole = max(1, (ends - starts).days // 7)
        return min(max((self.now.date() - starts).days // 7 + 1, 0), whole), whole

    def has_begun(self) -> bool:
        return self.programme.get("state") != "draft" and self.week()[0] > 0

    def phases(self) -> list[tuple[str, str]]:
        """Each phase with done, current or to-come."""
        state = str(self.programme.get("state"))
        at = PHASES.index(state) if state in PHASES else -1
        standing = ["done" if i < at else "current" if i == at else "to-come" for i in range(len(PHASES))]
        return [(str(PROGRAMME_STATES[name].text), how) for name, how in zip(PHASES, standing, strict=True)]

    def next(self) -> Next:
        """From the programme's people and its newest run: one thing, never two."""
        summary = self.numbers.summary
        if not summary.get("mentors") or not summary.get("mentees"):
            return self.bring_people()
        latest: Mapping[str, Any] = next(iter(self.numbers.parts["runs"] or []), {})
        if latest.get("state") == "proposed" and latest.get("matched"):
            return self.look_at(latest["id"])
        came_to_nothing = latest.get("state") in OVER or latest.get("matched") == 0
        return self.match_people() if came_to_nothing and not summary.get("matched") else self.look_after_pairs()

    def bring_people(self) -> Next:
        text = _("A list of mentors and one of mentees, as CSV. You check every column before anything is kept.")
        link = self.numbers.link("imports.begin")
        return Next(_("Bring the people aboard"), text, _("Import people"), link)

    def look_at(self, run_id: str) -> Next:
        text = _("Nothing has been sent. Look at the weakest pairs first, then publish.")
        link = url_for("runs.run", run_id=run_id)
        return Next(_("Look at the proposed pairs"), text, _("Review and publish"), link)

    def match_people(self) -> Next:
        text = _("Everyone is here. The run takes a moment and changes nothing until you publish it.")
        return Next(_("Match the people"), text, _("Go to matching"), self.numbers.link("runs.matching"))

    def look_after_pairs(self) -> Next:
        text = _("Mentoring goes its way; whoever falls silent shows up above.")
        return Next(_("See how the pairs are doing"), text, _("See pairs"), self.numbers.link("pairs.of_programme"))
