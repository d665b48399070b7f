"""The form of a programme, made without code: fields added, ordered, changed and looked at as people see them."""

import re
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json, Refused
from services.portal.pages.application_words import FIELD_KINDS
from services.portal.pages.charge import looked_after
from services.portal.pages.form_faults import faults_of
from services.portal.pages.form_fields import asked, said
from services.portal.pages.role_words import role_labels
from services.portal.pages.site import Pages
from services.portal.pages.surroundings import LANGUAGES
from services.portal.pages.visit import Visit, go, why_not
from services.portal.pages.wording import ROLES

pages = Pages("form")


@pages.get("/programmes/<programme_id>/form")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """The fields in order, or with `state` the form as that role is asked it."""
    matching, role = visit.services.matching, request.args.get("state", "")
    programme = looked_after(visit, programme_id)
    form = visit.need(lambda: matching.applications.form(programme_id))
    preview = asked(form, role, {}, []) if role in ROLES else []
    return render_template("form.html", programme=programme, form=form, role=role if role in ROLES else "",
                           roles=role_labels(programme), kinds=FIELD_KINDS, preview=preview, said=said,
                           skills=lines(form["skills"]))


@pages.get("/programmes/<programme_id>/form/field")
def field(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """One field to change, by its key; without one, a new field."""
    key = request.args.get("key", "")
    form = visit.need(lambda: visit.services.matching.applications.form(programme_id))
    one = found(form["fields"], key)
    if key and one is None:
        raise NotFound
    return shown(visit, form, key, one or {"roles": [*ROLES]}, [])


@pages.post("/programmes/<programme_id>/form/field")
def keep(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """What cannot be asked so is shown again as it was filled in."""
    applications, key = visit.services.matching.applications, request.form.get("key", "")
    form = visit.need(lambda: applications.form(programme_id))
    one = filled_in(key, found(form["fields"], key) or {})
    if faults := faults_of(one, [other["key"] for other in form["fields"] if other["key"] != key]):
        return shown(visit, form, key, one, faults), 422
    settings = kept(form["fields"], one, key)
    try:
        visit.do(lambda: applications.change(programme_id, settings, request.form.get("version", "")))
    except Refused as refused:
        return shown(visit, form, key, one, [{"text": why_not(refused)}]), 422
    flash(_("The form is changed."), "good")
    return go(url_for("form.of_programme", programme_id=programme_id))


def shown(visit: Visit, form: Json, key: str, one: Json, faults: list[Json]) -> str:
    programme = looked_after(visit, form["programme_id"])
    return render_template("form-field.html", programme=programme, form=form, one=one, key=key, faults=faults,
                           kinds=[*FIELD_KINDS.items()], roles=role_labels(programme), spoken=LANGUAGES,
                           options=lines(one.get("options") or []), new_key=request.form.get("new_key", ""))


@pages.post("/programmes/<programme_id>/form/<what>")
def change(visit: Visit, programme_id: str, what: str) -> ResponseReturnValue:
    """`what` is up, down, removal, skills or window. Answers that were given stay as they are."""
    if what not in CHANGES:
        raise NotFound
    form = visit.need(lambda: visit.services.matching.applications.form(programme_id))
    settings = CHANGES[what](form, request.form.get("key", ""))
    return visit.told(
        lambda: visit.services.matching.applications.change(programme_id, settings, request.form.get("version", "")),
        _("The form is changed."), url_for("form.of_programme", programme_id=programme_id))


def found(fields: list[Json], key: str) -> Json | None:
    return next((one for one in fields if one["key"] == key), None)


def kept(fields: list[Json], one: Json, key: str) -> Json:
    """In the place of the field with this key; a new one at the end, where the service says no to a key twice."""
    if found(fields, key):
        return asking([one if other["key"] == key else other for other in fields])
    return asking([*fields, one])


def filled_in(key: str, before: Json) -> Json:
    """What was sent; texts in languages that the page does not ask for stay as they were."""
    sent = request.form
    labels, helps = (texts(name, before.get(f"{name}s")) for name in ("label", "help"))
    return {"key": key or column_of(sent.get("new_key", "") or next(iter(labels.values()), "")),
            "kind": sent.get("kind", ""), "labels": labels, "helps": helps, "roles": sent.getlist("roles"),
            "required": "required" in sent, "options": options(sent.get("options", ""), before.get("options")),
            "least": number("least"), "most": number("most")}


def moved_up(form: Json, key: str) -> Json:
    return moved(form, key, -1)


def moved_down(form: Json, key: str) -> Json:
    return moved(form, key, 1)


def moved(form: Json, key: str, by: int) -> Json:
    fields = [*form["fields"]]
    one = found(fields, key)
    if one is None:
        raise NotFound
    at = fields.index(one)
    fields.insert(min(max(at + by, 0), len(fields) - 1), fields.pop(at))
    return asking(fields)


def without(form: Json, key: str) -> Json:
    return asking([one for one in form["fields"] if one["key"] != key])


def skills(form: Json, _key: str) -> Json:
    return {"skills": options(request.form.get("skills", ""), form["skills"])}


def window(_form: Json, _key: str) -> Json:
    """When applications are taken; at any time leaves no dates."""
    if "always_on" in request.form:
        return {"always_on": True, "applications_from": None, "applications_until": None}
    days = {name: request.form.get(name, "").strip() or None for name in ("applications_from", "applications_until")}
    return {"always_on": False, **days}


CHANGES: dict[str, Any] = {
    "up": moved_up, "down": moved_down, "removal": without, "skills": skills, "window": window}


def asking(fields: list[Json]) -> Json:
    return {"form": {"fields": fields}}


def texts(name: str, before: Json | None) -> dict[str, str]:
    given = {language: request.form.get(f"{name}-{language}", "").strip() for language in LANGUAGES}
    return merged(before, given)


def merged(before: Json | None, given: dict[str, str]) -> dict[str, str]:
    """The texts as given now, beside those in languages that the page does not ask for."""
    others = {language: text for language, text in (before or {}).items() if language not in LANGUAGES}
    return {language: text for language, text in {**given, **others}.items() if text}


def number(name: str) -> int | str | None:
    """What is no number goes on as it is: the service says no."""
    text = request.form.get(name, "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else text or None


def options(text: str, before: list[Json] | None = None) -> list[Json]:
    """One a line: what is kept, then what people read in each language, between bars."""
    known = {one["code"]: one.get("labels") for one in before or []}
    lines = ([part.strip() for part in line.split("|")] for line in text.splitlines() if line.strip())
    return [{"code": parts[0], "labels": merged(known.get(parts[0]), dict(zip(LANGUAGES, parts[1:], strict=False)))}
            for parts in lines]


def lines(given: list[Json]) -> str:
    """The same the other way round."""
    return "\n".join(" | ".join([one["code"], *_labels(one)]) for one in given)


def _labels(one: Json) -> list[str]:
    labels = [(one.get("labels") or {}).get(language, "") for language in LANGUAGES]
    return labels if any(labels) else []


def column_of(label: str) -> str:
    """A key that follows from the label."""
    return re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_")[:50]
