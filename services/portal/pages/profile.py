"""The Ideal Mentor Profile of a programme: what it looks for in mentors, how much it counts, and what closes a gap."""

import re
from collections.abc import Mapping
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json, Refused
from services.portal.pages.application_words import WANTS, YES_NO
from services.portal.pages.form_fields import options_of, said
from services.portal.pages.objectives import with_one
from services.portal.pages.site import Pages
from services.portal.pages.surroundings import LANGUAGES
from services.portal.pages.visit import Visit, go, pressed, why_not

pages = Pages("profile")
MOST_POINTS = 1000
MENTOR = "mentor"


@pages.get("/programmes/<programme_id>/profile")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    programme, kept = visit.need(lambda: visit.services.matching.programme(programme_id)), profile(visit, programme_id)
    parts = visit.at_once(form=lambda: visit.services.matching.applications.form(programme_id),
                          modules=visit.services.community.modules)
    form = parts.form or {}
    return render_template(
        "profile.html", programme=programme, profile=kept, missing=parts.missing, modules=titles(parts.modules or []),
        labels=labels(kept["criteria"], programme["language"]), total=best(kept),
        questions=questions(form), wanted=lambda one: in_words(form, one))


@pages.get("/programmes/<programme_id>/criterion")
def one(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """One to change, by its code; without one, a new criterion."""
    kept, code = profile(visit, programme_id), request.args.get("code", "")
    found = next((each for each in kept["criteria"] if each["code"] == code), None)
    if code and found is None:
        raise NotFound
    form = visit.need(lambda: visit.services.matching.applications.form(programme_id))
    return shown(visit, programme_id, as_entered(form, found or {}), code, {}, kept["version"])


@pages.post("/programmes/<programme_id>/criterion")
def keep(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """In its place, or at the end."""
    kept, code = profile(visit, programme_id), request.form.get("code", "")
    given = {name: text.strip() for name, text in request.form.items()}
    faults = wrong(given)
    if faults:
        return shown(visit, programme_id, given, code, faults, given.get("version", "")), 422
    before: Json = next((each for each in kept["criteria"] if each["code"] == code), {})
    criterion = read(given, before, code or pressed())
    form = visit.need(lambda: visit.services.matching.applications.form(programme_id))
    criterion["words"] = as_codes(form, criterion)
    return changed(visit, programme_id, with_one(kept["criteria"], criterion), given)


@pages.post("/programmes/<programme_id>/profile/removal")
def remove(visit: Visit, programme_id: str) -> ResponseReturnValue:
    kept = profile(visit, programme_id)
    left = [each for each in kept["criteria"] if each["code"] != request.form.get("code", "")]
    return changed(visit, programme_id, left, None)


def profile(visit: Visit, programme_id: str) -> Json:
    return visit.need(lambda: visit.services.matching.setting_up.profile(programme_id))


def changed(visit: Visit, programme_id: str, criteria: list[Json], given: Json | None) -> ResponseReturnValue:
    """Keeps the profile; a refusal is told beside what was entered."""
    try:
        visit.do(lambda: visit.services.matching.setting_up.change(
            programme_id, {"profile": {"criteria": criteria}}, request.form.get("version", "")))
    except Refused as refused:
        if given is None:
            return visit.sent_back(refused, url_for("profile.of_programme", programme_id=programme_id))
        faults = {"label-en": why_not(refused)}
        present = profile(visit, programme_id)["version"]
        return shown(visit, programme_id, given, request.form.get("code", ""), faults, present), 422
    flash(_("The profile is kept. All applications of mentors are being scored by it."), "good")
    return go(url_for("profile.of_programme", programme_id=programme_id))


def shown(visit: Visit, programme_id: str, values: Json, code: str, faults: dict[str, str], version: Any) -> str:
    matching = visit.services.matching
    programme = visit.need(lambda: matching.programme(programme_id))
    form, modules = visit.need(lambda: matching.applications.form(programme_id)), visit.need(
        visit.services.community.modules)
    return render_template(
        "criterion.html", programme=programme, values=values, code=code, faults=faults, version=version,
        spoken=LANGUAGES, wants=[*WANTS.items()], fields=[*questions(form).items()],
        answers=answers(form), modules=[*titles(modules).items()])


def wrong(given: Json) -> dict[str, str]:
    """What cannot be kept, by field."""
    faults = {} if given.get("label-en") or given.get("label-de") else {"label-en": _("This is needed.")}
    if not 1 <= (number(given.get("points", "")) or 0) <= MOST_POINTS:
        faults["points"] = _("A whole number from 1 to 1,000 is expected.")
    if given.get("wants") == "names-none" and not words(given):
        faults["words"] = _("Write at least one word.")
    if given.get("wants") != "names-none" and number(given.get("least", "")) is None:
        faults["least"] = _("A whole number is expected.")
    return faults


def read(given: Json, before: Json, code: str) -> Json:
    """As the service takes it; labels in languages that the page does not ask for stay."""
    others = {language: text for language, text in (before.get("labels") or {}).items() if language not in LANGUAGES}
    asked = {language: given.get(f"label-{language}", "") for language in LANGUAGES}
    return {"code": code, "key": given.get("key", ""), "wants": given.get("wants", ""), "words": words(given),
            "least": number(given.get("least", "")) or (0 if given.get("wants") == "at-least" else 1),
            "points": number(given["points"]), "module": given.get("module", ""),
            "labels": {language: text for language, text in {**others, **asked}.items() if text}}


def as_entered(form: Json, one: Json) -> Json:
    return {**one, **{f"label-{language}": (one.get("labels") or {}).get(language, "") for language in LANGUAGES},
            "words": "\n".join(_named(form, one))}


def words(given: Json) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in given.get("words", "").splitlines() if line.strip()))


def number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


def labels(criteria: list[Json], language: str) -> dict[str, str]:
    """By code, in the reader's language."""
    return {one["code"]: said(one.get("labels"), language) or one["code"] for one in criteria}


def best(kept: Json) -> int:
    """The score of whoever has everything that counts."""
    return sum(one["points"] for one in kept["criteria"] if one["code"] not in kept["unasked"])


def titles(modules: list[Json]) -> dict[str, str]:
    return {one["id"]: said(one["titles"]) for one in modules}


def questions(form: Json) -> dict[str, str]:
    """What mentors are asked, by key."""
    return {one["key"]: said(one["labels"], form["language"]) for one in form.get("fields") or []
            if MENTOR in one["roles"]}


def answers(form: Json) -> list[tuple[str, list[tuple[str, str]]]]:
    """The questions with a list to choose from: code and words of each option."""
    choices = ((one, options_of(form, one, form["language"])) for one in form["fields"] if MENTOR in one["roles"])
    return [(said(one["labels"], form["language"]), found) for one, found in choices if found]


def in_words(form: Json, one: Json) -> str:
    """What a criterion wants of the answer."""
    entries = ", ".join(_named(form, one))
    if one["wants"] == "at-least":
        return str(_("%(least)s at least", least=one["least"]))
    if one["wants"] == "names-none":
        return str(_("none of: %(words)s", words=entries))
    if not entries:
        return str(_("%(least)s entries at least", least=one["least"]))
    return str(_("%(least)s at least of: %(words)s", least=one["least"], words=entries))


def _named(form: Json, one: Json) -> list[str]:
    known = _options(form, one)
    return [known.get(word, word) for word in one.get("words") or []]


def as_codes(form: Json, one: Json) -> list[str]:
    """Its words as rules compare them: where people choose from a list, an option stands there as they read it."""
    codes = {text.casefold(): code for code, text in _options(form, one).items()}
    return [codes.get(word.casefold(), word) for word in one["words"]]


def _options(form: Json, one: Json) -> Mapping[str, str]:
    """What people choose from who answer the question of a criterion: code and words."""
    asked = next((each for each in form.get("fields") or [] if each["key"] == one.get("key")), None)
    if asked and asked["kind"] == "yes-no":
        return {code: str(text) for code, text in YES_NO.items()}
    return dict(options_of(form, asked, form["language"])) if asked else {}
