"""Importing people: a file, a look at its columns, faults by line, then the import itself."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.portal.clients.calls import Json, Refused
from services.portal.clients.matching import Upload
from services.portal.pages.site import Pages
from services.portal.pages.visit import TELLABLE, Visit, go, pressed
from services.portal.pages.wording import IMPORT_STATES, ROLES, refusal, sign

pages = Pages("imports")
MOST_FAULTS = 200
STEP = {"checked": 2, "refused": 2, "running": 3, "done": 4}
FIELDS: dict[str, LazyString] = {
    "": _l("Leave out"),
    "email": _l("E-mail"),
    "name": _l("Name"),
    "department": _l("Department"),
    "location": _l("Location"),
    "language": _l("Language"),
    "languages": _l("Languages"),
    "time_zone": _l("Time zone"),
    "grade": _l("Grade"),
    "manager": _l("Manager"),
    "manager_email": _l("Manager's e-mail"),
    "capacity": _l("Number of mentees"),
    "skills": _l("Skills"),
    "skills_offered": _l("Skills offered"),
    "skills_wanted": _l("Skills wanted"),
    "goals": _l("Goals"),
    "interests": _l("Interests"),
    "choices": _l("Ranked wishes"),
    "wishes": _l("Ranked wishes"),
    "availability": _l("Availability"),
    "external_id": _l("Directory number"),
}


@pages.get("/programmes/<programme_id>/import")
def begin(visit: Visit, programme_id: str) -> ResponseReturnValue:
    return upload_form(visit, programme_id)


@pages.post("/programmes/<programme_id>/import")
def upload(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """A press without a file is told so at once; what is in the file is matching's to judge."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return upload_form(visit, programme_id, _("Choose a file first.")), 422
    wanted = Upload(request.form.get("role", "mentee"), file.filename, file.stream)
    try:
        made = visit.do(lambda: visit.services.matching.begin_import(programme_id, wanted, pressed()))
    except Refused as refused:
        if refused.status not in TELLABLE:
            raise
        return upload_form(visit, programme_id, refusal(refused.code, refused.detail)), 422
    return go(url_for("imports.one", import_id=made))


def upload_form(visit: Visit, programme_id: str, fault: str = "") -> str:
    programme = visit.need(lambda: visit.services.matching.programme(programme_id))
    role = request.values.get("role", "mentor")
    return render_template("import-new.html", programme=programme, fault=fault, roles=ROLES, role=role)


@pages.get("/imports/<import_id>")
def one(visit: Visit, import_id: str) -> ResponseReturnValue:
    matching = visit.services.matching
    found = visit.need(lambda: matching.one_import(import_id))
    programme = visit.need(lambda: matching.programme(found["programme_id"]))
    values = {"programme": programme, "found": found, "state": sign(IMPORT_STATES, found.get("state"))}
    faults = (found.get("errors") or [])[:MOST_FAULTS]
    return render_template(
        "import.html", **values, faults=faults, step=STEP.get(found["state"], 2), fields=FIELDS, roles=ROLES
    )


@pages.post("/imports/<import_id>/mapping")
def map_columns(visit: Visit, import_id: str) -> ResponseReturnValue:
    found = visit.need(lambda: visit.services.matching.one_import(import_id))
    mapping = chosen(found, request.form)
    return visit.told(
        lambda: visit.services.matching.map_columns(import_id, mapping),
        _("The columns are set. Look at the sample again."),
        url_for("imports.one", import_id=import_id),
    )


def chosen(found: Json, form: Any) -> dict[str, str]:
    """Which field each column is read as; columns that are left out are not named."""
    answers = {column: form.get(f"column-{at}", "") for at, column in enumerate(found.get("columns") or [])}
    return {column: field for column, field in answers.items() if field}


@pages.post("/imports/<import_id>/start")
def start(visit: Visit, import_id: str) -> ResponseReturnValue:
    return visit.told(
        lambda: visit.services.matching.start_import(import_id, pressed()),
        _("The import has begun."),
        url_for("imports.one", import_id=import_id),
    )
