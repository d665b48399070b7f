"""Winning people: a list is pasted or uploaded, looked at, and then everybody on it is invited or noted."""

import re

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.portal.clients.calls import Json, Page, Refused
from services.portal.clients.inviting import Inviting
from services.portal.pages.application_words import DOUBTS, SEEN_BY_COORDINATORS
from services.portal.pages.role_words import role_labels
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed, why_not

pages = Pages("inviting")
VIEWS = {"": _l("Invited"), "nominated": _l("Had in mind")}
STEPS = {"invite": _l("Invite them by mail"), "nominate": _l("Only have them in mind: they are not told")}
SIDES = {"mentors": _l("Mentors"), "mentees": _l("Mentees")}
NO_TEXT = _l("This file is no text: save it as CSV or text first.")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
CELLS = re.compile(r"[;,\t]")
HEADINGS = frozenset(("name", "full name", "e-mail", "email", "mail", "e-mail address", "email address", "mail address",
                      "vollständiger name", "mailadresse", "e-mail-adresse", "emailadresse"))
ADDRESS = re.compile(r"[^\s<>;,\"']+@[^\s<>;,\"']+")


@pages.get("/programmes/<programme_id>/invitations")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    return listed(visit, programme_id)


@pages.post("/programmes/<programme_id>/invitations")
def check(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """Reads the list and shows whom it means: nobody is asked yet."""
    try:
        names = {side: [*lines_of(request.form.get(side, "")), *uploaded(side)] for side in SIDES}
    except UnicodeError:
        return listed(visit, programme_id, str(NO_TEXT)), 422
    if not any(line for lines in names.values() for line in lines):
        return listed(visit, programme_id, _("Write or upload at least one address first.")), 422
    try:
        made = visit.do(lambda: client(visit).check(
            programme_id, {**names, "step": request.form.get("step", "invite")}, pressed()))
    except Refused as refused:
        return listed(visit, programme_id, why_not(refused)), 422
    return go(url_for("inviting.one", invitation_id=made))


def uploaded(side: str) -> list[str]:
    """The lines of a file, without a heading. Raises UnicodeError for what is no text."""
    file = request.files.get(f"{side}-file")
    text = text_of(file.read()) if file else ""
    heading, *_others = [*text.splitlines(), ""]
    lines = lines_of(text)
    return ["", *lines[1:]] if is_heading(heading) else lines


def text_of(data: bytes) -> str:
    """In the encodings that spreadsheets write. Raises UnicodeError for what is no text."""
    if data.startswith(UTF_16):
        return data.decode("utf-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    if "\0" in text:
        raise UnicodeError("not a text")
    return text


def is_heading(line: str) -> bool:
    """Whether a line names what stands below it, and nobody."""
    cells = [cell.strip().strip('"').casefold() for cell in CELLS.split(line)]
    return not ADDRESS.search(line) and bool({*cells} & HEADINGS)


def lines_of(text: str) -> list[str]:
    """One person a line: the mail address in it, else its first cell."""
    return [line_of(line) for line in text.splitlines()]


def line_of(line: str) -> str:
    address = ADDRESS.search(line)
    return (address[0] if address else re.split(r"[;\t]", line)[0]).strip().strip('"')[:320]


def listed(visit: Visit, programme_id: str, fault: str = "") -> str:
    state = request.args.get("state", "")
    state = state if state in VIEWS else ""
    programme = visit.need(lambda: visit.services.matching.programme(programme_id))
    found = visit.need(lambda: rows_of(visit, programme_id, state))
    people = visit.at_once(people=lambda: visit.services.matching.people(
        one["person_id"] for one in found.items)).people
    return render_template(
        "invitations.html", programme=programme, rows=found, people=people, state=state, views=VIEWS, steps=STEPS,
        sides=SIDES, states=SEEN_BY_COORDINATORS, roles=role_labels(programme), fault=fault, given=request.form,
        shown=addresses_of(found.items, people or {}) if state else {})


def addresses_of(asked: list[Json], people: dict[str, Json]) -> dict[str, list[str]]:
    """Of those who are shown, by the side they would be on; nothing where somebody's is not known."""
    known = [(one["role"], people.get(one["person_id"], {}).get("email", "")) for one in asked]
    if not all(address for _role, address in known):
        return {}
    return {side: [address for role, address in known if side == f"{role}s"] for side in SIDES} if known else {}


def rows_of(visit: Visit, programme_id: str, state: str) -> Page:
    after = request.args.get("after", "")
    if state:
        return visit.services.matching.applications.of_programme(programme_id, after, state=state)
    return client(visit).invited(programme_id, after)


@pages.get("/invitations/<invitation_id>")
def one(visit: Visit, invitation_id: str) -> ResponseReturnValue:
    found = visit.need(lambda: client(visit).one(invitation_id))
    programme = visit.need(lambda: visit.services.matching.programme(found["programme_id"]))
    return render_template(
        "invitation.html", programme=programme, found=found, doubts=DOUBTS, roles=role_labels(programme), sides=SIDES,
        entries=sorted(found["entries"], key=needs_a_look), step=STEP.get(found["state"], 2))


def needs_a_look(entry: Json) -> tuple[bool, str]:
    """Who cannot be asked comes first."""
    asked = entry["result"] in ("", "done") and not (entry["doubt"] and not entry["result"])
    return asked, str(entry["name"]).casefold()


STEP = {"checked": 2, "running": 3, "done": 4}


@pages.post("/invitations/<invitation_id>/start")
def start(visit: Visit, invitation_id: str) -> ResponseReturnValue:
    return visit.told(
        lambda: client(visit).start(invitation_id, pressed()),
        _("It is done now."),
        url_for("inviting.one", invitation_id=invitation_id),
    )


def client(visit: Visit) -> Inviting:
    return visit.services.matching.inviting
