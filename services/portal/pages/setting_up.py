"""The settings of a programme on one page: what is wrong stands beside its field, and so does what somebody else has
changed meanwhile."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.portal.clients.calls import Json, Refused
from services.portal.pages.charge import looked_after, looks_after
from services.portal.pages.reading import day
from services.portal.pages.role_words import role_labels
from services.portal.pages.settings_faults import faults_of
from services.portal.pages.settings_form import FIELDS, Reading, Staff, as_shown, entered, refused_at, stored, theirs
from services.portal.pages.site import Pages
from services.portal.pages.surroundings import LANGUAGES
from services.portal.pages.visit import TELLABLE, Visit, go
from services.portal.pages.wording import GATES, ROLES

pages = Pages("setting_up")
CHANGED_MEANWHILE = 412


@pages.get("/programmes/<programme_id>/settings")
def settings(visit: Visit, programme_id: str) -> ResponseReturnValue:
    programme, staff = present(visit, programme_id)
    return shown(visit, programme, stored(programme, staff), {})


@pages.post("/programmes/<programme_id>/settings")
def keep(visit: Visit, programme_id: str) -> ResponseReturnValue:
    programme, staff = present(visit, programme_id)
    mine = entered(request.form, programme.get("fixed") or [], stored(programme, staff))
    client, reading = visit.services.matching.setting_up, Reading(mine)
    wanted = reading.settings(staff, client.called)
    if faults := faults_of(wanted, reading.faults, programme.get("format") == "flash"):
        in_order = {name: faults[name] for name in FIELDS if name in faults}
        return shown(visit, programme, mine, in_order, request.form.get("version", "")), 422
    try:
        visit.do(lambda: client.change(programme_id, wanted, request.form.get("version", "")))
    except Refused as refused:
        return again(visit, programme_id, mine, refused)
    flash(_("The settings are kept."), "good")
    return go(after(visit, programme_id, wanted))


def present(visit: Visit, programme_id: str) -> tuple[Json, Staff]:
    """As it is stored now, and who is in charge of it; the directory may not know whoever looks at it."""
    matching = visit.services.matching
    programme = looked_after(visit, programme_id)
    ids = [*programme["coordinator_ids"], programme.get("sponsor_id") or ""]
    reader = {visit.person.id: {"name": visit.person.name}}
    return programme, Staff.of(programme, reader | visit.need(lambda: matching.people(ids)))


def again(visit: Visit, programme_id: str, mine: Json, refused: Refused) -> ResponseReturnValue:
    """The form with what was entered, and why it was not kept."""
    if refused.status not in TELLABLE:
        raise refused
    programme, staff = present(visit, programme_id)
    if refused.status == CHANGED_MEANWHILE:
        now = stored(programme, staff)
        return shown(visit, programme, mine, theirs(mine, now, before(), in_words), now=now), CHANGED_MEANWHILE
    return shown(visit, programme, mine, refused_at(refused), request.form.get("version", "")), 422


def before() -> Json:
    return as_shown(request.form.get("before", ""))


def after(visit: Visit, programme_id: str, wanted: Json) -> str:
    """Whoever has handed the programme over sees it no longer."""
    if looks_after(visit, wanted["coordinator_ids"]):
        return str(url_for("setting_up.settings", programme_id=programme_id))
    return str(url_for("programmes.overview_of_all"))


def shown(visit: Visit, programme: Json, values: Json, faults: dict[str, str], version: str = "",
          now: Json | None = None) -> str:
    """`version` is the one that the values were entered for; without it, the present one. `now`: what is stored, where
    that is not what the form showed before."""
    parts = visit.at_once(open=lambda: visit.services.matching.asking.requests_open(programme["id"]))
    spoken = {**LANGUAGES, **{code: code for code in [values["language"]] if code not in LANGUAGES}}
    return render_template(
        "settings.html", programme=programme, values=values, faults=faults, before=now or before() or values,
        version=version or programme["version"],
        fixed=FIELDS if programme["state"] == "closed" else programme.get("fixed") or [], gates=[*GATES.items()],
        spoken=[*spoken.items()], open_requests=parts.open or 0, in_words=in_words,
        roles=[*role_labels(programme).items()])


def in_words(name: str, value: Any) -> str:
    """A setting as text."""
    if name == "gates":
        return ", ".join(str(GATES.get(one, one)) for one in value) or "–"
    if name in ("interview_roles", "endorsement_roles"):
        return ", ".join(str(ROLES.get(one, one)) for one in value) or "–"
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if name in ("starts_on", "ends_on"):
        return day(value)
    return LANGUAGES.get(value, value) if name == "language" else str(value).replace("\n", ", ") or "–"
