"""The organisation's directory as a file: upload it, see what it would change, then apply it."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.portal.clients.calls import Json, Refused
from services.portal.clients.directory_files import DirectoryUpload
from services.portal.pages import fault_words
from services.portal.pages.imports import FIELDS as SHARED
from services.portal.pages.imports import UPLOADERS, waits
from services.portal.pages.reading import whole
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed, why_not
from services.portal.pages.wording import Sign, sign

pages = Pages("directory")
STATES = {
    "comparing": Sign(_l("Is compared"), "clock", "info"),
    "checked": Sign(_l("Compared"), "check", "info"),
    "applying": Sign(_l("Being applied"), "clock", "info"),
    "done": Sign(_l("Done"), "check", "good"),
    "refused": Sign(_l("Needs another look"), "alert", "risk"),
    "discarding": Sign(_l("Discarded"), "minus", "rest"),
    "discarded": Sign(_l("Discarded"), "minus", "rest"),
}
STEP = {"comparing": 2, "checked": 2, "refused": 2, "applying": 3, "done": 4}
KINDS: dict[str, LazyString] = {
    "leaving": _l("Leave"),
    "back": _l("Come back"),
    "new": _l("New"),
    "changed": _l("Changed"),
    "refused": _l("Refused lines"),
    "unchanged": _l("Stay the same"),
}
COLUMNS: dict[str, LazyString] = {
    "id": SHARED["id"],
    "name": SHARED["name"],
    "given_name": SHARED["given_name"],
    "family_name": SHARED["family_name"],
    "email": SHARED["email"],
    "language": SHARED["language"],
    "time_zone": SHARED["time_zone"],
    "department": SHARED["department"],
    "location": SHARED["location"],
    "grade": SHARED["grade"],
    "languages": SHARED["languages"],
    "manager": SHARED["manager"],
    "other_managers": _l("Other managers"),
    "working_days": _l("Days worked"),
    "holiday_calendar": _l("Holiday calendar"),
    "leave_from": _l("On leave from"),
    "leave_until": _l("On leave until"),
    "sponsor": _l("Sponsor of an external"),
    "external_until": _l("External until"),
}
CHANGES: dict[str, LazyString] = {
    **COLUMNS,
    "manager_id": COLUMNS["manager"],
    "other_manager_ids": COLUMNS["other_managers"],
    "leaves": _l("Leave of absence"),
    "external": _l("External"),
    "state": _l("State"),
}
BRINGERS = {**UPLOADERS, "hr": _l("HR"), "schedule": _l("Scheduled file")}


@pages.get("/directory")
def files(visit: Visit) -> ResponseReturnValue:
    return upload_form(visit)


@pages.post("/directory")
def upload(visit: Visit) -> ResponseReturnValue:
    """A press without a file is told so at once; what is in the file is matching's to judge."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return upload_form(visit, _("Choose a file first.")), 422
    wanted = DirectoryUpload(request.form.get("extent", "partial"), columns(), file.filename, file.stream)
    try:
        made = visit.do(lambda: visit.services.matching.directory_files.begin(wanted, pressed()))
    except Refused as refused:
        return upload_form(visit, why_not(refused)), 422
    return go(url_for("directory.one", file_id=made))


def columns() -> list[str]:
    """Headings that were said, each with what it means."""
    said = {part: request.form.get(f"column-{part}", "").strip() for part in COLUMNS}
    return [f"{part}={heading}" for part, heading in said.items() if heading]


def upload_form(visit: Visit, fault: str = "") -> str:
    after = request.args.get("after", "")
    found = visit.need(lambda: visit.services.matching.directory_files.all(after=after))
    return render_template(
        "directory.html", fault=fault, rows=found, states=STATES, kinds=KINDS, columns=COLUMNS, bringers=BRINGERS,
        extent=request.form.get("extent", ""), given=request.form,
    )


@pages.get("/directory/files/<file_id>")
def one(visit: Visit, file_id: str) -> ResponseReturnValue:
    files, after = visit.services.matching.directory_files, request.args.get("after", "")
    found = visit.need(lambda: files.one(file_id))
    counts = found.get("results" if found["state"] in ("applying", "done") else "difference") or {}
    kind = shown_kind(counts)
    page = visit.need(lambda: files.lines(file_id, kind=kind, after=after)) if kind else None
    return render_template(
        "directory-file.html", found=found, counts=counts, kind=kind, rows=page, names=names_of(visit, page),
        faults=fault_words.told(found.get("errors") or [], COLUMNS), state=sign(STATES, found["state"]),
        step=STEP.get(found["state"], 2), kinds=KINDS, changes=CHANGES, waits=waits(visit, found),
    )


def shown_kind(counts: Json) -> str:
    """The one that was asked for, else the first there is: who leaves is looked at first. Refused lines have a list of
    their own, and those that stay need none."""
    there = [kind for kind in KINDS if counts.get(kind) and kind not in ("refused", "unchanged")]
    asked = request.args.get("state", "")
    return asked if asked in there else there[0] if there else ""


def names_of(visit: Visit, page: object) -> dict[str, str]:
    """Names of those whose rows are gone, by id."""
    items = getattr(page, "items", [])
    unnamed = [line["person_id"] for line in items if not line.get("name")]
    people = visit.at_once(people=lambda: visit.services.matching.people(unnamed)).people if unnamed else {}
    return {one: person.get("name", "") for one, person in (people or {}).items()}


@pages.post("/directory/files/<file_id>/application")
def apply(visit: Visit, file_id: str) -> ResponseReturnValue:
    leaving = whole(request.form.get("leaving", "").strip())
    return visit.told(
        lambda: visit.services.matching.directory_files.apply(file_id, leaving, pressed()),
        _("The file is applied now."),
        url_for("directory.one", file_id=file_id),
    )


@pages.post("/directory/files/<file_id>/cancellation")
def discard(visit: Visit, file_id: str) -> ResponseReturnValue:
    return visit.told(
        lambda: visit.services.matching.directory_files.discard(file_id, pressed()),
        _("The file is discarded. Nobody was changed."),
        url_for("directory.files"),
    )
