"""The objectives of a programme: each with its measure, where it stood and where it shall be."""

import re
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json, Refused
from services.portal.pages.charge import looked_after
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed, why_not

pages = Pages("objectives")
TEXTS, FIGURES = ("name", "metric"), ("baseline", "target")


@pages.get("/programmes/<programme_id>/objectives")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    programme = looked_after(visit, programme_id)
    return render_template("objectives.html", programme=programme)


@pages.get("/programmes/<programme_id>/objective")
def one(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """One to change, by its code; without one, a new objective."""
    programme, code = looked_after(visit, programme_id), request.args.get("code", "")
    found = next((each for each in programme["objectives"] if each["code"] == code), None)
    if code and found is None:
        raise NotFound
    return shown(programme, as_entered(found or {}), code, {}, programme["version"])


@pages.post("/programmes/<programme_id>/objective")
def keep(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """In its place, or at the end."""
    programme = looked_after(visit, programme_id)
    given = {name: request.form.get(name, "").strip() for name in (*TEXTS, *FIGURES)}
    faults, code = wrong(given), request.form.get("code", "")
    if faults:
        return shown(programme, given, code, faults, request.form.get("version", "")), 422
    kept = {**given, **{name: figure(given[name]) for name in FIGURES}, "code": code or pressed()}
    return changed(visit, programme, with_one(programme["objectives"], kept), given)


@pages.post("/programmes/<programme_id>/objectives/removal")
def remove(visit: Visit, programme_id: str) -> ResponseReturnValue:
    programme = looked_after(visit, programme_id)
    left = [each for each in programme["objectives"] if each["code"] != request.form.get("code", "")]
    return changed(visit, programme, left, None)


def changed(visit: Visit, programme: Json, objectives: list[Json], given: Json | None) -> ResponseReturnValue:
    """Keeps the list; a refusal is told beside what was entered."""
    version, code = request.form.get("version", ""), request.form.get("code", "")
    try:
        visit.do(lambda: visit.services.matching.setting_up.change(
            programme["id"], {"objectives": objectives}, version))
    except Refused as refused:
        told = why_not(refused)
        if given is not None:
            return shown(programme, given, code, {"name": told}, programme["version"]), 422
        flash(told, "watch")
    else:
        flash(_("The objectives are kept."), "good")
    return go(url_for("objectives.of_programme", programme_id=programme["id"]))


def shown(programme: Json, values: Json, code: str, faults: dict[str, str], version: Any) -> str:
    return render_template("objective.html", programme=programme, values=values, code=code, faults=faults,
                           version=version)


def with_one(ones: list[Json], kept: Json) -> list[Json]:
    """In the place of the one with its code, else at the end: a repeat of a new one finds it there."""
    codes = [each["code"] for each in ones]
    return [kept if each["code"] == kept["code"] else each for each in ones] + [kept] * (kept["code"] not in codes)


def as_entered(objective: Json) -> Json:
    return {name: objective.get(name, "") for name in TEXTS} | {name: written(objective.get(name)) for name in FIGURES}


def wrong(given: Json) -> dict[str, str]:
    """What cannot be kept, by field."""
    faults = {name: _("This is needed.") for name in ("name", "metric", "target") if not given[name]}
    return faults | {name: _("A figure is expected, as in 70 or 3.5.") for name in FIGURES
                     if given[name] and figure(given[name]) is None}


def figure(text: str) -> float | None:
    """A figure with a point or a comma; None for nothing and nonsense."""
    plain = text.replace(",", ".")
    return float(plain) if re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", plain) else None


def written(value: float | None) -> str:
    """As the reader writes it in a field."""
    text = "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if str(get_locale()) == "de" else text
