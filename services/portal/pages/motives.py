"""What moves mentors to take part, what hinders them, and what can be done about each hurdle."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from services.portal.clients.calls import Json
from services.portal.pages.charge import in_charge, is_office, looks_after
from services.portal.pages.form_fields import said
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit

pages = Pages("motives")


@dataclass(frozen=True)
class Measure:
    """What lowers a hurdle, and the page where that is done."""

    text: LazyString
    view: str
    query: tuple[tuple[str, str], ...] = ()


BREAKS = Measure(_l("Fewer mentees at once, or a break: change their places, or pause them"), "programmes.people",
                 (("state", "mentor"),))
SHORT = Measure(_l("A short format: one question, one talk, in a programme of its own"), "programmes.new",
                (("like", "flash"),))
TRAINING = Measure(_l("Training for whoever is new to it, assigned by the Ideal Mentor Profile"),
                   "profile.of_programme")
LEADERS = Measure(_l("Leaders who know what it brings: name a sponsor, and the purpose"), "setting_up.settings")
MEASURES: dict[str, tuple[Measure, ...]] = {
    "time": (BREAKS, SHORT),
    "experience": (TRAINING,),
    "support": (LEADERS,),
    "distance": (SHORT,),
    "none": (),
}
"""By the options of the default form; a hurdle that a programme has words of its own for gets the last one."""
HEADINGS = {"drivers": _l("What moves mentors"), "hurdles": _l("What gets in their way")}


@dataclass(frozen=True)
class Row:
    """A motive in the reader's words; `count` None: nearly all."""

    text: str
    count: int | None
    measures: tuple[Measure, ...]


@pages.get("/programmes/<programme_id>/motives")
def of_programme(visit: Visit, programme_id: str) -> ResponseReturnValue:
    matching = visit.services.matching
    programme = visit.need(lambda: matching.programme(programme_id))
    found = visit.need(lambda: matching.applications.motives(programme_id))
    return render_template(
        "motives.html", programme=programme, report=found, headings=HEADINGS,
        leads=looks_after(visit, in_charge(programme)),
        address=lambda one: address(one, programme_id),
        questions=[question(one, programme["language"], is_office(visit)) for one in found["items"]],
        renewals=[question(one, programme["language"], is_office(visit)) for one in found.get("renewals", ())])


def question(one: Json, language: str, may_begin: bool) -> dict[str, Any]:
    """With its rows, the most named first, and what few name."""
    words = {option["code"].casefold(): said(option.get("labels"), language) for option in one["options"]}
    rows = [Row(words.get(each["code"]) or each["code"], each["count"], measures(one["key"], each["code"], may_begin))
            for each in one["motives"]]
    return {**one, "label": said(one["labels"], language), "rows": rows,
            "few": [words.get(code) or code for code in one["few"]]}


def measures(key: str, code: str, may_begin: bool) -> tuple[Measure, ...]:
    """Hurdles alone are to be lowered, by what the reader may do."""
    found = MEASURES.get(code, (SHORT,)) if key == "hurdles" else ()
    return tuple(one for one in found if may_begin or one is not SHORT)


def address(one: Measure, programme_id: str) -> str:
    here = {} if one.view == "programmes.new" else {"programme_id": programme_id}
    query: dict[str, Any] = {**here, **dict(one.query)}
    return url_for(one.view, **query)
