"""A programme as its sponsor sees it: what it is for, how far people came, and what leaders are told; nobody."""

from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json
from services.portal.pages.charge import looked_at
from services.portal.pages.figures import STEPS
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit
from services.portal.pages.wording import PROGRAMME_STATES

pages = Pages("sponsoring")
FORMS = ("html", "pdf")
PAIRS = {
    "under-way": _l("Under way"),
    "completed": _l("Complete"),
    "ended-otherwise": _l("Ended otherwise"),
}


@pages.get("/programmes/<programme_id>/sponsor")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    programme = looked_at(visit, programme_id)
    found = visit.need(lambda: visit.services.matching.applications.sponsor_view(programme_id))
    return render_template(
        "sponsor.html", programme=programme, view=found, state=PROGRAMME_STATES.get(found["state"]),
        steps=[(text, *counts(found, code)) for code, text in STEPS.items() if any(known(found, code))],
        pairs=[(PAIRS[one["code"]], one["count"]) for one in found["pairs"] if one["code"] in PAIRS])


@pages.get("/programmes/<programme_id>/briefing.<form>")
def briefing(visit: Visit, programme_id: str, form: str) -> ResponseReturnValue:
    """As the service makes it, in the reader's language; handed over as a file."""
    if form not in FORMS:
        raise NotFound
    made = visit.do(lambda: visit.services.matching.applications.briefing(programme_id, form, str(get_locale())))
    return Response(made.content, content_type=made.media_type, headers={"Content-Disposition": made.disposition})


def known(view: Json, code: str) -> list[bool]:
    return [code == one["code"] for side in view["sides"] for one in side["steps"]]


def counts(view: Json, code: str) -> list[Any]:
    """Of mentors and of mentees at one step."""
    sides = {side["role"]: {one["code"]: one["count"] for one in side["steps"]} for side in view["sides"]}
    return [sides.get(role, {}).get(code) for role in ("mentor", "mentee")]
