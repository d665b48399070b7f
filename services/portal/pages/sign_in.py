"""Signing in and out, and the language of the pages."""

from dataclasses import replace

from flask import flash, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json
from services.portal.pages.people import MANAGES, Person, SamplePerson
from services.portal.pages.site import Pages, safe_path
from services.portal.pages.unsent import forget
from services.portal.pages.visit import Visit, go
from services.portal.pages.wording import KINDS_OF_PEOPLE

pages = Pages("sign_in")


@pages.get("/sign-in", open_to_all=True)
def choose(visit: Visit) -> ResponseReturnValue:
    return render_template(
        "sign-in.html",
        people=sample_people(visit),
        kinds=KINDS_OF_PEOPLE,
        next=safe_path(request.args.get("next", "/")),
        provider=visit.portal.provider,
        sign_out=provider_sign_out(visit) if "out" in request.args else None,
    )


@pages.post("/sign-in", open_to_all=True)
def enter(visit: Visit) -> ResponseReturnValue:
    sample = next((one for one in sample_people(visit) if one.id == request.form.get("person_id")), None)
    if sample is None:
        flash(_("Choose a person from the list."), "watch")
        return go(url_for("sign_in.choose"))
    person = Person(sample.id, sample.name, sample.roles)
    visit.begin(acquainted(visit, person))
    return go(safe_path(request.form.get("next", "/")))


@pages.post("/sign-out", open_to_all=True)
def leave(visit: Visit) -> ResponseReturnValue:
    visit.end()
    return go(url_for("sign_in.choose", out=1 if visit.portal.provider else None))


@pages.post("/language", open_to_all=True)
def speak(visit: Visit) -> ResponseReturnValue:
    wanted = request.form.get("language", "")
    if wanted not in visit.portal.settings.languages:
        raise NotFound
    session["language"] = wanted
    return go(safe_path(request.form.get("next", "/")))


@pages.post("/unsent/removal")
def throw_away(visit: Visit) -> ResponseReturnValue:
    """What was filled in before this sign-in."""
    forget(visit.portal)
    return go(safe_path(request.form.get("next", "/")))


@pages.get("/")
def home(visit: Visit) -> ResponseReturnValue:
    """Where this person's work is. Looked up again each time, since new programmes and pairs come up."""
    person = acquainted(visit, visit.person)
    visit.refresh(person)
    return go(url_for("programmes.overview_of_all" if "programmes" in person.areas else "mine.my_mentoring"))


def sample_people(visit: Visit) -> list[SamplePerson]:
    portal = visit.portal
    return list(portal.sample_people()) if portal.sample_people and not portal.provider else []


def provider_sign_out(visit: Visit) -> str | None:
    """Where the sign-in at the provider can be ended, too."""
    back = visit.portal.settings.public_url + url_for("sign_in.choose")
    return visit.portal.provider.sign_out_address(back) if visit.portal.provider else None


def acquainted(visit: Visit, person: Person) -> Person:
    """The person with language, time zone and the areas that hold something; what cannot be learnt now stays. Whom the
    directory does not know goes by the clock of the programmes."""
    services = visit.portal.services_for(person)
    parts = visit.at_once(
        record=lambda: services.matching.person(person.id),
        programmes=services.matching.programmes,
        pairs=services.matching.my_pairs,
    )
    record = parts.record or {}
    return replace(
        person,
        language=record.get("language") or person.language,
        time_zone=record.get("time_zone") or person.time_zone or zone_of(parts.programmes or []),
        areas=areas(person, parts.programmes, parts.pairs),
    )


def zone_of(programmes: list[Json]) -> str:
    return next((str(one["time_zone"]) for one in programmes if one.get("time_zone")), "")


def areas(person: Person, programmes: object, pairs: object) -> tuple[str, ...]:
    runs_programmes = bool(set(person.roles) & set(MANAGES)) or bool(programmes)
    return (*(["programmes"] if runs_programmes else []), *(["mine"] if pairs or not runs_programmes else []))
