"""Importing people: a file, a look at its columns, faults by line, then the import itself."""

from datetime import timedelta
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.portal.clients.calls import Json, Refused
from services.portal.clients.imports import Upload
from services.portal.pages import fault_words
from services.portal.pages.charge import looked_after
from services.portal.pages.reading import instant, rows
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed, why_not
from services.portal.pages.wording import IMPORT_STATES, KINDS_OF_PEOPLE, ROLES, sign

pages = Pages("imports")
MOST_FAULTS = 200
A_WHILE = timedelta(minutes=1)
DISCARDED = ("discarding", "discarded")
STEP = {"checked": 2, "refused": 2, "running": 3, "done": 4}
FILES = {"mentor": _l("Mentors"), "mentee": _l("Mentees")}
UPLOADERS = {"programme-office": KINDS_OF_PEOPLE["office"], "coordinator": KINDS_OF_PEOPLE["coordinator"]}
FIELDS: dict[str, LazyString] = {
    "": _l("An answer for matching, under its own name"),
    "id": _l("Directory number"),
    "name": _l("Name"),
    "given_name": _l("Given name"),
    "family_name": _l("Family name"),
    "email": _l("E-mail"),
    "language": _l("Language of mails"),
    "time_zone": _l("Time zone"),
    "department": _l("Department"),
    "location": _l("Location"),
    "manager": _l("Manager"),
    "capacity": _l("Number of mentees"),
    "grade": _l("Grade"),
    "skills": _l("Skills"),
    "goals": _l("Goals"),
    "languages": _l("Languages"),
    "interests": _l("Interests"),
    "wishes": _l("Ranked wishes"),
    "exclude": _l("Not to be paired with"),
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
        made = visit.do(lambda: visit.services.matching.imports.begin(programme_id, wanted, pressed()))
    except Refused as refused:
        return upload_form(visit, programme_id, why_not(refused)), 422
    return go(url_for("imports.one", import_id=made))


def upload_form(visit: Visit, programme_id: str, fault: str = "") -> str:
    programme = looked_after(visit, programme_id)
    role = request.values.get("role", "mentor")
    return render_template("import-new.html", programme=programme, fault=fault, roles=ROLES, role=role)


@pages.get("/programmes/<programme_id>/imports")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    matching, after = visit.services.matching, request.args.get("after", "")
    programme = visit.need(lambda: matching.programme(programme_id))
    found = visit.need(lambda: matching.imports.of_programme(programme_id, after=after))
    words = {"files": FILES, "states": IMPORT_STATES, "uploaders": UPLOADERS}
    return render_template("imports.html", programme=programme, rows=found, imported=imported, **words)


def imported(line: Json) -> int | None:
    """Lines that became people, new or known; None before the import was started."""
    results = line.get("results") or {}
    counts = [int(results.get(name) or 0) for name in ("added", "changed", "unchanged")]
    return None if line.get("state") in ("checked", "refused", *DISCARDED) else sum(counts)


@pages.get("/imports/<import_id>")
def one(visit: Visit, import_id: str) -> ResponseReturnValue:
    found = visit.need(lambda: visit.services.matching.imports.one(import_id))
    return shown(visit, found, {column: field for field, column in (found.get("mapping") or {}).items()}, [])


def shown(visit: Visit, found: Json, meaning: dict[str, str], wrong: list[dict[str, str]]) -> str:
    """`meaning` is what each column is read as; `wrong` what is not right about that."""
    programme = visit.need(lambda: visit.services.matching.programme(found["programme_id"]))
    values = {"programme": programme, "found": found, "state": sign(IMPORT_STATES, found.get("state"))}
    faults = fault_words.told((found.get("errors") or [])[:MOST_FAULTS], FIELDS)
    values |= {"fault_count": found.get("error_count") or len(found.get("errors") or [])}
    values |= {"taken_out": found.get("taken_out") or [], "taken_out_count": int(found.get("taken_out_count") or 0)}
    differing = [*by_line(found.get("differing") or []).items()]
    values |= {"differing": rows(differing, request.args.get("page")),
               "differing_count": found.get("differing_count") or 0}
    return render_template(
        "import.html",
        **values,
        faults=faults,
        meaning=meaning,
        wrong=wrong,
        waits=waits(visit, found),
        step=STEP.get(found["state"], 2),
        fields=FIELDS,
        roles=ROLES,
    )


def waits(visit: Visit, found: Json) -> bool:
    """Whether nobody has worked on it for a while."""
    at = instant(found.get("worked_at"))
    return at is not None and visit.portal.clock.now() - at > A_WHILE


def by_line(differing: list[Json]) -> dict[int, list[str]]:
    """The columns in which each line says something else than the directory."""
    found: dict[int, list[str]] = {}
    for one in differing:
        found.setdefault(int(one["line"]), []).append(str(one.get("column") or "–"))
    return found


@pages.post("/imports/<import_id>/mapping")
def map_columns(visit: Visit, import_id: str) -> ResponseReturnValue:
    found = visit.need(lambda: visit.services.matching.imports.one(import_id))
    mapping, fields = chosen(found, request.form), fields_of(found, request.form)
    if twice := doubled(fields):
        said = _("Two columns are read as “%(field)s”: choose one of them.", field=FIELDS.get(twice, twice))
        wrong = [{"field": f"column-{fields.index(twice)}", "text": said}]
        return shown(visit, found, dict(zip(found.get("columns") or [], fields, strict=True)), wrong), 422
    return visit.told(
        lambda: visit.services.matching.imports.map_columns(import_id, mapping),
        _("The columns are set. Look at the sample again."),
        url_for("imports.one", import_id=import_id),
    )


def chosen(found: Json, form: Any) -> dict[str, str]:
    """Which column each field is read from; a column with no field stays an answer under its own heading."""
    columns = found.get("columns") or []
    return {field: column for column, field in zip(columns, fields_of(found, form), strict=True) if field}


def doubled(fields: list[str]) -> str:
    """The first field that two columns would be read as."""
    return next((field for field in fields if field and fields.count(field) > 1), "")


def fields_of(found: Json, form: Any) -> list[str]:
    """What each column is read as; empty for an answer under its own heading."""
    return [form.get(f"column-{at}", "") for at, _column in enumerate(found.get("columns") or [])]


@pages.post("/imports/<import_id>/start")
def start(visit: Visit, import_id: str) -> ResponseReturnValue:
    return visit.told(
        lambda: visit.services.matching.imports.start(
            import_id, pressed(), bring_back=bool(request.form.get("bring_back"))),
        _("The import has begun."),
        url_for("imports.one", import_id=import_id),
    )
