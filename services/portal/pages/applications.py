"""Asking to take part: programmes that take applications, the form, and how one's own applications stand."""

from functools import partial

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from services.portal.clients.applications import Applications
from services.portal.clients.calls import Json, Refused
from services.portal.pages.application_words import APPLICATION_STATES
from services.portal.pages.form_fields import answers_in, asked, faults
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed, why_not
from services.portal.pages.wording import ROLES, refusal

pages = Pages("applications")
MOST_OF_A_CODE = 40
LEFT = "left"
"""A state beside those of the service: took part because of it, and does no more."""
OPEN = ("invited", "draft", "declined", "withdrawn", LEFT)
"""States from which somebody may fill the form in, for the first time or anew."""


@pages.get("/my/applications")
def mine(visit: Visit) -> ResponseReturnValue:
    found = all_mine(visit)
    parts = visit.at_once(calls=client(visit).open, places=client(visit).places, offers=client(visit).stepping_up,
                          taking=partial(takes_part, visit), record=partial(record, visit))
    places = parts.places or []
    asked_for = {one["programme_id"] for one in (*found, *places)}
    forms = visit.at_once(**{one: partial(client(visit).form, one) for one in asked_for})
    taken = {(one["programme_id"], one["role"]) for one in found} | (parts.taking or set())
    is_known = parts.record is not None or "record" in parts.missing
    calls = parts.calls or [] if is_known else []
    return render_template(
        "applications-mine.html", mine=found, states=APPLICATION_STATES, open_states=OPEN, taken=taken,
        is_known=is_known,
        places=places, offers=parts.offers or [],
        names={one: forms[one]["programme"] for one in asked_for if forms[one]},
        forms_of={one: forms[one] or {} for one in asked_for},
        open_now=[one["programme_id"] for one in calls], missing=parts.missing + forms.missing,
        calls=[one for one in calls if {(one["programme_id"], role) for role in ROLES} - taken])


@pages.get("/programmes/<programme_id>/apply/<role>")
def fill_in(visit: Visit, programme_id: str, role: str) -> ResponseReturnValue:
    one = own(visit, programme_id, role) or {}
    if one and one["state"] not in OPEN:
        return go(url_for("applications.mine"))
    if not one and (programme_id, role) in visit.need(lambda: takes_part(visit)):
        flash(refusal("cannot-apply", ""), "watch")
        return go(url_for("applications.mine"))
    said = one.get("answers") or known_before(visit, role)
    return filled_in(visit.need(lambda: client(visit).form(programme_id)), role, said, [])


@pages.get("/j/<short>")
def follow(visit: Visit, short: str) -> ResponseReturnValue:
    """What a poster says: to the form, with its code."""
    there = visit.need(lambda: client(visit).led_to(short[:MOST_OF_A_CODE]))
    return go(url_for("applications.fill_in", **there))


def known_before(visit: Visit, role: str) -> dict[str, str]:
    """What a mentee who is asked to become a mentor has said before; somebody reads it before it is sent."""
    offers = visit.at_once(mine=client(visit).stepping_up).mine if role == "mentor" else []
    return dict(offers[0]["answers"]) if offers else {}


@pages.post("/my/stepping-up/<programme_id>/refusal")
def not_now(visit: Visit, programme_id: str) -> ResponseReturnValue:
    told = _("Thank you for telling us. You can still become a mentor at any time.")
    return visit.told(lambda: client(visit).not_now(programme_id, pressed()), told, url_for("applications.mine"))


@pages.post("/programmes/<programme_id>/apply/<role>")
def send(visit: Visit, programme_id: str, role: str) -> ResponseReturnValue:
    """Keeps what was written; submits it when that was asked and nothing is missing. What is refused is shown again."""
    own_role(role)
    form = visit.need(lambda: client(visit).form(programme_id))
    answers = answers_in(request.form, form, role)
    try:
        kept = visit.do(lambda: client(visit).write(programme_id, role, answers, code()))
        if request.form.get("do") != "submit":
            return back(_("Your draft is kept. You can go on with it at any time."))
        if kept["flaws"]:
            return filled_in(form, role, kept["answers"], kept["flaws"]), 422
        visit.do(lambda: client(visit).move(kept["id"], "submission", pressed()))
    except Refused as refused:
        return filled_in(form, role, answers, [], why_not(refused)), 422
    return back(_("Thank you. You hear from us by mail."))


@pages.post("/my/applications/<application_id>/<what>")
def move(visit: Visit, application_id: str, what: str) -> ResponseReturnValue:
    told = {"withdrawal": _("Your application is withdrawn."), "confirmation": _("Thank you. We count on you.")}
    if what not in told:
        raise NotFound
    return visit.told(lambda: client(visit).move(application_id, what, pressed()), told[what],
                      url_for("applications.mine"))


def filled_in(form: Json, role: str, answers: dict[str, str], flaws: list[Json], refused: str = "") -> str:
    fields = asked(form, role, answers, flaws)
    return render_template("apply.html", form=form, role=role, fields=fields, code=code(),
                           faults=faults(fields) + ([{"text": refused}] if refused else []))


def code() -> str:
    """Of the campaign whose link led here."""
    return request.values.get("code", "")[:MOST_OF_A_CODE]


def own(visit: Visit, programme_id: str, role: str) -> Json | None:
    """The application that this person has there in this role."""
    own_role(role)
    return next((one for one in all_mine(visit) if (one["programme_id"], one["role"]) == (programme_id, role)), None)


def takes_part(visit: Visit) -> set[tuple[str, str]]:
    """Programme and role of every place that this person has, with an application or without."""
    return {(one["programme_id"], one["role"]) for one in visit.services.matching.taking_part.mine()
            if one["state"] != LEFT}


def record(visit: Visit) -> Json:
    """What the directory says of this person."""
    return visit.services.matching.person(visit.person.id)


def all_mine(visit: Visit) -> list[Json]:
    """As they stand for whoever asked to take part."""
    return [{**one, "state": LEFT} if one.get("left") else one for one in visit.need(client(visit).mine)]


def own_role(role: str) -> None:
    if role not in ROLES:
        raise NotFound


def client(visit: Visit) -> Applications:
    return visit.services.matching.applications


def back(text: str) -> ResponseReturnValue:
    flash(text, "good")
    return go(url_for("applications.mine"))
