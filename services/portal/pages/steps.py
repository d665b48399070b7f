"""The optional steps of an application: the coordinator's page, and that of whoever is asked for an endorsement."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.portal.clients.calls import Json, Refused
from services.portal.pages.application_words import SEEN_BY_COORDINATORS
from services.portal.pages.called_words import nobody_called, several_called
from services.portal.pages.charge import looked_after
from services.portal.pages.site import Pages
from services.portal.pages.step_words import ENDORSED, INTERVIEW_OUTCOMES, STEPS
from services.portal.pages.visit import Visit, go, pressed, why_not
from services.portal.pages.wording import sign

pages = Pages("steps")
UNDER_WAY = ("submitted", "waiting")


def open_for(programme: Json, one: Json) -> list[str] | None:
    """What is still to be done for an application of a list, in words, or without what it was approved; None: nothing
    is asked for, or it is the reader's own."""
    waived = one.get("waived") or []
    asked = waived or ("open_steps" in one and any(one["role"] in programme.get(f"{step}_roles", ()) for step in STEPS))
    return in_words(waived or one["open_steps"]) if asked else None


def in_words(steps: list[str]) -> list[str]:
    return [str(STEPS.get(step, step)) for step in steps]


@pages.get("/programmes/<programme_id>/applications/<application_id>")
def of_application(visit: Visit, programme_id: str, application_id: str) -> ResponseReturnValue:
    return shown(visit, programme_id, application_id, {}, {})


@pages.post("/programmes/<programme_id>/applications/<application_id>/interview")
def note(visit: Visit, programme_id: str, application_id: str) -> ResponseReturnValue:
    """The last word counts. What is not kept is shown again."""
    said = {name: request.form.get(name, "").strip() for name in ("on", "outcome", "note")}
    faults = {} if said["on"] else {"on": _("A date is expected.")}
    if said["outcome"] not in INTERVIEW_OUTCOMES:
        faults["outcome"] = _("Choose one of the three.")
    try:
        if not faults:
            visit.do(lambda: visit.services.matching.stepping.note_interview(application_id, said))
            return kept(programme_id, application_id, _("The interview is noted."))
    except Refused as refused:
        faults = {"on": why_not(refused)}
    return shown(visit, programme_id, application_id, said, faults), 422


@pages.post("/programmes/<programme_id>/applications/<application_id>/endorsement")
def ask(visit: Visit, programme_id: str, application_id: str) -> ResponseReturnValue:
    """The line manager, or whoever is named."""
    matching, text = visit.services.matching, " ".join(request.form.get("person", "").split())
    found = visit.need(lambda: matching.setting_up.called([text])).get(text, []) if text else []
    fault = several_called(text, len(found)) if found[1:] else nobody_called(text) if text and not found else ""
    try:
        if not fault:
            visit.do(lambda: matching.stepping.ask(application_id, found[0]["id"] if found else None, pressed()))
            return kept(programme_id, application_id, _("They are asked by mail, and reminded once."))
    except Refused as refused:
        fault = why_not(refused)
    return shown(visit, programme_id, application_id, {"person": text}, {"person": fault}), 422


def kept(programme_id: str, application_id: str, text: str) -> ResponseReturnValue:
    flash(text, "good")
    return go(url_for("steps.of_application", programme_id=programme_id, application_id=application_id))


def shown(visit: Visit, programme_id: str, application_id: str, said: Json, faults: dict[str, str]) -> str:
    """What was `said` in one form stands there instead of what is kept; the other form stays as it is."""
    stepping, programme = visit.services.matching.stepping, looked_after(visit, programme_id)
    one = visit.need(lambda: stepping.application(application_id))
    steps = visit.need(lambda: stepping.of(application_id))
    named = [(steps.get("interview") or {}).get("by"), (steps.get("endorsement") or {}).get("endorser_id")]
    people = visit.at_once(people=lambda: visit.services.matching.people(
        [one["person_id"], *(who for who in named if who)])).people
    noted = steps.get("interview") or {"on": visit.today}
    return render_template(
        "application-steps.html", programme=programme, one=one, steps=steps, people=people, values={**noted, **said},
        faults=faults, names=STEPS, outcomes=INTERVIEW_OUTCOMES, state=sign(SEEN_BY_COORDINATORS, one["state"]),
        under_way=one["state"] in UNDER_WAY)


@pages.get("/my/endorsements")
def mine(visit: Visit) -> ResponseReturnValue:
    return asked_of(visit, {}, {})


@pages.post("/my/endorsements/<application_id>")
def answer(visit: Visit, application_id: str) -> ResponseReturnValue:
    said, text = request.form.get("endorsed", ""), request.form.get("note", "").strip()
    if said not in ENDORSED:
        return asked_of(visit, {application_id: text}, {application_id: _("Say yes or no.")}), 422
    return visit.told(
        lambda: visit.services.matching.stepping.answer(
            application_id, {"endorsed": said == "yes", "note": text}, pressed()),
        _("Thank you: your word is noted."), url_for("steps.mine"))


def asked_of(visit: Visit, notes: dict[str, str], faults: dict[str, str]) -> str:
    matching = visit.services.matching
    found = visit.need(matching.stepping.mine)
    people = visit.at_once(people=lambda: matching.people(one["person_id"] for one in found)).people
    return render_template("endorsements.html", asked=found, people=people, notes=notes, faults=faults,
                           answers=[*ENDORSED.items()])
