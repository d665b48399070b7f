"""The lists of a programme as CSV: the rows that the page shows by the same filter, and no column that it does not."""

from collections.abc import Callable, Mapping
from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.portal.clients.calls import Json
from services.portal.pages import deciding, pairs, programmes, reasons, requests, runs
from services.portal.pages.application_words import REASONS, SEEN_BY_COORDINATORS
from services.portal.pages.as_csv import AT_ONCE, Cell, People, Sheet, sent
from services.portal.pages.by_name import sought
from services.portal.pages.charge import looked_after
from services.portal.pages.ending_words import CLOSE_REASONS
from services.portal.pages.form_fields import said, shown_answer
from services.portal.pages.reading import day, day_there, named
from services.portal.pages.role_words import role_labels
from services.portal.pages.site import Pages
from services.portal.pages.steps import in_words
from services.portal.pages.visit import Visit
from services.portal.pages.wording import (
    CHOICE_STATES,
    DECIDED_BY,
    PAIR_STATES,
    PARTICIPANT_STATES,
    REQUEST_STATES,
    Sign,
)

pages = Pages("lists")
Columns = list[tuple[str, Callable[[Json, People], Cell]]]
MOST_CHOICES = 3


@pages.get("/programmes/<programme_id>/people.csv")
def people(visit: Visit, programme_id: str) -> ResponseReturnValue:
    programme, query = looked_after(visit, programme_id), programmes.shown_people()
    roles = role_labels(programme)
    return sent(visit, Sheet("people", lambda services, after: services.matching.taking_part.of_programme(
        programme_id, after=after, limit=AT_ONCE, **query), lambda one: [one["person_id"]], [
            *somebody(_("Name"), "person_id"),
            (_("Role"), called(roles)),
            (_("State"), state_of(PARTICIPANT_STATES)),
            (_("Places taken"), lambda one, _known: one["taken"] if has_places(one) else ""),
            (_("Places"), lambda one, _known: one["capacity"] if has_places(one) else "")]))


@pages.get("/programmes/<programme_id>/pairs.csv")
def of_pairs(visit: Visit, programme_id: str) -> ResponseReturnValue:
    programme, query = looked_after(visit, programme_id), pairs.shown_pairs()
    roles = role_labels(programme)
    return sent(visit, Sheet("pairs", lambda services, after: services.matching.pairs(
        programme_id, after=after, limit=str(AT_ONCE), **query), pairs.both, [
            *somebody(roles["mentee"], "mentee_id"), *somebody(roles["mentor"], "mentor_id"),
            (_("State"), state_of(PAIR_STATES)),
            (_("Reason"), called(CLOSE_REASONS, "reason"))]))


@pages.get("/programmes/<programme_id>/requests.csv")
def of_requests(visit: Visit, programme_id: str) -> ResponseReturnValue:
    programme, query, zone = looked_after(visit, programme_id), requests.shown_requests(), visit.person.time_zone

    def choice(place: int, what: Callable[[Json, People], Cell]) -> Callable[[Json, People], Cell]:
        return lambda one, known: what(one["choices"][place], known) if place < len(one["choices"]) else ""

    choices: Columns = [column for place in range(MOST_CHOICES) for column in (
        (_("Choice %(number)s", number=place + 1), choice(place, lambda one, known: named(known, one["mentor_id"]))),
        (_("State"), choice(place, state_of(CHOICE_STATES))))]
    return sent(visit, Sheet("requests", lambda services, after: services.matching.asking.of_programme(
        programme_id, after=after, limit=str(AT_ONCE), **query), lambda one: requests.everybody([one]), [
            *somebody(role_labels(programme)["mentee"], "mentee_id"), (_("State"), state_of(REQUEST_STATES)),
            (_("Since"), lambda one, _known: day_there(one["opened_at"], zone)), *choices]))


@pages.get("/programmes/<programme_id>/applications.csv")
def of_applications(visit: Visit, programme_id: str) -> ResponseReturnValue:
    programme, view = looked_after(visit, programme_id), deciding.chosen_view()
    q = sought()
    roles, form = role_labels(programme), visit.need(lambda: visit.services.matching.applications.form(programme_id))
    return sent(visit, Sheet("applications", lambda services, after: services.matching.applications.of_programme(
        programme_id, after, limit=AT_ONCE, q=q, **view.query), lambda one: [one["person_id"]], [
            *somebody(_("Name"), "person_id"),
            (_("Role"), called(roles)),
            (_("Sent"), lambda one, _known: day(one["submitted_at"])),
            (_("State"), state_of(SEEN_BY_COORDINATORS)),
            (_("Reason"), called(REASONS, "reason")),
            (_("A note for coordinators"), lambda one, _known: one.get("note") or ""),
            (_("Approved without"), lambda one, _known: ", ".join(in_words(one.get("waived") or []))),
            (_("Why you approve without an open step"),
             lambda one, _known: (one.get("without") or "") if one.get("waived") else ""),
            (_("Points"), lambda one, _known: one["score"] if one.get("best") else ""),
            (_("of points"), lambda one, _known: one.get("best") or ""),
            *(answer(form, field) for field in form.get("fields") or [])]))


@pages.get("/runs/<run_id>/proposals.csv")
def of_proposals(visit: Visit, run_id: str) -> ResponseReturnValue:
    run = visit.need(lambda: visit.services.matching.run(run_id))
    roles, q, which = role_labels(looked_after(visit, run["programme_id"])), sought(), runs.which()

    def everybody(one: Json) -> list[str]:
        return [*pairs.both(one), *(wish["person_id"] for wish in one["broken_wishes"])]

    return sent(visit, Sheet("proposals", lambda services, after: services.matching.proposals(
        run_id, after, limit=AT_ONCE, q=q, which=which), everybody, [
            *somebody(roles["mentee"], "mentee_id"), *somebody(roles["mentor"], "mentor_id"),
            (_("Score"), lambda one, _known: reasons.of_hundred(one["score"] or 0, run)),
            (_("Strongest reasons"), lambda one, _known: reasons.strongest(one)),
            (_("Broken wishes"), lambda one, known: "; ".join(reasons.broken(one, known))),
            (_("Decided"), lambda one, _known: word(DECIDED_BY, one.get("decided_by")))]))


@pages.get("/runs/<run_id>/unmatched.csv")
def of_unmatched(visit: Visit, run_id: str) -> ResponseReturnValue:
    run = visit.need(lambda: visit.services.matching.run(run_id))
    roles, q = role_labels(looked_after(visit, run["programme_id"])), sought()
    return sent(visit, Sheet("unmatched", lambda services, after: services.matching.unmatched(
        run_id, after=after, limit=AT_ONCE, q=q), lambda one: [one["person_id"]], [
            *somebody(_("Name"), "person_id"),
            (_("Role"), called(roles)),
            (_("Reason"), lambda one, _known: reasons.unmatched(one))]))


def somebody(heading: str, field: str) -> Columns:
    """Name, unit and place, as the page says them."""
    def fact(which: str) -> Callable[[Json, People], Cell]:
        return lambda one, known: known.get(one[field] or "", {}).get(which) or ""

    unit, place = _("Department"), _("Place")
    return [(heading, lambda one, known: named(known, one[field]) if one[field] else ""),
            (f"{heading}: {unit}", fact("department")), (f"{heading}: {place}", fact("location"))]


def has_places(one: Json) -> bool:
    return bool(one["role"] == "mentor" and one["state"] != "left")


def called(words: Mapping[str, object], field: str = "role") -> Callable[[Json, People], Cell]:
    """The word for a code."""
    return lambda one, _known: str(words.get(one.get(field) or "") or one.get(field) or "")


def state_of(words: dict[str, Sign]) -> Callable[[Json, People], Cell]:
    return lambda one, _known: word(words, one["state"])


def word(words: dict[str, Sign], code: Any) -> str:
    return str(words[code].text) if code in words else str(code or "")


def answer(form: Json, field: Json) -> tuple[str, Callable[[Json, People], Cell]]:
    """What was said to a question, in words."""
    key = field["key"]

    def found(one: Json, _known: People) -> Cell:
        text = (one.get("answers") or {}).get(key)
        return shown_answer(form, field, key, text)[1] if text else ""

    return said(field["labels"], str(form.get("language", "en"))), found
