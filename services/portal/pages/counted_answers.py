"""Lets answers count in matching, without code: what the two sides say, compared as its kind allows."""

import re
from collections.abc import Sequence
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json, Refused
from services.portal.pages import reasons
from services.portal.pages.form_fields import said
from services.portal.pages.rules import KINDS, MOST_POINTS, named
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed, why_not

pages = Pages("counted_answers")
ADDED = "answer-"
"""How the names of rules and terms begin that were made here, and may be taken out again."""
SIDES = ("mentor", "mentee")
TOLD_IN = ("en", "de")
DIRECTORY = ("department", "location", "grade")
"""What the directory knows of everybody, whether it is asked or not."""

AGREE = ("equal", "must-share", "must-differ")
STEPPED = ("near", "above", "equal", "must-be-above", "must-share", "must-differ")
LISTED = ("overlap", "must-share", "must-differ")
NUMBERS = {"number", "scale"}
WORDS = {"one-of", "several-of", "skills", "people", "short-text", "long-text"}
STEPS_OF = {"near": "span", "above": "by", "must-be-above": "by"}
"""Kinds that go by steps, and how a rules file calls their number."""


@pages.get("/programmes/<programme_id>/rules/answer")
def choose(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """First whose answers; then how they are compared, and for how much."""
    return shown(visit, programme_id, request.args, {})


@pages.post("/programmes/<programme_id>/rules/answer")
def add(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """Tries the rules with it, or keeps them; what cannot be is shown again as it was entered."""
    form, given = form_of(visit, programme_id), request.form
    one, faults = entered(form, given)
    if not faults:
        try:
            return go(done(visit, programme_id, one))
        except Refused as refused:
            faults = {"kind": why_not(refused)}
    return shown(visit, programme_id, given, faults), 422


@pages.post("/programmes/<programme_id>/rules/removal")
def remove(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """Takes out what was added here; the rest of the rules stays as it is kept."""
    client, part = visit.services.matching.setting_up, request.form.get("part", "")
    if not part.startswith(ADDED):
        raise NotFound
    rules = visit.need(lambda: client.rules(programme_id))["rules"]
    left = {each: [one for one in rules[each] if named(one) != part] for each in ("rules", "terms")}
    settings = {"rules": {**rules, **left}}
    return visit.told(
        lambda: client.change(programme_id, settings, request.form.get("version", "")),
        _("The answer does not count any more."), url_for("rules.of_programme", programme_id=programme_id))


def done(visit: Visit, programme_id: str, one: Json) -> str:
    """Where to go on."""
    client = visit.services.matching.setting_up
    kept = visit.need(lambda: client.rules(programme_id))
    rules = with_part(kept["rules"], one)
    if request.form.get("what") == "keep":
        visit.do(lambda: client.change(programme_id, {"rules": rules}, request.form.get("version", "")))
        flash(_("The answer counts. The next run goes by it."), "good")
        return str(url_for("rules.of_programme", programme_id=programme_id))
    made = visit.do(lambda: client.try_rules(programme_id, rules, pressed()))
    return str(url_for("rules.of_programme", programme_id=programme_id, trial=made, version=kept["version"]))


def with_part(rules: Json, one: Json) -> Json:
    """At the end of the hard rules or of the terms, under a name that is free."""
    taken, name = {named(other) for each in ("rules", "terms") for other in rules[each]}, one["name"]
    free = next(each for each in (name, *(f"{name}-{at}" for at in range(2, len(taken) + 3))) if each not in taken)
    part = "terms" if "points" in one else "rules"
    return {**rules, part: [*rules[part], {**one, "name": free}]}


def entered(form: Json, given: Any) -> tuple[Json, dict[str, str]]:
    """The part as a rules file has it, and what cannot be read, by field."""
    mentor, mentee = (answer_of(form, side, given.get(side, "")) for side in SIDES)
    kind, steps, points = (given.get(name, "").strip() for name in ("kind", "steps", "points"))
    faults = {} if kind in comparisons(mentor, mentee) else {"kind": _("Choose how the two are compared.")}
    if not kind.startswith("must") and not (re.fullmatch(r"[0-9]{1,7}", points) and 0 < int(points) <= MOST_POINTS):
        faults["points"] = _("A whole number from 1 to 1,000,000 is expected.")
    if steps and not re.fullmatch(r"[1-9][0-9]{0,5}", steps):
        faults["steps"] = _("A whole number from 1 on is expected, or nothing.")
    return ({}, faults) if faults or not mentor or not mentee else (part_of(mentor, mentee, kind, steps, points), {})


def part_of(mentor: Json, mentee: Json, kind: str, steps: str, points: str) -> Json:
    """The steps of a list to choose from are its options, the first the lowest."""
    one = {"kind": kind, "name": ADDED + "-".join(dict.fromkeys((mentor["key"], mentee["key"]))),
           "mentor": mentor["key"], "mentee": mentee["key"], "label": label((mentor, mentee))}
    if not kind.startswith("must"):
        one["points"] = int(points)
    if kind in STEPS_OF and mentor["kind"] == "one-of":
        one["order"] = codes(mentor)
    return one | ({STEPS_OF[kind]: int(steps)} if steps and kind in STEPS_OF else {})


def label(answers: Sequence[Json]) -> dict[str, str]:
    """The questions themselves, each once, in the languages in which reasons are told."""
    texts = [one.get("labels") or {} for one in answers]
    found = {language: dict.fromkeys(text for each in texts if (text := each.get(language))) for language in TOLD_IN}
    known = {language: " · ".join(words) for language, words in found.items() if words}
    return known or {TOLD_IN[0]: " · ".join(dict.fromkeys(filter(None, map(said, texts))))}


def comparisons(mentor: Json | None, mentee: Json | None) -> tuple[str, ...]:
    """Kinds of comparison that these two answers allow; none where one is not asked, or says another thing."""
    if not mentor or not mentee or not (mentor.get("labels") or mentee.get("labels")):
        return ()
    kinds = {mentor["kind"], mentee["kind"]}
    if kinds <= NUMBERS or (kinds == {"one-of"} and len(codes(mentor)) > 1 and codes(mentor) == codes(mentee)):
        return STEPPED
    if kinds in ({"yes-no"}, {"date"}) or kinds <= {"one-of", "short-text"}:
        return AGREE
    return LISTED if kinds <= WORDS else ()


def codes(one: Json) -> list[str]:
    return [str(option["code"]) for option in one.get("options") or []]


def answers_of(form: Json, side: str) -> list[Json]:
    """What is asked of one side, and behind it what the directory knows."""
    asked = [one for one in form["fields"] if side in one["roles"]]
    known = [{"key": key, "kind": "short-text"} for key in DIRECTORY if key not in [one["key"] for one in asked]]
    return [*asked, *known]


def answer_of(form: Json, side: str, key: str) -> Json | None:
    return next((one for one in answers_of(form, side) if one["key"] == key), None)


def form_of(visit: Visit, programme_id: str) -> Json:
    return visit.need(lambda: visit.services.matching.applications.form(programme_id))


def shown(visit: Visit, programme_id: str, given: Any, faults: dict[str, str]) -> str:
    form, matching = form_of(visit, programme_id), visit.services.matching
    programme, kept = visit.need(lambda: matching.programme(programme_id)), visit.need(
        lambda: matching.setting_up.rules(programme_id))
    chosen = {side: answer_of(form, side, given.get(side, "")) for side in SIDES}
    return render_template(
        "rules-answer.html", programme=programme, version=kept["version"], given=given,
        faults=faults, chosen=chosen, kinds=[(code, KINDS[code]) for code in comparisons(*chosen.values())],
        choices={side: [(one["key"], called(form, one)) for one in answers_of(form, side)] for side in SIDES},
        called=lambda one: called(form, one))


def called(form: Json, one: Json) -> str:
    """The question, else the directory's word."""
    return said(one.get("labels"), form["language"]) or reasons.name(one["key"], {})
