"""Locks and exclusions: what a coordinator decides about two people before a run, and takes back."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.portal.clients.calls import Json
from services.portal.pages.reading import rows
from services.portal.pages.site import Pages, safe_path
from services.portal.pages.visit import Visit, pressed
from services.portal.pages.wording import RULING_STATES

pages = Pages("rulings")
DONE = {"locks": "locked", "exclusions": "excluded"}
"""What may be decided, and what then holds."""


@pages.get("/programmes/<programme_id>/rulings")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    matching, state = visit.services.matching, request.args.get("state", "")
    programme = visit.need(lambda: matching.programme(programme_id))
    found = visit.need(lambda: matching.rulings(programme_id, state if state in RULING_STATES else ""))
    shown = rows(sorted(found, key=lambda one: str(one["at"]), reverse=True), request.args.get("page"))
    named = [one[name] for one in shown.items for name in ("mentor_id", "mentee_id", "by")]
    people = visit.at_once(people=lambda: matching.people(named)).people
    return render_template(
        "rulings.html", programme=programme, rows=shown, people=people, state=state, states=RULING_STATES)


@pages.post("/programmes/<programme_id>/rulings")
def rule(visit: Visit, programme_id: str) -> ResponseReturnValue:
    what, two = request.form.get("what", ""), {side: request.form.get(side, "") for side in ("mentor_id", "mentee_id")}
    said = {"locks": _("Locked: every run keeps the two together."),
            "exclusions": _("Excluded: no run proposes the two again.")}
    here = url_for("rulings.of_programme", programme_id=programme_id)
    kind = what if what in DONE else "locks"
    return visit.told(lambda: visit.services.matching.rule(programme_id, kind, two, pressed()), said[kind],
                      safe_path(request.form.get("next", here)))


@pages.post("/rulings/<ruling_id>/lifting")
def lift(visit: Visit, ruling_id: str) -> ResponseReturnValue:
    return visit.told(lambda: visit.services.matching.lift_ruling(ruling_id),
                      _("Lifted: the next run decides anew."), safe_path(request.form.get("next", "/")))


def between(rulings: list[Json] | None, one: Json) -> Json | None:
    """What holds for these two."""
    return next((ruling for ruling in rulings or [] if all(
        ruling[side] == one[side] for side in ("mentor_id", "mentee_id"))), None)
