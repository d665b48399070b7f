"""The rows behind the figures of a programme: its check-ins and its mails."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from services.portal.clients.calls import Json
from services.portal.pages.moments import TEMPLATES
from services.portal.pages.reading import rows
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit
from services.portal.pages.wording import CHECK_IN_STATES, MAIL_STATES, ROLES, WHY_NOT

pages = Pages("rows")


@pages.get("/programmes/<programme_id>/check-ins")
def check_ins(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """By state; overdue ones are those that may still be answered."""
    state = request.args.get("state", "")
    query = {"overdue": "yes"} if state == "overdue" else {"state": state if state in CHECK_IN_STATES else ""}
    found = visit.need(lambda: visit.services.surveys.check_ins(programme_id, **query))
    return listed(visit, "check-ins.html", programme_id, found, states=CHECK_IN_STATES, roles=ROLES)


@pages.get("/programmes/<programme_id>/messages")
def messages(visit: Visit, programme_id: str) -> ResponseReturnValue:
    state = request.args.get("state", "")
    wanted = state if state in MAIL_STATES else ""
    found = visit.need(lambda: visit.services.notifications.messages(programme_id, wanted))
    return listed(
        visit, "messages.html", programme_id, found, states=MAIL_STATES, templates=TEMPLATES, why=WHY_NOT
    )


def listed(visit: Visit, template: str, programme_id: str, found: list[Json], **words: object) -> str:
    """One screenful, with the names of those on it."""
    matching = visit.services.matching
    programme = visit.need(lambda: matching.programme(programme_id))
    shown = rows(found, request.args.get("page"))
    ids = [str(one["person_id"]) for one in shown.items if one.get("person_id")]
    people = visit.at_once(people=lambda: matching.people(ids)).people if ids else {}
    state = request.args.get("state", "")
    return render_template(template, programme=programme, rows=shown, people=people, state=state, **words)
