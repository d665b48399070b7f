"""The coordinator's list of applications, and one answer to many of them."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from services.portal.clients.calls import Json, Refused
from services.portal.pages import saved_views
from services.portal.pages.application_words import APPLICATION_VIEWS, REASONS, SEEN_BY_COORDINATORS
from services.portal.pages.bulk import chosen, each, left_over, place, why_left
from services.portal.pages.by_name import sought
from services.portal.pages.form_fields import shown_answers
from services.portal.pages.profile import labels
from services.portal.pages.role_words import role_labels
from services.portal.pages.site import Pages
from services.portal.pages.steps import open_for
from services.portal.pages.visit import Visit, go, pressed, why_not
from services.portal.pages.wording import ROLES

pages = Pages("deciding")
DECIDABLE = ("submitted", "waiting", "declined")
UNCONFIRMED = "unconfirmed"
MOST = 5_000
"""Applications that one decision is about."""


@dataclass(frozen=True)
class View:
    """What is shown: by the address, where the role stands behind the state, so that a saved view keeps both."""

    state: str
    role: str = ""
    order: str = ""

    @property
    def code(self) -> str:
        return f"{self.state}-{self.role}" if self.role else self.state

    @property
    def query(self) -> dict[str, str]:
        if self.state == UNCONFIRMED:
            return {"unconfirmed": "yes", "role": self.role}
        return {"state": self.state, "role": self.role, "order": self.order}


@pages.get("/programmes/<programme_id>/applications")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    matching, view = visit.services.matching, chosen_view()
    programme = visit.need(lambda: matching.programme(programme_id))
    after = request.args.get("after", "")
    shown = visit.need(lambda: matching.applications.of_programme(programme_id, after, q=sought(), **view.query))
    parts = visit.at_once(people=lambda: matching.people(one["person_id"] for one in shown.items),
                          form=lambda: matching.applications.form(programme_id), decision=lambda: decided(visit),
                          profile=lambda: matching.setting_up.profile(programme_id),
                          saved=saved_views.own(visit, programme_id, "applications"),
                          whole=lambda: whole(visit, programme_id, view, after or shown.after))
    return render_template(
        "applications.html", programme=programme, rows=shown, people=parts.people, state=view.state,
        views=APPLICATION_VIEWS, view=view, whole=parts.whole,
        roles_shown=[(View(view.state, code).code, text) for code, text in role_labels(programme).items()],
        states=SEEN_BY_COORDINATORS, saved=parts.saved, roles=role_labels(programme),
        reasons=[*REASONS.items()], names=REASONS, decision=parts.decision,
        open_for=partial(open_for, programme), left={**left_over(), **left_by(parts.decision)},
        to_remind=[one["id"] for one in shown.items] if view.state == UNCONFIRMED else [],
        decidable=[one for one in shown.items if one["state"] in DECIDABLE], missing=parts.missing,
        criteria=labels((parts.profile or {}).get("criteria") or [], programme["language"]),
        scoring=(parts.profile or {}).get("scoring"),
        read_until=max((one["submitted_at"] for one in shown.items), default=""),
        answers={one["id"]: shown_answers(parts.form or {}, one) for one in shown.items})


def chosen_view() -> View:
    """Those to decide of both roles, the first sent first, unless others are asked for."""
    state, _dash, role = request.args.get("state", "").partition("-")
    known = state in APPLICATION_VIEWS
    return View(state if known else "submitted", role if known and role in ROLES else "",
                "score" if request.args.get("order") == "score" else "")


def whole(visit: Visit, programme_id: str, view: View, further: str) -> Json | None:
    """All that the view has, where that is more than is shown and one decision may be about it."""
    if not further or view.state not in DECIDABLE or request.args.get("q"):
        return None
    found = visit.services.matching.applications.count(programme_id, view.state, view.role)
    return found if found["count"] <= MOST else None


def decided(visit: Visit) -> Json | None:
    """How far the decision is that was made just now."""
    decision_id = request.args.get("decision", "")
    return visit.services.matching.applications.decision(decision_id) if decision_id else None


def left_by(decision: Json | None) -> dict[str, str]:
    """Why applications have no answer from this decision, by their ids."""
    return {one: why_left(code) for one, code in ((decision or {}).get("refused") or {}).items()}


@pages.post("/programmes/<programme_id>/applications/reminders")
def remind(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """Whoever has not confirmed, of the ticked ones or of all that were shown."""
    return each(lambda one, key: visit.services.matching.applications.remind(one, key), lambda count: ngettext(
        "One person is reminded.", "%(num)s people are reminded.", count),
        "deciding.of_programme", programme_id=programme_id, **place())


@pages.post("/programmes/<programme_id>/decisions")
def decide(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """About the ticked ones, all that were shown, or all of the view."""
    ids, count = chosen(), request.form.get("whole", "")
    many = int(count) if count.isdecimal() else len(ids)
    to: dict[str, Any] = {"programme_id": programme_id, "state": request.form.get("state", ""),
                          "order": request.form.get("order") or None, "q": request.form.get("q") or None}
    if not many or not request.form.get("outcome"):
        lacking = _("Nobody has an answer yet: press one of the answers.") if many else _("Choose somebody first.")
        flash(lacking, "watch")
        return go(url_for("deciding.of_programme", **to))
    try:
        decision = wanted(ids, count)
        made = visit.do(lambda: visit.services.matching.applications.decide(programme_id, decision, pressed()))
    except Refused as refused:
        flash(why_not(refused), "watch")
    else:
        to["decision"] = made
        flash(ngettext("One application gets its answer now.", "%(num)s applications get their answer now.", many),
              "good")
    return go(url_for("deciding.of_programme", **to))


def wanted(ids: list[str], count: str) -> Json:
    """A reason and a note go with a no alone: the service refuses them with anything else. Why it goes without a step
    goes with an approval alone. All of a view are those that had been sent when they were counted."""
    said = {name: text for name in ("outcome", "reason", "note", "without", "read_until")
            if (text := request.form.get(name, "").strip())}
    if said.get("outcome") != "approve":
        said.pop("without", None)
    if not count.isdecimal():
        return {**said, "application_ids": ids}
    state, _dash, role = request.form.get("state", "").partition("-")
    view = {"state": state, "count": int(count), **({"role": role} if role else {})}
    return {**said, "read_until": request.form.get("as_of", ""), "all_of": view}
