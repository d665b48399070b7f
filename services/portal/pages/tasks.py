"""Open tasks of a coordinator: pairs where somebody fell silent."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.portal.pages.reading import rows
from services.portal.pages.site import Pages, safe_path
from services.portal.pages.visit import Visit, pressed
from services.portal.pages.wording import CASE_STATES, ROLES, TOPICS
from shared.kernel.clock import iso

pages = Pages("tasks")
OVER = ("resolved", "withdrawn")


@pages.get("/programmes/<programme_id>/tasks")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    services, state = visit.services, request.args.get("state", "")
    programme = visit.need(lambda: services.matching.programme(programme_id))
    cases = visit.need(lambda: services.surveys.cases(programme_id))
    wanted = [one for one in cases if (one.get("state") in OVER) == (state == "resolved")]
    shown = rows(wanted, request.args.get("page"))
    people = visit.at_once(people=lambda: services.matching.people(one["person_id"] for one in shown.items)).people
    return render_template(
        "tasks.html",
        programme=programme,
        rows=shown,
        people=people,
        state=state,
        now=iso(visit.portal.clock.now()),
        roles=ROLES,
        states=CASE_STATES,
        topics=TOPICS,
    )


@pages.post("/cases/<case_id>/resolution")
def resolve(visit: Visit, case_id: str) -> ResponseReturnValue:
    note = {"note": request.form.get("note", "").strip()} if request.form.get("note", "").strip() else {}
    to = safe_path(request.form.get("next", "/"))
    return visit.told(
        lambda: visit.services.surveys.resolve_case(case_id, note, pressed()), _("Resolved, with thanks."), to
    )
