"""Why two people fit, and why somebody stayed without a partner, in the reader's words."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

STRONGEST = 3
CRITERIA: dict[str, LazyString] = {
    "skills": _l("skills"),
    "skill": _l("skills"),
    "goals": _l("goals"),
    "goal": _l("goals"),
    "interests": _l("interests"),
    "language": _l("language"),
    "languages": _l("languages"),
    "location": _l("place"),
    "department": _l("department"),
    "time-zone": _l("shared hours"),
    "time_zone": _l("shared hours"),
    "grade": _l("experience"),
    "seniority": _l("experience"),
    "availability": _l("availability"),
    "choice": _l("the mentee's wish"),
    "wish": _l("the mentee's wish"),
    "working-style": _l("working style"),
}
UNMATCHED: dict[str, LazyString] = {
    "no-candidate": _l("Nobody passes the fixed rules."),
    "over-demanded": _l("The mentors who fit are wanted by more people than they can take."),
    "no-seat": _l("All mentors' seats are taken."),
    "no-seats": _l("All mentors' seats are taken."),
    "rule": _l("A fixed rule stands against everyone left."),
    "not-needed": _l("More seats than mentees: nobody was left to mentor."),
    "capacity": _l("All mentors' seats are taken."),
}


def name(criterion: str | None) -> str:
    """The criterion as the programme calls it, where Ithaca has no word of its own."""
    key = criterion or ""
    return str(CRITERIA.get(key) or key.replace("-", " ").replace("_", " "))


def strongest(proposal: Mapping[str, Any]) -> str:
    """`skills (Python, leading) · language`: the criteria that gave most points."""
    found = sorted(proposal.get("reasons") or [], key=lambda one: -float(one.get("points") or 0))
    return " · ".join(described(one) for one in found[:STRONGEST] if float(one.get("points") or 0) > 0) or "–"


def described(reason: Mapping[str, Any]) -> str:
    shared = details(reason.get("params") or {})
    return f"{name(reason.get('criterion'))} ({shared})" if shared else name(reason.get("criterion"))


def details(params: Mapping[str, Any]) -> str:
    """Lists of shared things are worth naming; figures are in the points already."""
    named = [value for value in params.values() if isinstance(value, list) and value]
    return ", ".join(str(one) for one in named[0][:3]) if named else ""


def broken(proposal: Mapping[str, Any]) -> Sequence[str]:
    return [
        name(one.get("criterion") if isinstance(one, Mapping) else str(one))
        for one in proposal.get("broken_wishes") or []
    ]


def unmatched(person: Mapping[str, Any]) -> str:
    code = str(person.get("reason") or person.get("why") or "")
    return str(UNMATCHED.get(code) or _("No reason was recorded (%(code)s).", code=code or "–"))


def bars(histogram: Sequence[Any]) -> list[tuple[int, int]]:
    """(lower edge, count) of each class of scores."""
    pairs = [
        (one.get("from", one.get("from_", at * 10)), one.get("count", 0))
        if isinstance(one, Mapping)
        else (at * (100 // max(1, len(histogram))), one)
        for at, one in enumerate(histogram)
    ]
    return [(int(edge or 0), int(count or 0)) for edge, count in pairs]
