"""Why two people fit, and why somebody stayed without a partner, in the reader's words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import LazyString, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

STRONGEST = 3
MOST_SHARED = 3
Facts = Mapping[str, Any]
NAMES: dict[str, LazyString] = {
    "skills": _l("skills"),
    "goals": _l("goals"),
    "seniority": _l("experience"),
    "interests": _l("interests"),
    "values": _l("what matters to both"),
    "style-planning": _l("how they plan"),
    "style-talking": _l("how they talk"),
    "languages": _l("languages"),
    "location": _l("place"),
    "department": _l("department"),
    "same-department": _l("department"),
    "time_zone": _l("shared hours"),
    "grade": _l("grade"),
    "wish": _l("wish"),
    "mentor-wish": _l("wish of the mentor"),
    "waited": _l("rounds waited"),
    "settled": _l("together in the last proposal"),
    "self": _l("not oneself"),
    "reporting-line": _l("not in one reporting line"),
    "another-department": _l("another department"),
    "same-location": _l("the same place"),
    "senior-mentor": _l("the mentor stands above the mentee"),
    "mentor-is-junior": _l("the mentor is the junior"),
    "own-manager": _l("not in the own reporting line"),
    "same-manager": _l("not with the same manager"),
    "common-language": _l("a common language"),
    "excluded-pairs": _l("excluded pairs"),
    "excluded": _l("not two who were a pair, or excluded by one of them"),
    "exclusion": _l("excluded by a coordinator"),
    "excluded-by-mentee": _l("excluded by the mentee"),
    "excluded-by-mentor": _l("excluded by the mentor"),
}
BROKEN: dict[str, LazyString] = {
    "barred": _l("a fixed rule stands against it"),
    "no-seats": _l("offers no seat"),
    "seats-taken": _l("seats went to others"),
    "unknown": _l("is not among the mentors"),
}

REFUSED: dict[str, LazyString] = {
    "no-free-seat": _l("One of the two has no free seat any more."),
    "no-seat-in-organisation": _l("The mentor has as many pairs and circles, in all programmes together, as may be."),
    "not-taking-part": _l("One of the two takes no part any more, or takes a break."),
    "already-together": _l("The two are a pair already."),
    "programme-not-open": _l("The programme was over by then."),
}


NOT_KEPT: dict[str, LazyString] = {
    "absent": _l("One of the two takes no part now, or has no free seat."),
    "no-seats": _l("Earlier locks and pairs take all seats."),
}


def not_kept(lock: Facts) -> str:
    """Why a run could not keep two together."""
    barred = _("The rule “%(rule)s” is against it.", rule=name(str(lock.get("rule") or ""), {}))
    return str(NOT_KEPT.get(str(lock.get("code"))) or barred)


def refused(one: Facts) -> str:
    """Why two whom a run proposed did not become a pair."""
    barred = _("A fixed rule of the programme forbids the two: %(rules)s.", rules=names(one.get("rules") or ()))
    return str(REFUSED.get(str(one.get("code"))) or barred)


def name(criterion: str, facts: Facts) -> str:
    """As the programme's own rules call it, else by Ithaca's word, else by its code."""
    given = facts.get(f"label_{get_locale()}") or facts.get("label")
    known = NAMES.get(criterion) or NAMES.get(criterion.replace("_", "-"))  # a column has the name of its criterion
    return str(given or known or criterion.replace("-", " ").replace("_", " "))


def names(rules: Sequence[str]) -> str:
    """Of fixed rules."""
    return ", ".join(name(one, {}) for one in rules)


def strongest(proposal: Facts) -> str:
    """`skills (Python, leading) · languages`: the criteria that gave most points."""
    found = sorted(proposal.get("reasons") or [], key=lambda one: -float(one.get("points") or 0))
    return " · ".join(described(one) for one in found[:STRONGEST]) or "–"


def described(reason: Facts) -> str:
    facts = reason.get("params") or {}
    known, found = name(str(reason.get("criterion") or ""), facts), shared(facts)
    return f"{known} ({found})" if found else known


def to_mentee(offer: Facts) -> list[str]:
    """Why a mentor is recommended, in the words of the mentee's own page."""
    return [own_wish(one) or described(one) for one in (offer.get("reasons") or [])[:STRONGEST]]


def own_wish(reason: Facts) -> str:
    rank = (reason.get("params") or {}).get("rank")
    return str(_("your wish number %(rank)s", rank=rank)) if reason.get("criterion") == "wish" and rank else ""


def shared(facts: Facts) -> str:
    """What the two have in common, as far as it is short."""
    entries = facts.get("shared") or facts.get("value") or facts.get("rank") or facts.get("rounds") or []
    listed = entries if isinstance(entries, list) else [entries]
    return ", ".join(str(one) for one in listed[:MOST_SHARED])


def broken(proposal: Facts, people: Mapping[str, Facts] | None = None) -> Sequence[str]:
    """Each wish that was not fulfilled, for whom where they are known, and why."""
    return [_("wish %(rank)s", rank=one.get("rank")) + whom(one, people) + why(one)
            for one in proposal.get("broken_wishes") or []]


def whom(wish: Facts, people: Mapping[str, Facts] | None) -> str:
    called = (people or {}).get(str(wish.get("person_id") or ""), {}).get("name")
    return f", {called}" if called else ""


def why(wish: Facts) -> str:
    known = BROKEN.get(str(wish.get("code")))
    return f": {known}" if known else ""


def unmatched(person: Facts) -> str:
    """One sentence for each code that matching gives."""
    facts, code = person.get("params") or {}, str(person.get("reason") or "")
    say = UNMATCHED.get(code)
    return say(facts) if say else _("No reason was recorded (%(code)s).", code=code or "–")


def none_allowed(facts: Facts) -> str:
    rule = name(str(facts.get("rule") or ""), {})
    return str(_("Nobody is allowed; the rule “%(rule)s” removes most.", rule=rule))


def over_demanded(facts: Facts) -> str:
    counts = {which: facts.get(which, "–") for which in ("mentees", "mentors", "seats")}
    text = _("%(mentees)s mentees can only go to the same %(mentors)s mentors, who have %(seats)s seats.", **counts)
    return str(text)


def fewer(facts: Facts) -> str:
    got, wanted = facts.get("got", "–"), facts.get("wanted", "–")
    return str(_("Has %(got)s of %(wanted)s mentors wanted.", got=got, wanted=wanted))


UNMATCHED: dict[str, Callable[[Facts], str]] = {
    "none-wanted": lambda _facts: _("Wants no mentor."),
    "nobody-there": lambda _facts: _("There is nobody on the other side."),
    "none-allowed": none_allowed,
    "no-seats": lambda _facts: _("Those who fit offer no seat."),
    "over-demanded": over_demanded,
    "outweighed": lambda _facts: _("All others together have more points so."),
    "fewer-than-wanted": fewer,
    "no-capacity": lambda _facts: _("Offers no seat."),
    "not-needed": lambda _facts: _("Not needed: the mentees are better placed with others."),
}


def choice(share: Facts) -> str:
    """`1st choice`, none of them, or no wish at all."""
    rank = share.get("rank")
    if rank is None:
        return str(_("made no wish"))
    return str(_("choice %(rank)s", rank=rank) if rank else _("none of their choices"))


def of_hundred(score: float, run: Facts) -> int:
    """The score as a part of the best there can be; what waiting and staying together add may go beyond that."""
    best = run.get("best") or 100
    return min(100, round(100 * score / best))


def settled(proposal: Facts) -> int:
    """Points for staying together, which others cannot have."""
    return sum(one["points"] for one in proposal.get("reasons") or [] if one["criterion"] == "settled")
