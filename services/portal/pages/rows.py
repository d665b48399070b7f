"""The rows behind the figures of a programme: its check-ins and its mails, the newest first."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from services.portal.clients.calls import Page
from services.portal.pages.bulk import each, left_over, place
from services.portal.pages.mail_words import TEMPLATES, WHY_NOT
from services.portal.pages.reading import whole
from services.portal.pages.role_words import role_labels
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit
from services.portal.pages.wording import CHECK_IN_STATES, MAIL_STATES

pages = Pages("rows")
MOST_PERIODS = 1000
IN_VAIN = ("bounced", "unreachable")


@pages.get("/programmes/<programme_id>/check-ins")
def check_ins(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """By state; overdue ones are those that may still be answered. Of one period, those that were delivered."""
    state, after = request.args.get("state", ""), request.args.get("after", "")
    period = a_period(request.args.get("period", ""))
    query = {"overdue": "yes"} if state == "overdue" else {"state": state if state in CHECK_IN_STATES else ""}
    if state == "delivered" or period:
        query |= {"delivered": "yes", "period": period}
    found = visit.need(lambda: visit.services.surveys.check_ins(programme_id, after=after, **query))
    return listed(visit, "check-ins.html", programme_id, found, states=CHECK_IN_STATES, period=period)


@pages.post("/programmes/<programme_id>/check-ins/reminders")
def remind(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """Whoever is overdue with the ticked ones, or with all that were shown."""
    return each(visit.services.surveys.remind, lambda count: ngettext(
        "One person is reminded.", "%(num)s people are reminded.", count), "rows.check_ins",
        programme_id=programme_id, **place())


@pages.post("/programmes/<programme_id>/messages/retries")
def retry(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """The addresses of the ticked people, or of all that were shown."""
    return each(lambda one, key: visit.services.notifications.retry(programme_id, one, key), lambda count: ngettext(
        "One address is tried again. Whom mail still does not reach is listed here again.",
        "%(num)s addresses are tried again. Whom mail still does not reach is listed here again.", count),
        "rows.messages", programme_id=programme_id, **place())


def a_period(asked: str) -> str:
    """Nothing for what is no number of a check-in."""
    return asked if 0 < (whole(asked) or 0) <= MOST_PERIODS else ""


@pages.get("/programmes/<programme_id>/messages")
def messages(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """By state; bounced ones failed since the address takes no mail; the unreachable are whose takes none now."""
    state, after = request.args.get("state", ""), request.args.get("after", "")
    query = {state: "yes"} if state in IN_VAIN else {"state": state if state in MAIL_STATES else ""}
    found = visit.need(lambda: visit.services.notifications.messages(programme_id, after=after, **query))
    return listed(
        visit, "messages.html", programme_id, found, states=MAIL_STATES, templates=TEMPLATES, why=WHY_NOT
    )


def listed(visit: Visit, template: str, programme_id: str, found: Page, **words: object) -> str:
    """With the names of those on the page."""
    matching = visit.services.matching
    programme = visit.need(lambda: matching.programme(programme_id))
    ids = [str(one["person_id"]) for one in found.items if one.get("person_id")]
    people = visit.at_once(people=lambda: matching.people(ids)).people if ids else {}
    state = request.args.get("state", "")
    return render_template(template, programme=programme, roles=role_labels(programme), rows=found, people=people,
                           state=state, left=left_over(), **words)
