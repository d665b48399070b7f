"""Asking for a mentor: the mentee's choices, the mentor's answer, and the coordinator's list."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json
from services.portal.pages.reading import rows
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, pressed
from services.portal.pages.wording import CHOICE_STATES, DECLINE_REASONS, REQUEST_STATES

pages = Pages("requests")
CHOICES = 3


@dataclass(frozen=True)
class Wishes:
    """What one person asks, is asked, and may ask. `offers` are mentor ids by programme."""

    person_id: str = ""
    requests: list[Json] = field(default_factory=list)
    openings: list[Json] = field(default_factory=list)
    offers: dict[str, list[str]] = field(default_factory=dict)
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
        named = [choice["mentor_id"] for one in self.requests for choice in one["choices"]]
        offered = [mentor for mentors in self.offers.values() for mentor in mentors]
        return [*named, *(one["mentee_id"] for one in self.requests), *offered]

    def places(self, one: Json) -> list[str]:
        """Whom to ask next, as chosen so far, with empty places up to three."""
        chosen = [choice["mentor_id"] for choice in one["choices"] if choice["state"] == "waiting"]
        return (chosen + [""] * CHOICES)[: CHOICES - len(one["choices"]) + len(chosen)]

    def choosable(self, one: Json) -> list[str]:
        """Offers and those chosen already, without those who were asked."""
        past = {choice["mentor_id"] for choice in one["choices"] if choice["state"] != "waiting"}
        chosen = [choice["mentor_id"] for choice in one["choices"] if choice["state"] == "waiting"]
        offered = dict.fromkeys([*chosen, *self.offers.get(one["programme_id"], [])])
        return [mentor for mentor in offered if mentor not in past]


def wishes_of(visit: Visit) -> Wishes:
    matching = visit.services.matching
    first = visit.at_once(requests=matching.my_requests, openings=matching.openings)
    requests, openings = first.requests or [], first.openings or []
    own = [one for one in requests if one["mentee_id"] == visit.person.id and one["state"] == "open"]
    more = visit.at_once(**{one["programme_id"]: partial(matching.offers, one["programme_id"]) for one in own})
    offered = {one["programme_id"]: one["offers"] for one in openings} | {
        one["programme_id"]: more[one["programme_id"]] or [] for one in own}
    offers = {programme: [one["mentor_id"] for one in found] for programme, found in offered.items()}
    return Wishes(visit.person.id, requests, openings, offers, first.missing + more.missing)


@pages.get("/programmes/<programme_id>/requests")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    matching, state = visit.services.matching, request.args.get("state", "")
    programme = visit.need(lambda: matching.programme(programme_id))
    found = visit.need(lambda: matching.requests(programme_id, state if state in REQUEST_STATES else ""))
    shown = rows(found, request.args.get("page"))
    parts = visit.at_once(people=lambda: matching.people(everybody(shown.items)),
                          reasons=lambda: matching.refusals(programme_id))
    return render_template(
        "requests.html", programme=programme, rows=shown, people=parts.people, state=state, states=REQUEST_STATES,
        choice_states=CHOICE_STATES, refusals=parts.reasons or {}, reasons=DECLINE_REASONS)


def everybody(requests: Any) -> list[str]:
    return [person for one in requests
            for person in (one["mentee_id"], *(choice["mentor_id"] for choice in one["choices"]))]


@pages.post("/my/requests")
def ask(visit: Visit) -> ResponseReturnValue:
    programme_id = request.form.get("programme_id", "")
    return done(visit, lambda: visit.services.matching.ask_mentors(programme_id, chosen(), pressed()),
                _("Asked. You hear from us as soon as there is an answer."))


@pages.post("/my/requests/<request_id>/choices")
def choose(visit: Visit, request_id: str) -> ResponseReturnValue:
    version = request.form.get("version", "")
    return done(visit, lambda: visit.services.matching.choose_mentors(request_id, chosen(), version),
                _("Your choices are kept."))


@pages.post("/my/requests/<request_id>/<what>")
def answer(visit: Visit, request_id: str, what: str) -> ResponseReturnValue:
    said = {
        "acceptance": _("Thank you. You are a pair now, and both of you get a mail."),
        "refusal": _("Thank you for saying so. Somebody else is asked."),
        "question": _("Your question is on its way."),
        "reply": _("Your reply is on its way."),
        "withdrawal": _("Nobody is asked any more."),
    }
    if what not in said:
        raise NotFound
    body = {name: value for name in ("reason", "note", "text") if (value := request.form.get(name, "").strip())}
    return done(visit, lambda: visit.services.matching.answer_request(request_id, what, pressed(), body), said[what])


def chosen() -> list[str]:
    """In order, without empty places and repeats."""
    places = (request.form.get(f"choice-{number}", "") for number in range(1, CHOICES + 1))
    return [one for one in dict.fromkeys(places) if one]


def done(visit: Visit, command: Callable[[], object], text: str) -> ResponseReturnValue:
    return visit.told(command, text, url_for("mine.my_mentoring"))
