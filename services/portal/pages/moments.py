"""What happened to a pair, as entries of its timeline: an icon, a tone and a sentence for each kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.portal.pages.ending_words import CLOSE_REASONS
from services.portal.pages.mail_words import TEMPLATES
from services.portal.pages.wording import BECAUSE, GATES, MODULES, RATINGS


@dataclass(frozen=True)
class Kind:
    """`{who}` in the text is the person it happened to or who did it; `other`, who that is if none of the two. What is
    routine is shown when asked for."""

    text: LazyString
    icon: str = "note"
    tone: str = ""
    routine: bool = False
    other: LazyString | None = None


KINDS = {
    "pair-proposed": Kind(_l("Proposed as a pair"), "person"),
    "pair-accepted": Kind(_l("{who} accepted"), "check", "is-good"),
    "pair-reminder-due": Kind(_l("Reminded by a coordinator"), "clock", routine=True),
    "pair-created": Kind(_l("Became a pair"), "person", "is-key"),
    "pair-gate-waived": Kind(_l("It may start without something that comes before"), "check"),
    "pair-activated": Kind(_l("Mentoring began"), "check", "is-good"),
    "pair-paused": Kind(_l("Paused"), "pause"),
    "pair-resumed": Kind(_l("Went on"), "arrow"),
    "pair-closing": Kind(_l("The last weeks began"), "flag", "is-key"),
    "pair-closed": Kind(_l("The pair ended"), "minus"),
    "rematch-requested": Kind(_l("{who} asked for a new match"), "swap", other=_l("a coordinator")),
    "journey-begun": Kind(_l("The journey began, waiting for the first steps"), "flag", routine=True),
    "journey-started": Kind(_l("The journey is under way"), "flag", routine=True),
    "journey-paused": Kind(_l("The journey is paused"), "pause", routine=True),
    "journey-resumed": Kind(_l("The journey went on"), "arrow", routine=True),
    "journey-ended": Kind(_l("The journey ended"), "minus", routine=True),
    "journey-concluded": Kind(_l("All that the two came together for is done"), "check", "is-good"),
    "milestone-reached": Kind(_l("The two have met for the first time"), "check", "is-good"),
    "session-day-named": Kind(_l("{who} named the day of the session"), "note"),
    "agreement-terms-set": Kind(_l("{who} wrote down how they meet"), "note"),
    "goal-drafted": Kind(_l("{who} drafted a goal"), "flag"),
    "check-in-opened": Kind(_l("Check-in opened for {who}"), "chat", routine=True),
    "check-in-reminder-due": Kind(_l("Time to remind {who}"), "clock", routine=True),
    "check-in-answered": Kind(_l("{who} answered the check-in"), "check", "is-good"),
    "check-in-missed": Kind(_l("A check-in to {who} is still without an answer"), "chat", "is-watch"),
    "check-in-excused": Kind(_l("Check-in of {who} excused"), "minus"),
    "check-in-undeliverable": Kind(_l("The check-in did not reach {who}"), "mail", "is-watch"),
    "case-raised": Kind(_l("Task for the coordinator"), "flag", "is-watch"),
    "case-escalated": Kind(_l("Handed to the programme office"), "alert", "is-watch"),
    "case-resolved": Kind(_l("Task resolved"), "check", "is-good"),
    "training-assigned": Kind(_l("Training assigned to {who}"), "note", routine=True),
    "training-completed": Kind(_l("{who} completed the training"), "check", "is-good"),
    "training-overdue": Kind(_l("Training of {who} is overdue"), "clock", "is-watch"),
    "training-withdrawn": Kind(_l("Training of {who} withdrawn"), "minus"),
    "message-sent": Kind(_l("Mail to {who}"), "mail", routine=True),
    "message-failed": Kind(_l("Mail to {who} failed"), "mail", "is-watch"),
}
PROPOSAL_ENDED = Kind(_l("The proposal ended"), "minus")


@dataclass(frozen=True)
class Entry:
    """One line of the timeline."""

    at: str
    icon: str
    tone: str
    title: str
    text: str
    routine: bool = False


def entry(raw: Mapping[str, Any], names: Mapping[str, str]) -> Entry:
    """From what a service tells: names are added here, since events and timelines hold none."""
    kind = kind_of(raw)
    said = str(kind.text).format(who=names.get(str(raw.get("person_id") or "")) or kind.other or _("someone"))
    title, text = said[:1].upper() + said[1:], facts(raw.get("facts") or {})
    return Entry(str(raw.get("at", "")), kind.icon, kind.tone, title, text, kind.routine)


def kind_of(raw: Mapping[str, Any]) -> Kind:
    """A proposal ends by the same event as a pair."""
    if raw.get("kind") == "pair-closed" and (raw.get("facts") or {}).get("reason") == "declined":
        return PROPOSAL_ENDED
    return KINDS.get(str(raw.get("kind")), Kind(_l("Something happened"), "note"))


def facts(told: Mapping[str, Any]) -> str:
    """The facts a reader understands, as short sentences; ids stay out."""
    return " ".join(
        sentence for name, say in SAYINGS.items() if name in told for sentence in [say(told[name])] if sentence
    )


def of_reason(code: Any) -> str:
    return f"{CLOSE_REASONS[code]}." if code in CLOSE_REASONS else ""


def of_gate(code: Any) -> str:
    return f"{GATES[code]}." if code in GATES else ""


def of_waiver(code: Any) -> str:
    return f"{BECAUSE[code]}." if code in BECAUSE else ""


def of_row(count: Any) -> str:
    return _("%(count)s in a row.", count=count) if isinstance(count, int) and count > 1 else ""


def of_rating(value: Any) -> str:
    return _("Rating %(value)s: %(word)s.", value=value, word=RATINGS[value]) if value in RATINGS else ""


def of_days(days: Any) -> str:
    return _("Every %(days)s days.", days=days) if days else ""


def of_template(name: Any) -> str:
    return f"{str(TEMPLATES.get(name, '')).capitalize()}." if name in TEMPLATES else ""


def of_module(name: Any) -> str:
    return f"{MODULES[name]}." if name in MODULES else ""


SAYINGS = {
    "module": of_module,
    "template": of_template,
    "rating": of_rating,
    "in_a_row": of_row,
    "meetings_every_days": of_days,
    "reason": of_reason,
    "gate": of_gate,
    "because": of_waiver,
}


def merged(parts: list[list[dict[str, Any]] | None], names: Mapping[str, str]) -> list[Entry]:
    """The services' timelines as one, newest first."""
    told = [raw for part in parts for raw in part or []]
    return [entry(raw, names) for raw in sorted(told, key=lambda raw: str(raw.get("at", "")), reverse=True)]
