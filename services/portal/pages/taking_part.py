"""With how much room somebody takes part in a programme, breaks and leaving: by themselves and by coordinators."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json, Refused
from services.portal.pages.departure_words import DEPARTURES
from services.portal.pages.renewals import is_room, no_room
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed, why_not
from services.portal.pages.wording import PARTICIPANT_STATES, sign

pages = Pages("taking_part")


@pages.get("/participants/<participant_id>")
def one(visit: Visit, participant_id: str) -> ResponseReturnValue:
    return shown(visit, found(visit, participant_id), {})


@pages.post("/participants/<participant_id>/room")
def make_room(visit: Visit, participant_id: str) -> ResponseReturnValue:
    """What cannot be kept is shown again as it was filled in, beside how it stands now."""
    part, room = found(visit, participant_id), request.form.get("capacity", "").strip()
    faults = {} if is_room(room) else {"capacity": no_room()}
    try:
        if not faults:
            visit.do(lambda: visit.services.matching.taking_part.make_room(
                participant_id, int(room), request.form.get("version", ""), pressed()))
            flash(_("The number of places is kept."), "good")
            return go(back_to(visit, part))
    except Refused as refused:
        faults = {"capacity": why_not(refused)}
    return shown(visit, part, faults, room), 422


@pages.post("/participants/<participant_id>/departure")
def depart(visit: Visit, participant_id: str) -> ResponseReturnValue:
    """Of their own will, or taken out; with why, and not before the last pair has ended."""
    part, reason = found(visit, participant_id), request.form.get("reason", "")
    if reason not in DEPARTURES:
        return shown(visit, part, {"reason": _("Choose why; only coordinators read it.")}), 422
    try:
        visit.do(lambda: visit.services.matching.taking_part.depart(
            participant_id, reason, request.form.get("version", ""), pressed()))
    except Refused as refused:
        told = why_not(refused)
        return shown(visit, found(visit, participant_id), {"reason": told}), 422
    flash(_("You take part there no more.") if is_mine(visit, part) else _("They take part no more."), "good")
    return go(back_to(visit, part))


@pages.post("/participants/<participant_id>/<what>")
def change(visit: Visit, participant_id: str, what: str) -> ResponseReturnValue:
    done = {
        "pause": _("Paused: nobody new comes, and pairs that exist go on."),
        "resumption": _("Open for somebody new again."),
    }
    if what not in done:
        raise NotFound
    part = found(visit, participant_id)
    return visit.told(lambda: visit.services.matching.taking_part.change(participant_id, what, pressed()), done[what],
                      back_to(visit, part))


def found(visit: Visit, participant_id: str) -> Json:
    return visit.need(lambda: visit.services.matching.taking_part.one(participant_id))


def is_mine(visit: Visit, part: Json) -> bool:
    return bool(part["person_id"] == visit.person.id)


def back_to(visit: Visit, part: Json) -> str:
    """My mentoring, or the people of the programme."""
    if is_mine(visit, part):
        return url_for("mine.my_mentoring")
    return url_for("programmes.people", programme_id=part["programme_id"], state=request.form.get("shown") or None,
                   q=request.form.get("q") or None)


def shown(visit: Visit, part: Json, faults: dict[str, str], room: str | None = None) -> str:
    matching = visit.services.matching
    parts = visit.at_once(programme=lambda: matching.programme(part["programme_id"]),
                          people=lambda: matching.people([part["person_id"]]))
    return render_template(
        "participant.html", part=part, plan=parts.programme or {}, people=parts.people, mine=is_mine(visit, part),
        programme=None if is_mine(visit, part) else parts.programme,
        state=sign(PARTICIPANT_STATES, part["state"]), faults=faults, room=part["capacity"] if room is None else room,
        back=back_to(visit, part), departures=[*DEPARTURES.items()],
        because=request.form.get("reason", ""))
