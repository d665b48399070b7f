"""Whom to ask, what is kept, and how accessible the pages are: in the same place on every page."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from services.portal.pages.charge import in_charge
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit

pages = Pages("help")


@pages.get("/help", open_to_all=True)
def ask(visit: Visit) -> ResponseReturnValue:
    office = visit.portal.settings.office_address
    return render_template("help.html", coordinators=coordinators(visit), office=office)


@pages.get("/privacy", open_to_all=True)
def privacy(_visit: Visit) -> ResponseReturnValue:
    return render_template("privacy.html")


@pages.get("/accessibility", open_to_all=True)
def accessibility(_visit: Visit) -> ResponseReturnValue:
    return render_template("accessibility.html")


def coordinators(visit: Visit) -> list[dict[str, Any]]:
    """Those of the programmes this person takes part in; nobody for a stranger, or when matching is away."""
    if visit.who is None:
        return []
    return visit.at_once(known=lambda: of_my_programmes(visit)).known or []


def of_my_programmes(visit: Visit) -> list[dict[str, Any]]:
    matching = visit.services.matching
    programmes = [matching.programme(one) for one in sorted({pair["programme_id"] for pair in matching.my_pairs()})]
    people = matching.people(one for programme in programmes for one in in_charge(programme))
    return list(people.values())
