"""What to mend before a run: each line says how many it is about, and leads to them and to where it is mended."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json
from services.portal.pages import reasons
from services.portal.pages.charge import looked_after
from services.portal.pages.reading import rows
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit
from services.portal.pages.wording import ROLES

pages = Pages("readiness")


@dataclass(frozen=True)
class Mending:
    """Where something is mended."""

    view: str
    text: LazyString


MENDED: dict[str, Mending] = {
    "nobody-allowed": Mending("rules.of_programme", _l("Look at the rules")),
    "lock": Mending("rulings.of_programme", _l("Locks and exclusions")),
    "wish-barred": Mending("rules.of_programme", _l("Look at the rules")),
    "wish-unknown": Mending("imports.begin", _l("Import people")),
    "no-wish": Mending("form.of_programme", _l("Look at the form")),
    "blank": Mending("form.of_programme", _l("Look at the form")),
    "no-seat": Mending("imports.begin", _l("Import people")),
}
BY_HAND = ("nobody-allowed", "wish-barred", "wish-unknown", "no-wish")


def sentence(concern: Json) -> str:
    """`12 mentees say nothing under “goals”.`"""
    code = "-".join([concern["code"], concern["role"]] if concern["code"] == "blank" else [concern["code"]])
    say = SENTENCES.get(code)
    return say(concern["count"], concern["facts"]) if say else str(concern["key"])


def _nobody(count: int, facts: Json) -> str:
    rule = reasons.name(str(facts.get("rule") or ""), {})
    return str(ngettext("Nobody is allowed for one mentee; the rule “%(rule)s” removes most.",
                        "Nobody is allowed for %(num)s mentees; the rule “%(rule)s” removes most.", count, rule=rule))


def _column(facts: Json) -> str:
    return reasons.name(str(facts.get("column") or ""), {})


SENTENCES: dict[str, Callable[[int, Json], str]] = {
    "nobody-allowed": _nobody,
    "blank-mentee": lambda count, facts: ngettext(
        "One mentee says nothing under “%(column)s”.", "%(num)s mentees say nothing under “%(column)s”.", count,
        column=_column(facts)),
    "blank-mentor": lambda count, facts: ngettext(
        "One mentor says nothing under “%(column)s”.", "%(num)s mentors say nothing under “%(column)s”.", count,
        column=_column(facts)),
    "lock": lambda count, _facts: ngettext(
        "One lock cannot be kept.", "%(num)s locks cannot be kept.", count),
    "wish-barred": lambda count, _facts: ngettext(
        "One mentee wishes for a mentor whom a rule forbids.",
        "%(num)s mentees wish for a mentor whom a rule forbids.", count),
    "wish-unknown": lambda count, _facts: ngettext(
        "One mentee wishes for somebody who is no mentor here, or has no free seat.",
        "%(num)s mentees wish for somebody who is no mentor here, or has no free seat.", count),
    "no-wish": lambda count, _facts: ngettext("One mentee has no wish.", "%(num)s mentees have no wish.", count),
    "no-seat": lambda count, _facts: ngettext("One mentor offers no seat.", "%(num)s mentors offer no seat.", count),
}


@pages.get("/programmes/<programme_id>/readiness")
def concern(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """The people whom one line is about."""
    matching, key = visit.services.matching, request.args.get("what", "")
    programme = looked_after(visit, programme_id)
    ready = visit.need(lambda: matching.workbench.readiness(programme_id))
    found = next((one for one in ready["concerns"] if one["key"] == key), None)
    if key and found is None and not key.startswith(tuple(SENTENCES)):
        raise NotFound
    shown = rows([{"person_id": one} for one in (found or {}).get("people") or []], request.args.get("page"))
    people = visit.at_once(people=lambda: matching.people(one["person_id"] for one in shown.items)).people
    mended = MENDED.get(found["code"]) if found else None
    return render_template(
        "readiness.html", programme=programme, ready=ready, what=key, concern=found, rows=shown, people=people,
        sentence=sentence, roles=ROLES, by_hand=bool(found and found["code"] in BY_HAND),
        mended=mended and (url_for(mended.view, programme_id=programme_id), mended.text))
