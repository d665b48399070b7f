"""My mentoring: one next thing, the people I mentor or learn from, and what is mine to do."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.portal.clients.calls import Json
from services.portal.pages.circle_words import CIRCLE_STATES
from services.portal.pages.circles import everybody
from services.portal.pages.mentoring import LIVE, Mine
from services.portal.pages.next_thing import module_name, next_thing
from services.portal.pages.reading import whole
from services.portal.pages.requests import wishes_of
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, pressed
from services.portal.pages.wording import CHOICE_STATES, DECLINE_REASONS, PAIR_STATES, PARTICIPANT_STATES

pages = Pages("mine")
MOST_JOURNEYS = 6


RHYTHMS = {7: _l("Every week"), 14: _l("Every two weeks"), 21: _l("Every three weeks"), 30: _l("Once a month")}
"""Days between two sessions, as the form offers them."""


@pages.get("/my")
def my_mentoring(visit: Visit) -> ResponseReturnValue:
    mine = gathered(visit)
    return render_template(
        "mine.html",
        mine=mine,
        next=next_thing(mine),
        states=PAIR_STATES,
        circle_states=CIRCLE_STATES,
        wishes=mine.wishes,
        choice_states=CHOICE_STATES,
        part_states=PARTICIPANT_STATES,
        decline_reasons=[*DECLINE_REASONS.items()],
        module_name=module_name,
        rhythms=RHYTHMS,
        now=visit.portal.clock.now(),
    )


def gathered(visit: Visit) -> Mine:
    """Three services at once, then the partners' names and the journeys of the live pairs."""
    services, person_id = visit.services, visit.person.id
    wishes = wishes_of(visit)
    first = visit.at_once(
        pairs=services.matching.my_pairs,
        circles=services.matching.circles.mine,
        participants=services.matching.taking_part.mine,
        check_ins=services.surveys.open_check_ins,
        assignments=services.community.my_assignments,
        renewals=services.matching.applications.renewals,
        endorsements=services.matching.stepping.mine,
    )
    pairs = first.pairs or []
    live = [pair for pair in pairs if pair.get("state") in LIVE][:MOST_JOURNEYS]
    people, journeys, goals, gaps = second_look(visit, pairs, live, [*wishes.people, *everybody(first.circles or [])])
    taking_part = first.participants or []
    programmes = programmes_of(visit, [*live, *wishes.requests, *wishes.openings, *taking_part])
    return Mine(person_id, pairs, people, first.check_ins or [], first.assignments or [], journeys, goals,
                first.missing + gaps + wishes.missing, wishes, programmes, first.renewals or [],
                first.circles or [], taking_part, first.endorsements or [])


def programmes_of(visit: Visit, ones: list[Json]) -> dict[str, Json]:
    """What the programmes of pairs and requests call their roles; without an answer, the usual words do."""
    ids = dict.fromkeys(one["programme_id"] for one in ones)
    parts = visit.at_once(**{one: partial(visit.services.matching.programme, one) for one in ids})
    return {one: parts[one] for one in ids if parts[one]}


def second_look(
    visit: Visit, pairs: list[Json], live: list[Json], others: list[str]
) -> tuple[Any, Any, Any, tuple[str, ...]]:
    services = visit.services
    ids = [*others, *(one[side] for one in pairs for side in ("mentor_id", "mentee_id"))]
    asks: dict[str, Callable[[], Any]] = {"people": lambda: services.matching.people(ids)}
    asks |= {pair["id"]: partial(services.surveys.journey, pair["id"]) for pair in live}
    parts = visit.at_once(**asks)
    journeys = {pair["id"]: parts[pair["id"]] for pair in live if parts[pair["id"]]}
    told = visit.at_once(
        **{pair_id: partial(services.surveys.goals, one["id"]) for pair_id, one in journeys.items()}
    )
    goals = {pair_id: told[pair_id] or [] for pair_id in journeys}
    return parts["people"] or {}, journeys, goals, parts.missing + told.missing


@pages.post("/my/assignments/<assignment_id>/completion")
def complete(visit: Visit, assignment_id: str) -> ResponseReturnValue:
    return done(
        visit,
        lambda: visit.services.community.complete(assignment_id, pressed()),
        _("Well done. The training is noted."),
    )


@pages.post("/my/journeys/<journey_id>/agreement")
def agree(visit: Visit, journey_id: str) -> ResponseReturnValue:
    every = whole(request.form.get("meetings_every_days", ""))
    ends_on = request.form.get("ends_on", "").strip()
    terms = {
        "meetings_every_days": 14 if every is None else every,
        **({"ends_on": ends_on} if ends_on else {}),
        **{name: text for name in ("confidentiality", "boundaries") if (text := request.form.get(name, ""))},
    }
    return done(
        visit, lambda: visit.services.surveys.set_terms(journey_id, terms), _("Written down for both of you.")
    )


@pages.post("/my/journeys/<journey_id>/session-day")
def name_day(visit: Visit, journey_id: str) -> ResponseReturnValue:
    day = request.form.get("day", "").strip()
    return done(visit, lambda: visit.services.surveys.name_day(journey_id, day), _("The day is noted for both of you."))


@pages.post("/my/journeys/<journey_id>/goals")
def draft(visit: Visit, journey_id: str) -> ResponseReturnValue:
    title = request.form.get("title", "").strip()
    return done(
        visit, lambda: visit.services.surveys.draft_goal(journey_id, title, pressed()), _("The goal is drafted.")
    )


def done(visit: Visit, command: Callable[[], object], text: str) -> ResponseReturnValue:
    return visit.told(command, text, url_for("mine.my_mentoring"))
