"""Circles of a programme, and one of them: who sits in it, who joins and who leaves."""

from collections.abc import Mapping
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.portal.clients.calls import Json, Refused
from services.portal.pages.called_words import nobody_called, several_called
from services.portal.pages.charge import in_charge, looked_after, looks_after
from services.portal.pages.circle_words import CIRCLE_LACKS, CIRCLE_REASONS, CIRCLE_STATES
from services.portal.pages.reading import rows, whole
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed, why_not
from services.portal.pages.wording import sign

pages = Pages("circles")
SIZES = {"min_mentees": "3", "max_mentees": "8"}


@pages.get("/programmes/<programme_id>/circles")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    matching, state = visit.services.matching, request.args.get("state", "")
    programme = visit.need(lambda: matching.programme(programme_id))
    found = visit.need(lambda: matching.circles.of_programme(programme_id, state if state in CIRCLE_STATES else ""))
    shown = rows(found, request.args.get("page"))
    people = visit.at_once(people=lambda: matching.people(everybody(shown.items))).people
    return render_template("circles.html", programme=programme, rows=shown, people=people, state=state,
                           states=CIRCLE_STATES, lacks=CIRCLE_LACKS, of_role=of_role)


def everybody(circles: Any) -> list[str]:
    return [party["person_id"] for one in circles for party in one["parties"]]


def of_role(circle: Json, role: str) -> list[str]:
    return [party["person_id"] for party in circle["parties"] if party["role"] == role]


@pages.get("/programmes/<programme_id>/circles/new")
def new(visit: Visit, programme_id: str) -> ResponseReturnValue:
    return render_template("circle-new.html", programme=looked_after(visit, programme_id), said=SIZES)


@pages.post("/programmes/<programme_id>/circles")
def form(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """What cannot be kept is shown again as it was filled in."""
    said, matching = request.form, visit.services.matching
    mentors, wrong = meant(matching.setting_up.called(named) if (named := mentors_in(said)) else {})
    faults = [*missing(said), *({"field": "mentor_1", "text": text} for text in wrong)]
    sizes = {name: int(said[name]) if is_number(said.get(name, "")) else 0 for name in SIZES}
    try:
        if not faults:
            wanted = {"name": said.get("name", "").strip(), "mentor_ids": mentors, **sizes}
            made = matching.circles.form(programme_id, wanted, pressed())
            flash(_("The circle is formed. Now add its mentees."), "good")
            return go(url_for("circles.circle", circle_id=made))
    except Refused as refused:
        faults = [{"field": "name", "text": why_not(refused)}]
    programme = visit.need(lambda: matching.programme(programme_id))
    return render_template("circle-new.html", programme=programme, said=said, faults=faults), 422


def mentors_in(said: Mapping[str, str]) -> list[str]:
    return [text for name in ("mentor_1", "mentor_2") if (text := said.get(name, "").strip())]


def missing(said: Mapping[str, str]) -> list[dict[str, str]]:
    """What no circle is formed without, each with its place on the page."""
    lacking = {"name": not said.get("name", "").strip(), "mentor_1": not mentors_in(said)}
    texts = {"name": _("Give the circle a name."), "mentor_1": _("Name one mentor at least.")}
    return [{"field": name, "text": texts[name]} for name, is_so in lacking.items() if is_so]


def is_number(text: str) -> bool:
    number = whole(text)
    return number is not None and number < 1_000


def meant(called: dict[str, list[Json]]) -> tuple[list[str], list[str]]:
    """The ids of people who are named, and what is wrong with the names."""
    faults = [nobody_called(text) for text, people in called.items() if not people]
    faults += [several_called(text, len(people)) for text, people in called.items() if len(people) > 1]
    return [people[0]["id"] for people in called.values() if len(people) == 1], faults


@pages.get("/circles/<circle_id>")
def circle(visit: Visit, circle_id: str) -> ResponseReturnValue:
    matching = visit.services.matching
    found = visit.need(lambda: matching.circles.one(circle_id))
    parts = visit.at_once(people=lambda: matching.people(everybody([found])),
                          programme=lambda: matching.programme(found["programme_id"]))
    plan = parts.programme or {}
    manages = looks_after(visit, in_charge(plan) if plan else [])
    return render_template(
        "circle.html", circle=found, plan=plan, people=parts.people or {}, missing=parts.missing, of_role=of_role,
        programme=parts.programme if manages else None, manages=manages, is_mine=visit.person.id in everybody([found]),
        state=sign(CIRCLE_STATES, found.get("state")), lacks=CIRCLE_LACKS, reasons=reasons_for(found),
        reason_names=CIRCLE_REASONS)


def reasons_for(circle: Json) -> list[tuple[str, object]]:
    """To choose from, with none chosen yet; a circle that never began was not completed."""
    begun = circle.get("state") != "forming"
    return [("", _("Please choose")), *((code, text) for code, text in CIRCLE_REASONS.items()
                                        if begun or code != "completed")]


@pages.post("/circles/<circle_id>/members")
def join(visit: Visit, circle_id: str) -> ResponseReturnValue:
    here, text = url_for("circles.circle", circle_id=circle_id), request.form.get("who", "").strip()
    matching, role = visit.services.matching, request.form.get("role", "mentee")
    found, faults = meant(matching.setting_up.called([text])) if text else ([], [_("Say who joins.")])
    if faults:
        flash(faults[0], "watch")
        return go(here)
    return visit.told(lambda: matching.circles.join(circle_id, found[0], role, pressed()),
                      _("Added to the circle."), here)


@pages.post("/circles/<circle_id>/members/<person_id>/departure")
def leave(visit: Visit, circle_id: str, person_id: str) -> ResponseReturnValue:
    mine = person_id == visit.person.id
    back = url_for("mine.my_mentoring") if mine else url_for("circles.circle", circle_id=circle_id)
    done = _("You have left the circle.") if mine else _("Taken out. The others go on.")
    return visit.told(lambda: visit.services.matching.circles.leave(circle_id, person_id, pressed()), done, back)


@pages.post("/circles/<circle_id>/closure")
def close(visit: Visit, circle_id: str) -> ResponseReturnValue:
    here, reason = url_for("circles.circle", circle_id=circle_id), request.form.get("reason", "")
    if reason not in CIRCLE_REASONS:
        flash(_("Choose why the circle ends."), "watch")
        return go(here)
    return visit.told(lambda: visit.services.matching.circles.close(circle_id, reason, pressed()),
                      _("The circle has ended."), here)
