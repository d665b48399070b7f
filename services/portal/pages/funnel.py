"""From the invitation to the farewell: each role's steps as bars, with the same figures beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json
from services.portal.pages.charge import looked_after
from services.portal.pages.figures import MATCH_TARGET, STEPS
from services.portal.pages.first_session import Curve
from services.portal.pages.reading import number, share
from services.portal.pages.role_words import USUAL, all_in_role
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit
from services.portal.pages.wording import ROLES

pages = Pages("funnel")
FIRST = "invited"


@dataclass(frozen=True)
class Bar:
    """One step of one role; `last` is the earlier cohort's count, `target` how many there should be, `lost` who was at
    the step before and did not come."""

    code: str
    name: str
    count: int
    href: str
    of_before: str = "–"
    lost: int | None = None
    days: int | None = None
    last: int | None = None
    target: float | None = None
    aim: str = "–"


@dataclass(frozen=True)
class Side:
    """The steps of one role; `most` is the longest bar's count."""

    role: str
    name: str
    bars: Sequence[Bar]

    @property
    def most(self) -> float:
        return max(max(bar.count, bar.last or 0, bar.target or 0) for bar in self.bars)

    @property
    def summary(self) -> str:
        """What the chart says, in a sentence. The way to completion is long: whoever is on it is not missing."""
        first = next((bar for bar in self.bars if bar.count), None)
        if first is None:
            return str(_("Nobody yet: the steps fill as soon as people are invited, apply or are imported."))
        lossy = max((bar for bar in self.bars[:-1] if bar.lost), key=lambda bar: bar.lost or 0, default=None)
        told = self._told(first)
        if lossy is None:
            return str(told)
        lost = _("Most are missing at “%(step)s”: %(lost)s did not come that far yet.", step=lossy.name,
                 lost=number(lossy.lost))
        return f"{told} {lost}"


    def _told(self, first: Bar) -> str:
        """Most begin at a later step where they come from a file, or apply unasked."""
        most, done = max(self.bars, key=lambda bar: bar.count), number(self.bars[-1].count)
        if most.count > first.count:
            return str(_("%(count)s came to “%(step)s”, of whom few began with “%(first)s” (%(few)s in all), and "
                         "%(done)s have completed.", count=number(most.count), step=most.name, first=first.name,
                         few=number(first.count), done=done))
        return str(_("%(count)s began with “%(first)s”, and %(done)s have completed.", count=number(first.count),
                     first=first.name, done=done))


@pages.get("/programmes/<programme_id>/funnel")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    matching = visit.services.matching
    programme = visit.need(lambda: matching.programme(programme_id))
    found = visit.need(lambda: matching.counting.funnel(programme_id))
    last = found.get("last") or {}
    parts = visit.at_once(up=lambda: matching.applications.conversion(programme_id),
                          first=lambda: matching.counting.first_sessions(programme_id))
    earlier = {side["role"]: side["steps"] for side in last.get("sides") or []}
    return render_template(
        "funnel.html", programme=programme, as_of=found["as_of"], roles=ROLES, stepping_up=parts.up,
        curve=Curve(parts.first) if parts.first else None, has_last=bool(earlier), missing=parts.missing,
        sides=[side_of(programme, side, earlier.get(side["role"], [])) for side in found["sides"]])


@pages.get("/programmes/<programme_id>/funnel/people")
def people(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """The rows behind a figure: whom it counts."""
    matching, role, step = visit.services.matching, request.args.get("role", "mentee"), request.args.get("step", FIRST)
    programme = looked_after(visit, programme_id)
    if role not in USUAL or step not in STEPS:
        raise NotFound
    after = request.args.get("after", "")
    shown = visit.need(lambda: matching.counting.people(programme_id, role, step, after))
    ids = [one["person_id"] for one in shown.items if one["person_id"]]
    known = visit.at_once(people=lambda: matching.people(ids)).people if ids else {}
    return render_template("funnel-people.html", programme=programme, rows=shown, people=known, role=role, step=step,
                           steps=[*STEPS.items()], heading=f"{all_in_role(programme, role)}: {STEPS[step]}")


def side_of(programme: Json, told: Json, earlier: Sequence[Json]) -> Side:
    """A step that this portal has no word for is left out."""
    steps = [step for step in told["steps"] if step["step"] in STEPS]
    before = {str(step["step"]): int(step["count"]) for step in earlier}
    last = [before.get(step["step"]) if earlier else None for step in steps]
    bars = [bar_of(programme["id"], told["role"], step, counted) for step, counted in zip(steps, last, strict=True)]
    rest = [following(bar, was, step, told["role"]) for (was, bar), step in zip(pairwise(bars), steps[1:],
                                                                               strict=True)]
    return Side(told["role"], all_in_role(programme, told["role"]), [*bars[:1], *rest])


def bar_of(programme_id: str, role: str, step: Mapping[str, Any], last: int | None) -> Bar:
    people = url_for("funnel.people", programme_id=programme_id, role=role, step=step["step"])
    return Bar(step["step"], str(STEPS[step["step"]]), int(step["count"]), people, last=last)


def of_before(came: int, before: int, count: int) -> str:
    """With the two numbers, where others than those of the step before make the count."""
    part = share(came, before)
    if came == count or not before:
        return part
    return str(_("%(share)s: %(came)s of %(before)s", share=part, came=number(came), before=number(before)))


def following(bar: Bar, before: Bar, step: Mapping[str, Any], role: str) -> Bar:
    """With what it is of the step before. The target is the mentees': of mentors no more are needed than that."""
    aimed = bar.code == "matched" and before.count and role == "mentee"
    return replace(bar, of_before=of_before(step["came"], before.count, bar.count),
                   lost=int(step["lost"]), days=step["days"],
                   target=before.count * MATCH_TARGET / 100 if aimed else None,
                   aim=share(MATCH_TARGET, 100) if aimed else "–")
