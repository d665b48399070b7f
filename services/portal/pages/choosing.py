"""Choosing mentors to ask: up to three in order, of those who have room; also while one of them is asked."""

from dataclasses import dataclass, field, replace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.portal.clients.calls import Json, Refused
from services.portal.pages import reasons
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, pressed

pages = Pages("choosing")
CHOICES, LONGEST = 3, 200
SHOWN_FIRST = 5
"""Of those recommended; the others open on demand."""


@dataclass(frozen=True)
class Recommended:
    """A mentor in the list, the best first; `room` None: an older service does not say."""

    rank: int
    mentor_id: str
    reasons: list[str]
    room: int | None


@dataclass(frozen=True)
class Choosing:
    """The `request` under way, if there is one, and whom to ask next; `picked` were found, and are not sent yet."""

    request: Json | None
    offers: list[Json]
    picked: list[str] = field(default_factory=list)

    @property
    def chosen(self) -> list[str]:
        """Who waits for their turn."""
        return [one["mentor_id"] for one in self._choices if one["state"] == "waiting"]

    @property
    def past(self) -> list[str]:
        """Whose turn it is or was."""
        return [one["mentor_id"] for one in self._choices if one["state"] != "waiting"]

    @property
    def places(self) -> list[str]:
        """As chosen so far, with empty places up to three."""
        named = [*dict.fromkeys([*self.chosen, *self.picked])]
        return (named + [""] * CHOICES)[: CHOICES - len(self.past)]

    @property
    def choosable(self) -> list[str]:
        """Chosen ones first, then offers, without those who were asked."""
        named = dict.fromkeys([*self.chosen, *self.picked, *(one["mentor_id"] for one in self.offers)])
        return [one for one in named if one not in self.past]

    @property
    def has_place(self) -> bool:
        """Whether one more can be picked."""
        return "" in self.places

    @property
    def recommended(self) -> list[Recommended]:
        """Those on offer who were not asked, in the order in which they suit and are free."""
        free = [one for one in self.offers if one["mentor_id"] not in self.past]
        return [Recommended(rank, one["mentor_id"], reasons.to_mentee(one), one.get("room"))
                for rank, one in enumerate(free, 1)]

    @property
    def _choices(self) -> list[Json]:
        return self.request["choices"] if self.request else []


@pages.get("/my/programmes/<programme_id>/mentors")
def mentors(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """The best, or those who answer to what is looked for; whom the address names is on the lists already."""
    matching, text = visit.services.matching, " ".join(request.args.get("text", "").split())[:LONGEST]
    programme = visit.need(lambda: matching.programme(programme_id))
    try:
        offers = visit.need(lambda: matching.asking.offers(programme_id, text))
    except Refused as refused:
        return visit.sent_back(refused, url_for("mine.my_mentoring"))
    mine = [one for one in visit.need(matching.asking.mine) if one["mentee_id"] == visit.person.id
            and one["programme_id"] == programme_id and one["state"] == "open"]
    choosing = Choosing(mine[0] if mine else None, offers, request.args.getlist("pick")[:CHOICES])
    people = visit.need(lambda: matching.people(choosing.choosable))
    choosing = replace(choosing, picked=[one for one in choosing.picked if one in people])
    return render_template("mentors.html", plan=programme, choosing=choosing, people=people,
                           shown_first=SHOWN_FIRST, text=text)


@pages.post("/my/requests")
def ask(visit: Visit) -> ResponseReturnValue:
    programme_id, question = request.form.get("programme_id", ""), request.form.get("one_question", "").strip()
    asking = visit.services.matching.asking
    return visit.told(lambda: asking.ask_mentors(programme_id, named_ones(), pressed(), question),
                      _("Asked. You hear from us as soon as there is an answer."), url_for("mine.my_mentoring"))


@pages.post("/my/requests/<request_id>/choices")
def choose(visit: Visit, request_id: str) -> ResponseReturnValue:
    version = request.form.get("version", "")
    return visit.told(lambda: visit.services.matching.asking.choose_mentors(request_id, named_ones(), version),
                      _("Your choices are kept."), url_for("mine.my_mentoring"))


def named_ones() -> list[str]:
    """In order, without empty places and repeats."""
    places = (request.form.get(f"choice-{number}", "") for number in range(1, CHOICES + 1))
    return [one for one in dict.fromkeys(places) if one]
