"""The coordinator's list of applications, and one answer to many of them."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from services.portal.clients.calls import Json, Refused
from services.portal.pages import saved_views
from services.portal.pages.application_words import APPLICATION_VIEWS, REASONS, SEEN_BY_COORDINATORS
from services.portal.pages.bulk import chosen
from services.portal.pages.form_fields import shown_answers
from services.portal.pages.profile import labels
from services.portal.pages.role_words import role_labels
from services.portal.pages.site import Pages
from services.portal.pages.visit import TELLABLE, Visit, go, pressed
from services.portal.pages.wording import refusal

pages = Pages("deciding")
DECIDABLE = ("submitted", "waiting", "declined")


@pages.get("/programmes/<programme_id>/applications")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    matching, state = visit.services.matching, chosen_state()
    programme = visit.need(lambda: matching.programme(programme_id))
    after = request.args.get("after", "")
    shown = visit.need(lambda: matching.applications.of_programme(programme_id, state, after))
    parts = visit.at_once(people=lambda: matching.people(one["person_id"] for one in shown.items),
                          form=lambda: matching.applications.form(programme_id), decision=lambda: decided(visit),
                          profile=lambda: matching.setting_up.profile(programme_id),
                          saved=saved_views.own(visit, programme_id, "applications"))
    return render_template(
        "applications.html", programme=programme, rows=shown, people=parts.people, state=state, views=APPLICATION_VIEWS,
        states=SEEN_BY_COORDINATORS, saved=parts.saved, roles=role_labels(programme),
        reasons=[*REASONS.items()], names=REASONS, decision=parts.decision,
        decidable=[one for one in shown.items if one["state"] in DECIDABLE], missing=parts.missing,
        criteria=labels((parts.profile or {}).get("criteria") or [], programme["language"]),
        scoring=(parts.profile or {}).get("scoring"),
        read_until=max((one["submitted_at"] for one in shown.items), default=""),
        answers={one["id"]: shown_answers(parts.form or {}, one) for one in shown.items})


def chosen_state() -> str:
    """Those to decide unless another is asked for."""
    state = request.args.get("state", "submitted")
    return state if state in APPLICATION_VIEWS else "submitted"


def decided(visit: Visit) -> Json | None:
    """How far the decision is that was made just now."""
    decision_id = request.args.get("decision", "")
    return visit.services.matching.applications.decision(decision_id) if decision_id else None


@pages.post("/programmes/<programme_id>/decisions")
def decide(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """About the ticked ones, or all that were shown."""
    state, ids = request.form.get("state", ""), chosen()
    to: dict[str, Any] = {"programme_id": programme_id, "state": state}
    if not ids or not request.form.get("outcome"):
        flash(_("Nobody has an answer yet: press one of the answers.") if ids else _("Choose somebody first."), "watch")
        return go(url_for("deciding.of_programme", **to))
    try:
        made = visit.do(lambda: visit.services.matching.applications.decide(programme_id, wanted(ids), pressed()))
    except Refused as refused:
        if refused.status not in TELLABLE:
            raise
        flash(refusal(refused.code, refused.detail), "watch")
    else:
        to["decision"] = made
        flash(ngettext("One application gets its answer now.", "%(num)s applications get their answer now.", len(ids)),
              "good")
    return go(url_for("deciding.of_programme", **to))


def wanted(ids: list[str]) -> Json:
    """A reason and a note go with a no alone: the service refuses them with anything else."""
    said = {name: text for name in ("outcome", "reason", "note", "read_until")
            if (text := request.form.get(name, "").strip())}
    return {**said, "application_ids": ids}
