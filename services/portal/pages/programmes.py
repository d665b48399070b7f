"""Programmes: the list, a new one from a template, one programme's overview and its people."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from services.portal.clients import Services
from services.portal.clients.calls import Json, Refused
from services.portal.clients.matching import Matching
from services.portal.clients.together import Parts
from services.portal.pages import saved_views
from services.portal.pages.by_name import sought
from services.portal.pages.charge import in_charge, is_office, looked_at, looks_after
from services.portal.pages.checklist_words import DOINGS, text_of
from services.portal.pages.departure_words import DEPARTURES
from services.portal.pages.numbers import Numbers
from services.portal.pages.overview import Overview
from services.portal.pages.quality import standing
from services.portal.pages.reading import day
from services.portal.pages.role_words import role_labels
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed, why_not
from services.portal.pages.wording import GATES, PARTICIPANT_STATES, PROGRAMME_STATES, ROLES

pages = Pages("programmes")
VIEWS = {"unmatched": {"alone": "yes"}, "matched": {"matched": "yes"},
         **{f"active-{role}": {"role": role, "state": "active"} for role in ROLES}}
"""Of people, beside those by role: mentees without and with a mentor, and who may be matched now."""
COPY, MOST_COPIES = "copy", 5
"""What stands before the id of the programme that a new one is made like, and how many of the latest are offered."""


@pages.get("/programmes")
def overview_of_all(visit: Visit) -> ResponseReturnValue:
    programmes = visit.need(visit.services.matching.programmes)
    ordered = sorted(programmes, key=begun, reverse=True)
    theirs = [one for one in ordered if looks_after(visit, in_charge(one))]
    return render_template("programmes.html", programmes=ordered, states=PROGRAMME_STATES, may_begin=is_office(visit),
                           theirs=len(theirs), sponsored=len(ordered) - len(theirs))


@pages.get("/programmes/new")
def new(visit: Visit) -> ResponseReturnValue:
    return blank(visit, {"starts_on": visit.today, "template": request.args.get("like", "")})


@pages.post("/programmes/new")
def create(visit: Visit) -> ResponseReturnValue:
    wanted = {name: request.form.get(name, "").strip() for name in ("template", "name", "starts_on")}
    try:
        made = visit.do(lambda: made_like(visit.services.matching, wanted))
    except Refused as refused:
        return blank(visit, wanted, why_not(refused)), 422
    return go(url_for("programmes.overview", programme_id=made))


def made_like(matching: Matching, wanted: Json) -> str:
    """The id of a new programme, from a template or from an earlier programme."""
    kind, _colon, earlier = str(wanted["template"]).partition(":")
    if kind != COPY:
        return matching.create_programme({**wanted, "language": str(get_locale())}, pressed())
    return matching.copy_programme(earlier, {name: wanted[name] for name in ("name", "starts_on")}, pressed())


def blank(visit: Visit, values: Json, fault: str = "") -> str:
    """The form, with what was entered and what is wrong with it. Raises NotFound for whoever may begin none."""
    templates = visit.need(visit.services.matching.templates) if is_office(visit) else []
    theirs = [one for one in visit.need(visit.services.matching.programmes) if looks_after(visit, in_charge(one))]
    earlier = offered(theirs, str(values["template"]))
    choices = [*map(template_choice, templates), *((f"{COPY}:{one['id']}", copy_of(one)) for one in earlier)]
    if not choices:
        raise NotFound
    faults = [{"field": "name", "text": fault}] if fault else []
    return render_template("programme-new.html", choices=choices, values=values, faults=faults)


def offered(programmes: list[Json], chosen: str) -> list[Json]:
    """The latest, and the one that was chosen however old it is."""
    latest_first = sorted(programmes, key=begun, reverse=True)
    return [one for at, one in enumerate(latest_first) if at < MOST_COPIES or chosen == f"{COPY}:{one['id']}"]


def begun(programme: Json) -> str:
    return str(programme.get("starts_on", ""))


def template_choice(template: Json) -> tuple[str, str]:
    return str(template["id"]), str((template.get("names") or {}).get(str(get_locale())) or template["name"])


def copy_of(programme: Json) -> str:
    return str(_("As %(name)s, begun %(day)s", name=programme["name"], day=day(programme["starts_on"])))


@pages.get("/programmes/<programme_id>")
def overview(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """The sponsor has a page of their own: this one is about people to look after."""
    programme, services = looked_at(visit, programme_id), visit.services.matching
    if not looks_after(visit, in_charge(programme)):
        return go(url_for("sponsoring.of_programme", programme_id=programme_id))
    seen = Overview(
        Numbers(programme, counts(visit, programme), visit.person.time_zone), visit.portal.clock.now()
    )
    ticked = [one["ticked_by"] for one in seen.checklist() if one["ticked_by"]]
    people = visit.at_once(people=lambda: services.people(ticked)).people if ticked else {}
    return render_template(
        "overview.html", programme=programme, seen=seen, state=programme_state(programme), gates=GATES,
        text_of=text_of, doings=DOINGS, people=people,
        standing=standing
    )


def counts(visit: Visit, programme: Json) -> Parts:
    """What the services count, and what lists hold; each may be missing. Of the cohort before, what the reader may."""
    services, programme_id = visit.services, str(programme["id"])
    return visit.at_once(
        **(NOTHING if programme.get("state") == "draft" else told_elsewhere(services, programme)),
        summary=lambda: services.matching.counting.summary(programme_id),
        first_sessions=lambda: services.matching.counting.first_sessions(programme_id),
        charge=lambda: services.matching.setting_up.charge(programme_id),
        runs=lambda: services.matching.runs(programme_id),
        requests=lambda: services.matching.asking.figures(programme_id),
        checklist=lambda: services.matching.setting_up.checklist(programme_id),
    )


NOTHING: dict[str, Callable[[], Any]] = {
    "check_ins": dict, "messages": dict, "last_check_ins": dict, "training": dict, "cases": list}
"""Of a draft: other services hear of a programme when it is opened."""


def told_elsewhere(services: Services, programme: Json) -> dict[str, Callable[[], Any]]:
    """What other services than matching count."""
    programme_id, earlier = str(programme["id"]), programme.get("succeeds")
    return {
        "check_ins": lambda: services.surveys.check_in_summary(programme_id),
        "messages": lambda: services.notifications.message_summary(programme_id),
        "last_check_ins": lambda: services.surveys.check_in_summary(earlier) if earlier else None,
        "training": lambda: services.community.training_summary(programme_id),
        "cases": lambda: services.surveys.cases(programme_id, mine=True),
    }


def programme_state(programme: Json) -> Any:
    return PROGRAMME_STATES.get(programme.get("state", ""), PROGRAMME_STATES["draft"])


@pages.post("/programmes/<programme_id>/opening")
def open_it(visit: Visit, programme_id: str) -> ResponseReturnValue:
    return visit.told(
        lambda: visit.services.matching.open_programme(programme_id, pressed()),
        _("The programme is open: people can take part."),
        url_for("programmes.overview", programme_id=programme_id),
    )


@pages.get("/programmes/<programme_id>/people")
def people(visit: Visit, programme_id: str) -> ResponseReturnValue:
    matching, role = visit.services.matching, request.args.get("state", "")
    programme, query = visit.need(lambda: matching.programme(programme_id)), shown_people()
    after = request.args.get("after", "")
    shown = visit.need(lambda: matching.taking_part.of_programme(programme_id, after=after, **query))
    around = visit.at_once(people=lambda: matching.people(one["person_id"] for one in shown.items),
                           saved=saved_views.own(visit, programme_id, "people"))
    return render_template(
        "people.html",
        programme=programme,
        rows=shown,
        people=around.people,
        saved=around.saved,
        role=role,
        roles=role_labels(programme),
        states=PARTICIPANT_STATES, departures=DEPARTURES,
    )


def shown_people() -> dict[str, str]:
    """By the filter in the address."""
    state = request.args.get("state", "")
    return {**(VIEWS.get(state) or {"role": state if state in ROLES else ""}), "q": sought()}
