"""A mentor whose last pair is complete says whether they go on, and what moves and hinders them."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json, Refused
from services.portal.pages.form_fields import said
from services.portal.pages.reading import whole
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed, why_not

pages = Pages("renewals")
MOST_PAIRS = 50
ANSWERS = {
    "stay": _l("I stay, for the next mentees"),
    "pause": _l("I take a break, and come back later"),
    "leave": _l("I stop here"),
}


@pages.get("/my/renewals/<programme_id>")
def ask(visit: Visit, programme_id: str) -> ResponseReturnValue:
    return shown(offer(visit, programme_id), {}, {})


@pages.post("/my/renewals/<programme_id>")
def answer(visit: Visit, programme_id: str) -> ResponseReturnValue:
    one = offer(visit, programme_id)
    given: Json = {"answer": request.form.get("answer", ""), "capacity": request.form.get("capacity", "").strip()}
    given |= {each["key"]: request.form.getlist(each["key"]) for each in one["questions"]}
    if faults := wrong(given):
        return shown(one, given, faults), 422
    body = given | {"capacity": int(given["capacity"]) if given["answer"] == "stay" else None}
    try:
        visit.do(lambda: visit.services.matching.applications.renew(programme_id, body, pressed()))
    except Refused as refused:
        return shown(one, given, {"answer": why_not(refused)}), 422
    flash(_("Thank you: this is noted."), "good")
    return go(url_for("mine.my_mentoring"))


def offer(visit: Visit, programme_id: str) -> Json:
    """Raises NotFound for whoever is not asked, or has answered."""
    for one in visit.need(visit.services.matching.applications.renewals):
        if one["programme_id"] == programme_id:
            return dict(one)
    raise NotFound


def wrong(given: Json) -> dict[str, str]:
    """What is missing, by field."""
    if given["answer"] not in ANSWERS:
        return {"answer": _("Choose one of the three.")}
    wanted = given["answer"] == "stay" and not is_room(given["capacity"])
    return {"capacity": no_room()} if wanted else {}


def is_room(text: str) -> bool:
    """Whether somebody can have so many pairs at once."""
    return (pairs := whole(text)) is not None and pairs <= MOST_PAIRS


def no_room() -> str:
    return str(_("A whole number from 0 to 50 is expected."))


def shown(one: Json, values: Json, faults: dict[str, str]) -> str:
    language = str(get_locale())
    questions: list[dict[str, Any]] = [
        {"key": each["key"], "label": said(each["labels"], language),
         "choices": [(option["code"], said(option["labels"], language)) for option in each["options"]]}
        for each in one["questions"]]
    return render_template("renewal.html", one=one, values=values, faults=faults, questions=questions,
                           answers=[*ANSWERS.items()])
