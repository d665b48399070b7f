"""The programme at a glance: what to do, how it stands, from invitation to completion."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.portal.clients.together import Parts
from services.portal.pages.reading import share
from services.portal.pages.wording import PROGRAMME_STATES

PHASES = ("recruiting", "matching", "running", "closing", "closed")
STEPS: dict[str, LazyString] = {
    "invited": _l("Invited"),
    "applied": _l("Applied"),
    "approved": _l("Approved"),
    "matched": _l("Matched"),
    "active": _l("Under way"),
    "met": _l("Met"),
    "completed": _l("Completed"),
}
MATCH_TARGET = 70


@dataclass(frozen=True)
class Tile:
    """One list that may need the coordinator. None when its service did not answer."""

    count: int | None
    what: str
    clear: str
    verb: str
    href: str


@dataclass(frozen=True)
class Stat:
    """A figure with its base."""

    label: str
    figure: str
    context: str
    href: str


@dataclass(frozen=True)
class Step:
    """One step of the funnel."""

    name: str
    count: int
    before: str
    target: float | None


@dataclass(frozen=True)
class Next:
    """The one thing to do next, in the sea panel."""

    title: str
    text: str
    button: str
    href: str


@dataclass(frozen=True)
class Overview:
    """Reads the numbers; a part that is missing leaves its tiles and figures empty, and the page says so."""

    programme: Mapping[str, Any]
    parts: Parts
    now: datetime

    @property
    def missing(self) -> tuple[str, ...]:
        return self.parts.missing

    @property
    def summary(self) -> Mapping[str, Any]:
        return self.parts["summary"] or {}

    @property
    def as_of(self) -> str | None:
        return self.summary.get("as_of")

    def link(self, view: str, **query: str) -> str:
        values: dict[str, Any] = {"programme_id": self.programme["id"], **query}
        return url_for(view, **values)

    def week(self) -> tuple[int, int]:
        """This week of the programme, and of how many."""
        starts, ends = (date.fromisoformat(self.programme[name]) for name in ("starts_on", "ends_on"))
        whole = max(1, (ends - starts).days // 7)
        return min(max((self.now.date() - starts).days // 7 + 1, 0), whole), whole

    def tiles(self) -> list[Tile]:
        to_do = self.summary.get("to_do") or {}
        return [
            self.approvals(to_do),
            self.drafts(to_do),
            self.silent(),
            self.bounced(),
            self.waiting(to_do),
            self.cases(),
        ]

    def approvals(self, to_do: Mapping[str, Any]) -> Tile:
        count = self.counted("summary", to_do.get("to_approve", 0))
        text = (_("people to approve"), _("Nobody waits for approval"), _("Approve"))
        return Tile(count, *text, self.link("programmes.people"))

    def drafts(self, to_do: Mapping[str, Any]) -> Tile:
        count = self.counted("summary", to_do.get("drafts_to_publish", 0))
        text = (_("runs to publish"), _("No drafts to publish"), _("Review"))
        return Tile(count, *text, self.link("runs.matching"))

    def silent(self) -> Tile:
        counts = self.parts["check_ins"] or {}
        text = (_("check-ins without an answer"), _("Every check-in is answered"), _("See pairs"))
        return Tile(
            self.counted("check_ins", counts.get("missed", 0)),
            *text,
            self.link("pairs.of_programme", state="active"),
        )

    def bounced(self) -> Tile:
        counts = self.parts["messages"] or {}
        text = (_("mails that failed"), _("All mail went out"), _("See people"))
        return Tile(self.counted("messages", counts.get("failed", 0)), *text, self.link("programmes.people"))

    def waiting(self, to_do: Mapping[str, Any]) -> Tile:
        count = self.counted("summary", to_do.get("pairs_waiting", 0))
        text = (_("pairs that have not begun"), _("Every pair is under way"), _("See pairs"))
        return Tile(count, *text, self.link("pairs.of_programme", state="awaiting-training"))

    def cases(self) -> Tile:
        open_ones = [one for one in self.parts["cases"] or [] if one.get("state") not in ("resolved", "withdrawn")]
        text = (_("open tasks"), _("No open tasks"), _("Open"))
        return Tile(self.counted("cases", len(open_ones)), *text, self.link("tasks.of_programme"))

    def counted(self, part: str, count: int) -> int | None:
        return None if self.parts[part] is None else count

    def busy(self) -> int:
        return sum(1 for tile in self.tiles() if tile.count)

    def stats(self) -> list[Stat]:
        return [*self.supply(), self.answered(), self.trained(), self.mail()]

    def supply(self) -> list[Stat]:
        now = self.summary
        mentees, mentors, matched = (now.get(name) or 0 for name in ("mentees", "mentors", "matched"))
        people, pairs = self.link("programmes.people"), self.link("pairs.of_programme")
        ratio = f"1 : {mentees / mentors:.1f}" if mentors else "–"
        base = _(
            "%(matched)s of %(mentees)s mentees · target %(target)s%%",
            matched=matched,
            mentees=mentees,
            target=MATCH_TARGET,
        )
        both = _("%(mentors)s mentors for %(mentees)s mentees", mentors=mentors, mentees=mentees)
        seats = _("of %(all)s seats", all=now.get("seats") or 0)
        return [
            Stat(_("Match rate"), share(matched, mentees), base, pairs),
            Stat(_("Mentors to mentees"), ratio, both, people),
            Stat(
                _("Free mentor seats"),
                str(now.get("free_seats", "–")),
                seats,
                self.link("programmes.people", state="mentor"),
            ),
        ]

    def answered(self) -> Stat:
        counts = self.parts["check_ins"] or {}
        done, sent = counts.get("answered", 0), sum(counts.get(name, 0) for name in ("answered", "missed"))
        context = _("%(done)s of %(sent)s that are due", done=done, sent=sent)
        return Stat(_("Check-ins answered"), share(done, sent), context, self.link("pairs.of_programme"))

    def trained(self) -> Stat:
        counts = self.parts["training"] or {}
        done, due = (
            counts.get("completed", 0),
            sum(counts.get(name, 0) for name in ("assigned", "completed", "overdue")),
        )
        context = _("%(done)s of %(due)s have done the kick-off", done=done, due=due)
        return Stat(_("Training"), share(done, due), context, self.link("programmes.people"))

    def mail(self) -> Stat:
        counts = self.parts["messages"] or {}
        context = _("%(failed)s failed", failed=counts.get("failed", 0))
        return Stat(_("Mails sent"), str(counts.get("accepted", "–")), context, self.link("programmes.people"))

    def funnel(self) -> list[Step]:
        told = [step for step in self.summary.get("funnel") or [] if step.get("step") in STEPS]
        counts = [int(step.get("count") or 0) for step in told]
        return [self.step(told[at], counts[at - 1] if at else None) for at in range(len(told))]

    def step(self, told: Mapping[str, Any], before: int | None) -> Step:
        return Step(
            str(STEPS[told["step"]]),
            int(told.get("count") or 0),
            share(told.get("count"), before),
            told.get("target"),
        )

    def most(self) -> int:
        return max((step.count for step in self.funnel()), default=0)

    def phases(self) -> list[tuple[str, str]]:
        """Each phase with done, current or to-come."""
        state = str(self.programme.get("state"))
        at = PHASES.index(state) if state in PHASES else -1
        standing = ["done" if i < at else "current" if i == at else "to-come" for i in range(len(PHASES))]
        return [(str(PROGRAMME_STATES[name].text), how) for name, how in zip(PHASES, standing, strict=True)]

    def next(self) -> Next:
        """From the programme's state and its runs: one thing, never two."""
        summary = self.summary
        if not summary.get("mentors") or not summary.get("mentees"):
            text = _(
                "A list of mentors and one of mentees, as CSV. You check every column before anything is kept."
            )
            return Next(_("Bring the people aboard"), text, _("Import people"), self.link("imports.begin"))
        return self.next_of_runs(self.parts["runs"] or [])

    def next_of_runs(self, runs: list[dict[str, Any]]) -> Next:
        latest = runs[0].get("state") if runs else None
        if latest == "proposed":
            text = _("Nothing has been sent. Look at the weakest pairs first, then publish.")
            return Next(
                _("Look at the proposed pairs"),
                text,
                _("Review and publish"),
                url_for("runs.run", run_id=runs[0]["id"]),
            )
        if latest in (None, "cancelled", "failed", "discarded"):
            text = _("Everyone is here. The run takes a moment and changes nothing until you publish it.")
            return Next(_("Match the people"), text, _("Go to matching"), self.link("runs.matching"))
        text = _("Mentoring goes its way; whoever falls silent shows up above.")
        return Next(_("See how the pairs are doing"), text, _("See pairs"), self.link("pairs.of_programme"))
