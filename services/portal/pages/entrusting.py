"""Who looks after a programme: who stands in for a coordinator, and before whom each kind of work is put."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.portal.clients.calls import Json, Refused
from services.portal.pages.called_words import nobody_called, several_called
from services.portal.pages.charge import looked_after, looks_after
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, why_not
from services.portal.pages.wording import QUEUES

pages = Pages("entrusting")
FIELDS = ("coordinator_id", "person", "from_on", "until_on")


@pages.get("/programmes/<programme_id>/charge")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    programme = looked_after(visit, programme_id)
    return shown(visit, programme, {"coordinator_id": visit.person.id, "from_on": visit.today}, {})


@pages.post("/programmes/<programme_id>/substitutes")
def name(visit: Visit, programme_id: str) -> ResponseReturnValue:
    programme = looked_after(visit, programme_id)
    given = {field: " ".join(request.form.get(field, "").split()) for field in FIELDS}
    found = visit.need(lambda: visit.services.matching.setting_up.called([given["person"]])).get(given["person"], [])
    if len(found) != 1 or not given["from_on"]:
        return shown(visit, programme, given, wrong(given, len(found))), 422
    term = {"person_id": found[0]["id"], "from_on": given["from_on"], "until_on": given["until_on"] or None}
    try:
        visit.do(lambda: visit.services.matching.setting_up.name_substitute(
            programme_id, given["coordinator_id"], term))
    except Refused as refused:
        return shown(visit, programme, given, {"person": why_not(refused)}), 422
    flash(_("The substitute is named."), "good")
    return go(url_for("entrusting.of_programme", programme_id=programme_id))


@pages.post("/programmes/<programme_id>/substitutes/removal")
def take_back(visit: Visit, programme_id: str) -> ResponseReturnValue:
    coordinator_id = request.form.get("coordinator_id", "")
    return visit.told(
        lambda: visit.services.matching.setting_up.take_back_substitute(programme_id, coordinator_id),
        _("Taken back. Nobody stands in any more."), url_for("entrusting.of_programme", programme_id=programme_id))


@pages.post("/programmes/<programme_id>/routes")
def route(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """Nobody ticked is everybody."""
    routes = [{"queue": queue, "person_ids": request.form.getlist(queue)} for queue in QUEUES
              if request.form.getlist(queue)]
    version = request.form.get("version", "")
    return visit.told(
        lambda: visit.services.matching.setting_up.route(programme_id, routes, version),
        _("Kept. Lists and mails go by it from now on."), url_for("entrusting.of_programme", programme_id=programme_id))


def wrong(given: Json, found: int) -> dict[str, str]:
    faults = {} if given["from_on"] else {"from_on": _("A date is expected.")}
    if found > 1:
        return faults | {"person": several_called(given["person"], found)}
    return faults | ({"person": nobody_called(given["person"])} if not found else {})


def shown(visit: Visit, programme: Json, values: Json, faults: dict[str, str]) -> str:
    matching = visit.services.matching
    charge = visit.need(lambda: matching.setting_up.charge(programme["id"]))
    named = {one["coordinator_id"]: one for one in charge["substitutes"]}
    reader = {visit.person.id: {"name": visit.person.name}}
    people = reader | visit.need(lambda: matching.people(
        [*charge["coordinator_ids"], *(one["person_id"] for one in named.values())]))
    routes = {one["queue"]: one["person_ids"] for one in charge["routes"]}
    own = looks_after(visit, charge["coordinator_ids"])
    return render_template("charge.html", programme=programme, charge=charge, named_ones=named, people=people,
                           routes=routes, queues=QUEUES, values=values, faults=faults,
                           may_change=own and programme["state"] != "closed")
