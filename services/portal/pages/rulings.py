"""Locks and exclusions: what a coordinator decides about two people before a run, and takes back."""

from functools import partial
from hashlib import sha256

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from services.portal.clients.calls import Json, Page
from services.portal.pages import bulk
from services.portal.pages.by_name import LONGEST
from services.portal.pages.role_words import role_labels
from services.portal.pages.site import Pages, safe_path
from services.portal.pages.visit import Visit, pressed
from services.portal.pages.wording import RULING_STATES

pages = Pages("rulings")
DONE = {"locks": "locked", "exclusions": "excluded"}
"""What may be decided, and what then holds."""
SIDES = ("mentee", "mentor")
PLUS = "+"
MOST_OFFERED, MOST_NOTE = 20, 2000


@pages.get("/programmes/<programme_id>/rulings")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    matching, state = visit.services.matching, request.args.get("state", "")
    programme = visit.need(lambda: matching.programme(programme_id))
    state, after = state if state in RULING_STATES else "", request.args.get("after", "")
    shown = visit.need(lambda: matching.rulings(programme_id, state, after))
    called = {side: " ".join(request.args.get(side, "").split())[:LONGEST] for side in SIDES}
    offered = so_called(visit, programme_id, called)
    named = [one[name] for one in shown.items for name in ("mentor_id", "mentee_id", "by")]
    named += [one["person_id"] for page in offered.values() for one in page.items]
    people = visit.at_once(people=lambda: matching.people(named)).people
    return render_template(
        "rulings.html", programme=programme, rows=shown, people=people, state=state, states=RULING_STATES,
        called=called, offered=offered, roles=role_labels(programme))


def so_called(visit: Visit, programme_id: str, called: dict[str, str]) -> dict[str, Page]:
    """Who takes part under the names that were looked for, by side; nobody while a name is missing."""
    if not all(called.values()):
        return {}
    ask = visit.services.matching.taking_part.of_programme
    return {side: visit.need(partial(ask, programme_id, role=side, q=called[side], limit=MOST_OFFERED))
            for side in SIDES}


@pages.post("/programmes/<programme_id>/rulings")
def rule(visit: Visit, programme_id: str) -> ResponseReturnValue:
    what, two = request.form.get("what", ""), {side: request.form.get(side, "") for side in ("mentor_id", "mentee_id")}
    note = request.form.get("note", "").strip()[:MOST_NOTE]
    said = {"locks": _("Locked: every run keeps the two together."),
            "exclusions": _("Excluded: no run proposes the two again.")}
    here = url_for("rulings.of_programme", programme_id=programme_id)
    kind = what if what in DONE else "locks"
    return visit.told(lambda: visit.services.matching.rule(
        programme_id, kind, {**two, "note": note} if note else two, pressed()), said[kind],
                      safe_path(request.form.get("next", here)))


@pages.post("/runs/<run_id>/locks")
def lock_shown(visit: Visit, run_id: str) -> ResponseReturnValue:
    """The chosen pairs of a run, or all shown, as they were shown: every run keeps them together."""
    run = visit.need(lambda: visit.services.matching.run(run_id))

    def lock(row: str, key: str) -> object:
        mentor_id, _plus, mentee_id = row.partition(PLUS)
        two = {"mentor_id": mentor_id, "mentee_id": mentee_id}
        return visit.services.matching.rule(run["programme_id"], "locks", two, key)

    return bulk.each(lock, locked, "runs.run", brief, run_id=run_id, **bulk.place())


def locked(count: int) -> str:
    return str(ngettext("One pair is locked: every run keeps the two together.",
                        "%(num)s pairs are locked: every run keeps them together.", count))


def couple(one: Json) -> str:
    """How a form calls two people."""
    return f"{one['mentor_id']}{PLUS}{one['mentee_id']}"


def brief(row: str) -> str:
    """What an address calls two people, since their ids would make it too long for a page of them."""
    return sha256(row.encode()).hexdigest()[:16]


@pages.post("/rulings/<ruling_id>/lifting")
def lift(visit: Visit, ruling_id: str) -> ResponseReturnValue:
    return visit.told(lambda: visit.services.matching.lift_ruling(ruling_id),
                      _("Lifted: the next run decides anew."), safe_path(request.form.get("next", "/")))


def between(rulings: list[Json] | None, one: Json) -> Json | None:
    """What holds for these two."""
    return next((ruling for ruling in rulings or [] if all(
        ruling[side] == one[side] for side in ("mentor_id", "mentee_id"))), None)
