"""The rules of a programme: weights, what is switched on, and what a change would do before it is kept."""

import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json, Refused
from services.portal.pages import reasons
from services.portal.pages.form_fields import said
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed, why_not

pages = Pages("rules")
MOST_POINTS = 1_000_000
GONE = "gone"
"""Of a trial that matching does not have any more."""
KINDS: dict[str, LazyString] = {
    "overlap": _l("the more they have in common"),
    "equal": _l("where both say the same"),
    "near": _l("the nearer they are"),
    "above": _l("where the mentor stands as far above as wanted"),
    "must-share": _l("both have something in common"),
    "must-differ": _l("both say something else"),
    "must-be-above": _l("the mentor stands as far above as wanted"),
    "own-manager": _l("neither leads the other"),
    "same-manager": _l("nobody leads both"),
    "excluded-pairs": _l("neither is excluded by the other"),
}
BLANK = ("must-share", "must-differ", "must-be-above")
"""Kinds for which it is said what becomes of whoever leaves a column empty."""
WHY: dict[str, LazyString] = {
    "matching-too-large": _l("There are more people than can be matched at once."),
    "superseded": _l("You have tried other rules since. This trial was not solved."),
    "outdated": _l("This trial is more than a day old and has to be run again. What you entered stands below."),
    "gone": _l("This trial is not there any more. Look at the rules below before you try or keep them."),
    "gave-up": _l("The trial did not come to an end. Try once more."),
}


@pages.get("/programmes/<programme_id>/rules")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """As they are kept; with `trial` as they were tried, and what they would change to the `version` that was shown."""
    kept = visit.need(lambda: visit.services.matching.setting_up.rules(programme_id))
    trial = trial_of(visit, kept, programme_id, request.args.get("trial", ""))
    if trial and trial["state"] != GONE:
        kept = {**kept, "version": request.args.get("version") or kept["version"]}
    answer = make_response(shown(visit, programme_id, kept, trial["rules"] if trial else kept["rules"], trial=trial))
    if trial and trial["state"] != "waiting" and request.headers.get("HX-Request"):
        answer.headers["HX-Refresh"] = "true"
    return answer


@pages.post("/programmes/<programme_id>/rules")
def change(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """Tries what was entered, or keeps it: of the rules that were shown, which may be those of a trial. Where that is
    gone, what was entered stands in the rules that are kept, to be looked at first."""
    kept = visit.need(lambda: visit.services.matching.setting_up.rules(programme_id))
    trial = trial_of(visit, kept, programme_id, request.form.get("trial", ""))
    rules, faults = entered(trial["rules"] if trial else kept["rules"])
    if not faults and not (trial and trial["state"] == GONE):
        try:
            return go(done(visit, programme_id, rules))
        except Refused as refused:
            faults = {"rules": why_not(refused)}
    return shown(visit, programme_id, kept, rules, faults, trial), 422


def trial_of(visit: Visit, kept: Json, programme_id: str, trial_id: str) -> Json | None:
    """None where none is named; of one that is not there any more the `kept` rules. Raises NotFound for one of another
    programme."""
    if not trial_id:
        return None
    try:
        trial = visit.need(lambda: visit.services.matching.setting_up.trial(trial_id))
    except Refused as refused:
        if refused.status != 404:
            raise
        return {"state": GONE, "why": GONE, "rules": kept["rules"]}
    if trial["programme_id"] != programme_id:
        raise NotFound
    return trial


def done(visit: Visit, programme_id: str, rules: Json) -> str:
    """Where to go on."""
    client = visit.services.matching.setting_up
    if request.form.get("what") == "keep":
        visit.do(lambda: client.change(programme_id, {"rules": rules}, request.form.get("version", "")))
        flash(_("The rules are kept. The next run goes by them."), "good")
        return str(url_for("rules.of_programme", programme_id=programme_id))
    made = visit.do(lambda: client.try_rules(programme_id, rules, pressed()))
    return str(url_for("rules.of_programme", programme_id=programme_id, trial=made,
                       version=request.form.get("version")))


def entered(kept: Json) -> tuple[Json, dict[str, str]]:
    """The kept rules with what was switched and weighed, and what cannot be read, by field."""
    on, faults = request.form.getlist("on"), dict[str, str]()

    def points(field: str, now: int) -> int:
        text = request.form.get(field, str(now)).strip()
        if re.fullmatch(r"[0-9]{1,7}", text) and int(text) <= MOST_POINTS:
            return int(text)
        faults[field] = _("A whole number from 0 to 1,000,000 is expected.")
        return now

    terms = [{**one, "points": points(f"points-{named(one)}", one["points"])} for one in kept["terms"]]
    wishes = kept["wishes"] | {"points": [points(f"wish-{at}", one) for at, one in enumerate(kept["wishes"]["points"])]}
    return {**kept, "rules": switched("rule", kept["rules"], on), "terms": switched("term", terms, on),
            "wishes": switched("wishes", [wishes], on)[0]}, faults


def switched(sort: str, parts: Iterable[Json], on: list[str]) -> list[Json]:
    """A hard rule and a term may bear one name as long as one of them is off."""
    return [{name: value for name, value in one.items() if name != "off"}
            | ({} if f"{sort}-{named(one)}" in on else {"off": True}) for one in parts]


def named(part: Json) -> str:
    """A name that no other part of its sort has."""
    return str(part.get("name") or part.get("kind") or "wish")


def shown(visit: Visit, programme_id: str, kept: Json, rules: Json, faults: dict[str, str] | None = None,
          trial: Json | None = None) -> str:
    matching = visit.services.matching
    programme = visit.need(lambda: matching.programme(programme_id))
    weakest = ((trial or {}).get("difference") or {}).get("weakest") or []
    ids = [one[side] for one in weakest for side in ("mentor_id", "mentee_id")]
    parts = visit.at_once(people=lambda: matching.people(ids), form=lambda: matching.applications.form(programme_id))
    people = parts.people
    return render_template(
        "rules.html", programme=programme, version=kept["version"], rules=rules, always=kept["always"], trial=trial,
        faults=faults or {}, people=people, kinds=KINDS, blank=BLANK, why=WHY, named=named, word=word, free=free,
        asked_as=partial(asked_as, parts.form or {}),
        person=lambda one: (people or {}).get(one, {}).get("name") or "–")


def free(found: Json) -> str:
    """Whom a run would take: `2 mentees with room for a mentor, and 3 free seats of 2 mentors`."""
    mentors = ngettext("one mentor", "%(num)s mentors", found["mentors"])
    seats = ngettext("one free seat of %(mentors)s", "%(num)s free seats of %(mentors)s", found["seats"],
                     mentors=mentors) if found["seats"] else _("no free seat of a mentor")
    mentees = ngettext("one mentee with room for a mentor", "%(num)s mentees with room for a mentor",
                       found["mentees"]) if found["mentees"] else _("no mentee with room for a mentor")
    return str(_("%(mentees)s, and %(seats)s", mentees=mentees, seats=seats))


def asked_as(form: Json, column: str) -> str:
    """What an answer is about: Ithaca's word for it, else the question of the form, else the column of a file."""
    known = reasons.NAMES.get(column) or reasons.NAMES.get(column.replace("_", "-"))
    question = next((one for one in form.get("fields") or [] if one["key"] == column), None)
    return str(known or (question and said(question["labels"], str(form.get("language", "en")))) or column)


def word(part: Any) -> str:
    """As the programme calls it, else Ithaca's word for it."""
    label = part.get("label") if isinstance(part, dict) else None
    name = named(part) if isinstance(part, dict) else str(part)
    return reasons.name(name, {"label": label} if isinstance(label, str) else label_facts(label))


def label_facts(label: Any) -> Json:
    return {f"label_{language}": text for language, text in (label or {}).items()}
