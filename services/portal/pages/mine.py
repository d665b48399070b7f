"""My mentoring: one next thing, the people I mentor or learn from, and what is mine to do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.portal.clients.calls import Json
from services.portal.pages.reading import named
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, pressed
from services.portal.pages.wording import MODULES, PAIR_STATES

pages = Pages("mine")
LIVE = ("proposed", "accepted", "awaiting-training", "active", "paused", "closing")
MOST_JOURNEYS = 6


@dataclass(frozen=True)
class Mine:
    """Everything the page shows of one person."""

    person_id: str
    pairs: list[Json]
    people: dict[str, Json]
    check_ins: list[Json]
    assignments: list[Json]
    journeys: dict[str, Json] = field(default_factory=dict)
    goals: dict[str, list[Json]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def live(self) -> list[Json]:
        return [pair for pair in self.pairs if pair.get("state") in LIVE]

    @property
    def past(self) -> list[Json]:
        return [pair for pair in self.pairs if pair.get("state") not in LIVE]

    @property
    def due(self) -> list[Json]:
        return [one for one in self.assignments if one.get("state") in ("assigned", "overdue")]

    def i_mentor(self, pair: Json) -> bool:
        return bool(pair["mentor_id"] == self.person_id)

    def other_id(self, pair: Json) -> str:
        return str(pair["mentee_id"] if self.i_mentor(pair) else pair["mentor_id"])

    def other(self, pair: Json) -> str:
        return named(self.people, self.other_id(pair))

    def place_of(self, pair: Json) -> Json:
        return self.people.get(self.other_id(pair), {})

    def partner_of(self, pair_id: str) -> str:
        pair = next((one for one in self.pairs if one["id"] == pair_id), None)
        return self.other(pair) if pair else ""

    def needs(self, pair: Json, gate: str) -> bool:
        """Whether a step before the beginning is still open: terms and a goal are asked until they are there."""
        journey = self.journeys.get(pair["id"])
        if journey is None or pair["state"] in ("closing", "proposed"):
            return False
        return (
            not (journey.get("agreement") or journey.get("terms"))
            if gate == "agreement"
            else not self.goals.get(pair["id"])
        )


@dataclass(frozen=True)
class NextThing:
    """What the sea panel holds."""

    title: str
    text: str
    button: str = ""
    href: str = ""
    action: str = ""


@pages.get("/my")
def my_mentoring(visit: Visit) -> ResponseReturnValue:
    mine = gathered(visit)
    return render_template(
        "mine.html",
        mine=mine,
        next=next_thing(mine),
        states=PAIR_STATES,
        modules=MODULES,
        now=visit.portal.clock.now(),
    )


def gathered(visit: Visit) -> Mine:
    """Three services at once, then the partners' names and the journeys of the live pairs."""
    services, person_id = visit.services, visit.person.id
    first = visit.at_once(
        pairs=services.matching.my_pairs,
        check_ins=services.surveys.open_check_ins,
        assignments=services.community.my_assignments,
    )
    pairs = first.pairs or []
    live = [pair for pair in pairs if pair.get("state") in LIVE][:MOST_JOURNEYS]
    people, journeys, goals, gaps = second_look(visit, pairs, live)
    missing = first.missing + gaps
    return Mine(person_id, pairs, people, first.check_ins or [], first.assignments or [], journeys, goals, missing)


def second_look(visit: Visit, pairs: list[Json], live: list[Json]) -> tuple[Any, Any, Any, tuple[str, ...]]:
    services = visit.services
    ids = [one[side] for one in pairs for side in ("mentor_id", "mentee_id")]
    asks: dict[str, Callable[[], Any]] = {"people": lambda: services.matching.people(ids)}
    asks |= {pair["id"]: partial(services.surveys.journey, pair["id"]) for pair in live}
    parts = visit.at_once(**asks)
    journeys = {pair["id"]: parts[pair["id"]] for pair in live if parts[pair["id"]]}
    told = visit.at_once(
        **{pair_id: partial(services.surveys.goals, one["id"]) for pair_id, one in journeys.items()}
    )
    goals = {pair_id: told[pair_id] or [] for pair_id in journeys}
    return parts["people"] or {}, journeys, goals, parts.missing + told.missing


def next_thing(mine: Mine) -> NextThing:
    """The first that applies: answer, accept, learn, agree, set a goal, and else nothing at all."""
    steps = (next_check_in, next_acceptance, next_training, next_agreement, next_goal)
    return next((found for step in steps if (found := step(mine))), nothing_next(mine))


def next_check_in(mine: Mine) -> NextThing | None:
    if not mine.check_ins:
        return None
    one = mine.check_ins[0]
    title = _("How is mentoring going with %(name)s?", name=mine.partner_of(one["pair_id"]) or _("your partner"))
    text = _("One question, half a minute. Confidential.")
    return NextThing(title, text, _("Answer"), href=url_for("check_in.mine", check_in_id=one["id"]))


def next_acceptance(mine: Mine) -> NextThing | None:
    pair = next((one for one in mine.live if one["state"] == "proposed"), None)
    if pair is None:
        return None
    text = _("The coordinator thinks that you two fit. Say yes, or ask first.")
    return NextThing(
        _("Meet %(name)s", name=mine.other(pair)), text, _("Accept"), action=change_of(pair, "acceptance")
    )


def next_training(mine: Mine) -> NextThing | None:
    if not mine.due:
        return None
    one = mine.due[0]
    title = _("Do the %(module)s together", module=MODULES.get(one.get("module", ""), one.get("module", "")))
    action = url_for("mine.complete", assignment_id=one["id"])
    return NextThing(
        title, _("The first step of the two of you. Tell us here once it is done."), _("It is done"), action=action
    )


def next_agreement(mine: Mine) -> NextThing | None:
    pair = next((one for one in mine.live if mine.needs(one, "agreement")), None)
    if pair is None:
        return None
    title = _("Agree with %(name)s how you meet", name=mine.other(pair))
    return NextThing(
        title,
        _("How often, and until when. One of you writes it down for both."),
        _("Write it down"),
        href=f"#terms-{pair['id']}",
    )


def next_goal(mine: Mine) -> NextThing | None:
    pair = next((one for one in mine.live if mine.needs(one, "goal")), None)
    if pair is None:
        return None
    title = _("Draft a first goal with %(name)s", name=mine.other(pair))
    return NextThing(
        title, _("A sentence is enough; you can sharpen it together."), _("Draft it"), href=f"#goal-{pair['id']}"
    )


def nothing_next(mine: Mine) -> NextThing:
    if mine.live:
        return NextThing(_("Nothing is due"), _("Enjoy your next meeting. We ask again in a few weeks."))
    return NextThing(_("No partner yet"), _("You hear from us as soon as somebody is found for you."))


def change_of(pair: Json, what: str) -> str:
    return url_for("pairs.change", pair_id=pair["id"], what=what)


@pages.post("/my/assignments/<assignment_id>/completion")
def complete(visit: Visit, assignment_id: str) -> ResponseReturnValue:
    return done(
        visit,
        lambda: visit.services.community.complete(assignment_id, pressed()),
        _("Well done. The training is noted."),
    )


@pages.post("/my/journeys/<journey_id>/agreement")
def agree(visit: Visit, journey_id: str) -> ResponseReturnValue:
    every = request.form.get("meetings_every_days", "")
    ends_on = request.form.get("ends_on", "").strip()
    terms = {
        "meetings_every_days": int(every) if every.isdigit() else 14,
        **({"ends_on": ends_on} if ends_on else {}),
    }
    return done(
        visit, lambda: visit.services.surveys.set_terms(journey_id, terms), _("Written down for both of you.")
    )


@pages.post("/my/journeys/<journey_id>/goals")
def draft(visit: Visit, journey_id: str) -> ResponseReturnValue:
    text = request.form.get("text", "").strip()
    return done(
        visit, lambda: visit.services.surveys.draft_goal(journey_id, text, pressed()), _("The goal is drafted.")
    )


def done(visit: Visit, command: Callable[[], object], text: str) -> ResponseReturnValue:
    return visit.told(command, text, url_for("mine.my_mentoring"))
