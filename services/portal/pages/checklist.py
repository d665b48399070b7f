"""The checklist of a programme: all phases on one page, with what a coordinator adds, removes and puts in order."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json
from services.portal.pages.charge import looked_after
from services.portal.pages.checklist_words import DOINGS, text_of
from services.portal.pages.site import Pages, safe_path
from services.portal.pages.visit import Visit, pressed
from services.portal.pages.wording import PROGRAMME_STATES

pages = Pages("checklist")
PHASES = ("draft", "recruiting", "matching", "running", "closing")
MOST_TEXT = 200
STEP = {"up": -1, "down": 1}


@pages.get("/programmes/<programme_id>/checklist")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    programme = looked_after(visit, programme_id)
    return shown(visit, programme, {}, {})


@pages.post("/programmes/<programme_id>/checklist/<item_id>/tick")
def tick(visit: Visit, programme_id: str, item_id: str) -> ResponseReturnValue:
    """Ticked off, or not done after all; back to where it was pressed."""
    client, undone = visit.services.matching.setting_up, "undone" in request.form
    told = _("Not done after all.") if undone else _("Done. It is ticked off.")
    back = safe_path(request.form.get("back") or url_for("programmes.overview", programme_id=programme_id))
    change = client.take_tick_back if undone else client.tick
    return visit.told(lambda: change(programme_id, item_id), told, back)


@pages.post("/programmes/<programme_id>/checklist/items")
def add(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """At the end of its phase; a repeat of the same form finds it there."""
    programme = looked_after(visit, programme_id)
    given = {"phase": request.form.get("phase", ""), "text": " ".join(request.form.get("text", "").split())}
    if faults := wrong(given):
        return shown(visit, programme, given, faults), 422
    items, own = items_of(visit, programme_id), {"id": f"own-{pressed()}".lower(), **given}
    if own["id"] in {one["id"] for one in items}:
        return visit.told(lambda: None, *as_kept(programme_id))
    return kept(visit, programme_id, [*items, own])


@pages.post("/programmes/<programme_id>/checklist/items/<item_id>/<what>")
def arrange(visit: Visit, programme_id: str, item_id: str, what: str) -> ResponseReturnValue:
    """`what` is up, down or removal."""
    items = items_of(visit, programme_id)
    if what == "removal":
        return kept(visit, programme_id, [one for one in items if one["id"] != item_id])
    if what not in STEP:
        raise NotFound
    return kept(visit, programme_id, moved(items, item_id, STEP[what]))


@pages.post("/programmes/<programme_id>/checklist/usual")
def usual(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """As the template brings it."""
    return kept(visit, programme_id, None)


def moved(items: list[Json], item_id: str, by: int) -> list[Json]:
    """Past its neighbour of the same phase; whoever is first or last stays."""
    here = next((one for one in items if one["id"] == item_id), None)
    phase = [one for one in items if here and one["phase"] == here["phase"]]
    to = phase.index(here) + by if here else -1
    if not 0 <= to < len(phase):
        return items
    swap = {phase[to]["id"]: here, item_id: phase[to]}
    return [swap.get(one["id"]) or one for one in items]


def kept(visit: Visit, programme_id: str, items: list[Json] | None) -> ResponseReturnValue:
    version = request.form.get("version", "")
    return visit.told(
        lambda: visit.services.matching.setting_up.change(programme_id, {"checklist": items}, version),
        *as_kept(programme_id))


def as_kept(programme_id: str) -> tuple[str, str]:
    """What is said then, and where."""
    return _("The list is kept."), url_for("checklist.of_programme", programme_id=programme_id)


def items_of(visit: Visit, programme_id: str) -> list[Json]:
    """As they are set: without what is counted of them."""
    found = visit.need(lambda: visit.services.matching.setting_up.checklist(programme_id))
    return [{name: one[name] for name in ("id", "phase", "text")} for one in found["items"]]


def wrong(given: Json) -> dict[str, str]:
    faults = {} if given["phase"] in PHASES else {"phase": _("Choose a phase.")}
    if not 0 < len(given["text"]) <= MOST_TEXT:
        faults["text"] = _("Say in at most 200 letters what is to be done.")
    return faults


def shown(visit: Visit, programme: Json, values: Json, faults: dict[str, str]) -> str:
    matching = visit.services.matching
    found = visit.need(lambda: matching.setting_up.checklist(programme["id"]))
    people = visit.at_once(people=lambda: matching.people(one["ticked_by"] for one in found["items"])).people
    phases = [(code, PROGRAMME_STATES[code].text, [one for one in found["items"] if one["phase"] == code])
              for code in PHASES]
    return render_template(
        "checklist.html", programme=programme, found=found, phases=phases, people=people, text_of=text_of,
        doings=DOINGS, values={"phase": found["phase"], **values}, faults=faults,
        may_change=programme["state"] != "closed")
