"""Asking for a mentor: what became of the choices, the mentor's answer, and the coordinator's list."""

from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json
from services.portal.pages import saved_views
from services.portal.pages.bulk import each, left_over, place
from services.portal.pages.by_name import sought
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, pressed
from services.portal.pages.wording import CHOICE_STATES, DECLINE_REASONS, REQUEST_STATES

pages = Pages("requests")
UNANSWERED = "unanswered"
"""Open for more than three working days."""


@dataclass(frozen=True)
class Wishes:
    """What one person asks and is asked, and where they may begin to ask."""

    person_id: str = ""
    requests: list[Json] = field(default_factory=list)
    openings: list[Json] = field(default_factory=list)
    missing: tuple[str, ...] = ()

    @property
    def to_me(self) -> list[Json]:
        """With the one choice that this person is."""
        return [{**one, "mine": one["choices"][0]} for one in self.requests if one["mentee_id"] != self.person_id]

    @property
    def own(self) -> list[Json]:
        """Those under way, and the last one that found nobody."""
        mine = [one for one in self.requests if one["mentee_id"] == self.person_id]
        last = {one["programme_id"]: one for one in mine}
        unlucky = {one["programme_id"] for one in self.openings}
        return [one for one in last.values()
                if one["state"] == "open" or (one["state"] == "exhausted" and one["programme_id"] in unlucky)]

    @property
    def people(self) -> list[str]:
        """Everybody who is named."""
        return everybody(self.requests)


def wishes_of(visit: Visit) -> Wishes:
    matching = visit.services.matching
    parts = visit.at_once(requests=matching.asking.mine, openings=matching.asking.openings)
    return Wishes(visit.person.id, parts.requests or [], parts.openings or [], parts.missing)


@pages.get("/programmes/<programme_id>/requests")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    matching, state = visit.services.matching, request.args.get("state", "")
    programme = visit.need(lambda: matching.programme(programme_id))
    query, after = shown_requests(), request.args.get("after", "")
    shown = visit.need(lambda: matching.asking.of_programme(programme_id, after=after, **query))
    parts = visit.at_once(people=lambda: matching.people(everybody(shown.items)),
                          refusals=lambda: matching.asking.refusals(programme_id),
                          saved=saved_views.own(visit, programme_id, "requests"))
    return render_template(
        "requests.html", programme=programme, rows=shown, people=parts.people, state=state, states=REQUEST_STATES,
        choice_states=CHOICE_STATES, saved=parts.saved, left=left_over(),
        open=[one["id"] for one in shown.items if one["state"] == "open"], refusals=parts.refusals or {},
        reasons=DECLINE_REASONS)


@pages.post("/programmes/<programme_id>/requests/reminders")
def remind(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """The mentors who are asked by the ticked ones, or by all that were shown."""
    return each(visit.services.matching.asking.remind, lambda count: ngettext(
        "The mentor of one request is reminded.", "The mentors of %(num)s requests are reminded.", count),
        "requests.of_programme", programme_id=programme_id, **place())


def shown_requests() -> dict[str, str]:
    """By the filter in the address."""
    state = request.args.get("state", "")
    narrowed = {"unanswered": "yes"} if state == UNANSWERED else {"state": state if state in REQUEST_STATES else ""}
    return {**narrowed, "q": sought()}


def everybody(requests: Any) -> list[str]:
    return [person for one in requests
            for person in (one["mentee_id"], *(choice["mentor_id"] for choice in one["choices"]))]


@pages.post("/my/requests/<request_id>/<what>")
def answer(visit: Visit, request_id: str, what: str) -> ResponseReturnValue:
    said = {
        "acceptance": _("Thank you. You are a pair now, and both of you get a mail."),
        "refusal": _("Thank you for saying so. The mentee hears it from us, without your reason."),
        "question": _("Your question is on its way."),
        "reply": _("Your reply is on its way."),
        "withdrawal": _("Nobody is asked any more."),
    }
    if what not in said:
        raise NotFound
    body = {name: value for name in ("reason", "note", "text") if (value := request.form.get(name, "").strip())}
    return visit.told(lambda: visit.services.matching.asking.answer(request_id, what, pressed(), body), said[what],
                      url_for("mine.my_mentoring"))
