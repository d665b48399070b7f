"""Answering a check-in: by one click from the mail, without a sign-in, or from my mentoring.

A GET records nothing: mail scanners open links. The page's script sends the chosen rating once a person sees it;
without scripts it takes one press. Two different ratings of one link within two minutes look like a scanner too: the
second waits for a press.
"""

from datetime import timedelta

from flask import flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from services.portal.clients import Services
from services.portal.clients.calls import Json, Refused
from services.portal.pages.reading import instant, named, whole
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, why_not
from services.portal.pages.wording import RATINGS

pages = Pages("check_in")
CODES = "codes"
NOT_MET = 0
"""What the link "we have not met" names instead of a rating: the page asks for that then."""
SCANNER_PAUSE = timedelta(minutes=2)
OVER = ("missed", "excused", "undeliverable")


@pages.get("/c/<code>/<int:rating>", open_to_all=True)
def one_click(visit: Visit, code: str, rating: int) -> ResponseReturnValue:
    """The question with the rating from the mail preselected."""
    if rating not in (NOT_MET, *RATINGS):
        raise NotFound
    resolved = resolve(visit, code)
    if resolved is None:
        return render_template("check-in-unknown.html"), 404
    return question(visit, visit.portal.services_as(resolved["person_id"]), resolved, rating=rating, code=code)


@pages.post("/c/<code>", open_to_all=True)
def answer_by_code(visit: Visit, code: str) -> ResponseReturnValue:
    resolved = resolve(visit, code)
    if resolved is None:
        return render_template("check-in-unknown.html"), 404
    services = visit.portal.services_as(resolved["person_id"])
    if "by_script" in request.form:
        return answer_unasked(visit, services, resolved["subject_id"])
    told = record(visit, services, resolved["subject_id"])
    if told:
        flash(told, "watch")
        return go(url_for("check_in.one_click", code=code, rating=chosen_rating()))
    return go(url_for("check_in.thanks", code=code))


@pages.get("/c/<code>/thanks", open_to_all=True)
def thanks(_visit: Visit, code: str) -> ResponseReturnValue:
    return render_template("check-in-thanks.html", code=code)


@pages.get("/my/check-ins/<check_in_id>")
def mine(visit: Visit, check_in_id: str) -> ResponseReturnValue:
    resolved = {"subject_id": check_in_id, "person_id": visit.person.id, "open": True}
    return question(visit, visit.services, resolved)


@pages.post("/my/check-ins/<check_in_id>")
def answer_signed_in(visit: Visit, check_in_id: str) -> ResponseReturnValue:
    told = record(visit, visit.services, check_in_id)
    if told:
        flash(told, "watch")
        return go(url_for("check_in.mine", check_in_id=check_in_id))
    flash(_("Thank you. Your answer is kept."), "good")
    return go(url_for("mine.my_mentoring"))


def resolve(visit: Visit, code: str) -> Json | None:
    """What the code is for; None for one that was forged or is not for a check-in."""
    portal = visit.portal
    try:
        found = visit.need(lambda: portal.services_as_portal(CODES).notifications.resolve(code))
    except Refused:
        return None
    return found if found.get("purpose") == "check-in" else None


def question(
    visit: Visit, services: Services, resolved: Json, *, rating: int | None = None, code: str = ""
) -> ResponseReturnValue:
    """The form, or the page that says it is closed."""
    try:
        found = visit.need(lambda: services.surveys.check_in(resolved["subject_id"]))
    except Refused:
        return render_template("check-in-unknown.html"), 404
    if not resolved.get("open", True) or is_over(visit, found):
        return render_template("check-in-closed.html", found=found), 410
    known = surroundings(visit, services, found)
    given = (found.get("answer") or {}) | ({"met": False} if rating == NOT_MET else {})
    return render_template(
        "check-in.html",
        found=found,
        ratings=RATINGS,
        rating=rating or given.get("rating"),
        given=given,
        code=code,
        **known,
    )


def is_over(visit: Visit, found: Json) -> bool:
    """A missed one may still be answered until its period closes: surveys decides, the page only follows."""
    if "can_be_answered" in found:
        return not found["can_be_answered"]
    closes = instant(found.get("closes_at"))
    return found.get("state") in OVER[1:] or (closes is not None and closes <= visit.portal.clock.now())


def surroundings(visit: Visit, services: Services, found: Json) -> Json:
    """The partner's and the programme's name, and where the one lives who is asked, whom a code does not sign in; the
    question can be answered without them."""
    parts = visit.at_once(
        partner=lambda: partner(services, found),
        programme=lambda: services.matching.programme(found["programme_id"]),
        asked=lambda: services.matching.person(found["person_id"]),
    )
    programme = parts.programme or {}
    zone = (parts.asked or {}).get("time_zone") or programme.get("time_zone")
    return {"partner": parts.partner, "about": programme.get("name"), "zone": zone}


def partner(services: Services, found: Json) -> str:
    if found.get("relationship") == "circle":
        return str(_("your circle"))
    pair = services.matching.pair(found["pair_id"])
    other = pair["mentee_id"] if pair["mentor_id"] == found["person_id"] else pair["mentor_id"]
    return named(services.matching.people([other]), other)


def chosen_rating() -> int:
    rating = whole(request.form.get("rating", ""))
    if rating is None or rating not in RATINGS:
        raise NotFound
    return rating


def entered() -> Json:
    """What the form says; what was left open is not sent."""
    form = request.form
    answer: Json = {"rating": chosen_rating()}
    if form.get("met") in ("yes", "no"):
        answer["met"] = form["met"] == "yes"
    if (progress := whole(form.get("progress", ""))) is not None:
        answer["progress"] = progress
    if form.get("comment", "").strip():
        answer |= {"comment": form["comment"].strip(), "comment_visible": "share" in form}
    return answer


def record(visit: Visit, services: Services, check_in_id: str) -> str:
    """Sends the answer; what to tell when it was not taken."""
    answer = entered()
    try:
        visit.do(lambda: services.surveys.answer(check_in_id, answer))
    except Refused as refused:
        return why_not(refused)
    return ""


def answer_unasked(visit: Visit, services: Services, check_in_id: str) -> ResponseReturnValue:
    """The page's script, on behalf of somebody who sees the page: only the rating, and never over a fresh other one."""
    found = visit.need(lambda: services.surveys.check_in(check_in_id))
    if held_back(visit, found, chosen_rating()):
        return said(_("Please press “Send answer”: another rating came from this link a moment ago."), "watch")
    if (found.get("answer") or {}).get("rating") == chosen_rating():
        return said(_("Your answer is kept. You can still change it below."), "good")
    told = record(visit, services, check_in_id)
    return said(told or _("Your answer is kept. You can still change it below."), "watch" if told else "good")


def held_back(visit: Visit, found: Json, rating: int) -> bool:
    before = (found.get("answer") or {}).get("rating")
    at = instant(found.get("answered_at"))
    return before not in (None, rating) and at is not None and visit.portal.clock.now() - at < SCANNER_PAUSE


def said(text: str, tone: str) -> ResponseReturnValue:
    return make_response(render_template("components/said.html", text=text, tone=tone))
