"""The next step of a programme: the first open item of its phase, as one button that leads to where it is done."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from services.portal.clients.calls import Json
from services.portal.pages.checklist_words import DOINGS, text_of
from services.portal.pages.numbers import Numbers
from services.portal.pages.reading import clock_time

OPENED, FOLLOWS = "opened", "next-cohort"


@dataclass(frozen=True)
class Next:
    """`href` is where it is done; `press` does it, and is sent as a form."""

    title: str
    text: str
    button: str
    href: str = ""
    press: str = ""


@dataclass(frozen=True)
class Aside:
    """What may be done as well."""

    text: str
    href: str = ""
    press: str = ""


def next_of(numbers: Numbers) -> Next | None:
    """Pairs that wait to be published, or to leave, come first; None where nobody knows."""
    latest: Json = next(iter(numbers.parts["runs"] or []), {})
    if latest.get("state") == "proposed" and latest.get("matched"):
        return look_at(str(latest["id"]))
    if latest.get("state") == "releasing":
        return leaving(latest, numbers.time_zone)
    if numbers.parts["checklist"] is None:
        return None
    item = next((one for one in of_phase(numbers) if one["id"] == numbers.part("checklist").get("next")), None)
    return done_with(numbers) if item is None else step(numbers, item)


def of_phase(numbers: Numbers) -> list[Json]:
    """What is to be done in the present phase."""
    found = numbers.part("checklist")
    return [one for one in found.get("items") or [] if one["phase"] == found["phase"]]


def step(numbers: Numbers, item: Json) -> Next:
    programme_id, doing = str(numbers.programme["id"]), DOINGS.get(str(item["id"]))
    if doing is None or not doing.view:
        text = doing.why if doing else _("This is on your own list: press the button when it is done.")
        return Next(text_of(item), str(text), str(doing.button if doing else _("It is done")),
                    press=numbers.link("checklist.tick", item_id=str(item["id"])))
    if item["id"] == OPENED:
        return Next(str(doing.text), str(doing.why), str(doing.button), press=doing.href(programme_id))
    href = next_cohort(programme_id) if item["id"] == FOLLOWS else doing.href(programme_id)
    return Next(str(doing.text), str(doing.why), str(doing.button), href)


def next_cohort(programme_id: str) -> str:
    return url_for("programmes.new", like=f"copy:{programme_id}")


def look_at(run_id: str) -> Next:
    text = _("Nothing has been sent. Look at the weakest pairs first, then publish.")
    return Next(_("Look at the proposed pairs"), text, _("Review and publish"), url_for("runs.run", run_id=run_id))


def leaving(run: Json, time_zone: str) -> Next:
    title = _("The pairs leave at %(time)s", time=clock_time(run.get("release_at"), time_zone))
    return Next(title, _("They are published, and leave by themselves. Until then you can undo it."),
                _("See it, or take it back"), url_for("runs.run", run_id=run["id"]))


def done_with(numbers: Numbers) -> Next:
    """Everything of this phase is done."""
    if numbers.programme.get("state") == "closed":
        return Next(_("Begin the next cohort"), _("Like this one, with dates of its own."),
                    _("Begin the next cohort like this one"), next_cohort(str(numbers.programme["id"])))
    text = _("Mentoring goes its way; whoever falls silent shows up above.")
    return Next(_("See how the pairs are doing"), text, _("See pairs"), numbers.link("pairs.of_programme"))


def asides(numbers: Numbers, chosen: Next | None) -> list[Aside]:
    """The way on for whoever leaves something undone: what moves the programme to its next phase."""
    state, summary = numbers.programme.get("state"), numbers.summary
    found = []
    if state == "draft" and numbers.programme.get("purpose"):
        found = [Aside(_("Open it"), press=numbers.link("programmes.open_it"))]
    if state in ("recruiting", "matching") and not (summary.get("mentors") and summary.get("mentees")):
        found = [Aside(_("Import people"), numbers.link("imports.begin"))]
    elif state in ("recruiting", "matching"):
        found = [Aside(_("Go to matching"), numbers.link("runs.matching"))]
    return [one for one in found if chosen is None or one.text != chosen.button]
