"""Open tasks of a coordinator: somebody fell silent, has nobody left to ask, or moved into a reporting line."""

from collections.abc import Iterable

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.portal.clients.calls import Json, Refused
from services.portal.pages import reasons
from services.portal.pages.reading import rows
from services.portal.pages.role_words import role_labels
from services.portal.pages.site import Pages, safe_path
from services.portal.pages.visit import Visit, go, pressed
from services.portal.pages.wording import CASE_STATES, TASK_KINDS, TOPICS
from shared.kernel.clock import iso

pages = Pages("tasks")
OVER = ("resolved", "withdrawn")


@pages.get("/programmes/<programme_id>/tasks")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    services, state = visit.services, request.args.get("state", "")
    is_over, mine = state == "resolved", not state
    programme = visit.need(lambda: services.matching.programme(programme_id))
    tasks = visit.need(lambda: services.matching.tasks(programme_id, "done" if is_over else "open", mine=mine))
    parts = visit.at_once(cases=lambda: services.surveys.cases(programme_id, mine=mine))
    cases = [one for one in parts.cases or [] if (one.get("state") in OVER) == is_over]
    shown = rows([*tasks, *cases], request.args.get("page"))
    people = visit.at_once(people=lambda: services.matching.people(everybody(shown.items))).people
    return render_template(
        "tasks.html",
        programme=programme,
        rows=shown,
        people=people,
        missing=parts.missing,
        state=state,
        now=iso(visit.portal.clock.now()),
        roles=role_labels(programme),
        states=CASE_STATES,
        topics=TOPICS,
        kinds=TASK_KINDS,
    )


def everybody(tasks: Iterable[Json]) -> list[str]:
    return [one[name] for one in tasks for name in ("person_id", "mentor_id", "mentee_id") if one.get(name)]


@pages.post("/cases/<case_id>/resolution")
def resolve(visit: Visit, case_id: str) -> ResponseReturnValue:
    note = {"note": request.form.get("note", "").strip()} if request.form.get("note", "").strip() else {}
    to = safe_path(request.form.get("next", "/"))
    return visit.told(
        lambda: visit.services.surveys.resolve_case(case_id, note, pressed()), _("Resolved, with thanks."), to
    )


@pages.post("/tasks/<task_id>/completion")
def finish(visit: Visit, task_id: str) -> ResponseReturnValue:
    to = safe_path(request.form.get("next", "/"))
    return visit.told(lambda: visit.services.matching.finish_task(task_id, pressed()), _("Done, with thanks."), to)


@pages.get("/programmes/<programme_id>/mentor-for/<mentee_id>")
def by_hand(visit: Visit, programme_id: str, mentee_id: str) -> ResponseReturnValue:
    """Whom a mentee should meet: mentors who answer to what is looked for, and what speaks against them."""
    matching, text = visit.services.matching, request.args.get("text", "").strip()[:200]
    programme = visit.need(lambda: matching.programme(programme_id))
    try:
        found = visit.need(lambda: matching.workbench.candidates(programme_id, mentee_id, text))
    except Refused as refused:
        return visit.sent_back(refused, url_for("tasks.of_programme", programme_id=programme_id))
    named = [one["mentor_id"] for one in found["items"]]
    wished = [wish["person_id"] for one in found["items"] for wish in one["broken_wishes"]]
    people = visit.need(lambda: matching.people([mentee_id, *named, *wished]))
    return render_template("pair-new.html", programme=programme, mentee_id=mentee_id, people=people, found=found,
                           text=text, reasons=reasons)


@pages.post("/programmes/<programme_id>/mentor-for/<mentee_id>")
def propose(visit: Visit, programme_id: str, mentee_id: str) -> ResponseReturnValue:
    """Goes on to the pair, where a coordinator may say yes for both; a refusal is told beside the mentors."""
    made, mentor_id = list[str](), request.form.get("mentor_id", "")
    back = visit.told(
        lambda: made.append(visit.services.matching.propose_pair(programme_id, mentor_id, mentee_id, pressed()).made),
        _("Proposed. Both get a mail and say yes on their page; here you may say yes for both."),
        url_for("tasks.by_hand", programme_id=programme_id, mentee_id=mentee_id))
    return go(url_for("pairs.pair", pair_id=made[0])) if made else back
