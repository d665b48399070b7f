"""What a run changes of the last proposal, in words: how many would move, for how much, and why each of them."""

from collections.abc import Iterable, Iterator, Mapping

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.portal.clients.calls import Json
from services.portal.pages import reasons
from services.portal.pages.reading import number

WHY: dict[str, LazyString] = {
    "gone": _l("The mentor of before takes no part now, or has no free seat."),
    "locked": _l("A lock decided it."),
    "new": _l("The mentor is new."),
    "score": _l("The two fit otherwise now: answers or weights have changed."),
    "others": _l("For the sake of all: others are placed better by it."),
}


def since(run: Json) -> str:
    """Against what a run is told to change, and how it was when that was found."""
    swaps = run.get("swaps") or 0
    return ngettext("Since the last proposal, before the swap", "Since the last proposal, before the %(num)s swaps",
                    swaps) if swaps else str(_("Since the last proposal"))


def sentence(changes: Json) -> str:
    """`3 people would move, for 12 points more.`"""
    if not any(changes[name] for name in ("moved", "placed", "lost")):
        return str(_("Nobody of the last proposal would move."))
    return " ".join(filter(None, (_moving(changes), _placed(changes["placed"]), _lost(changes["lost"]))))


def _moving(changes: Json) -> str:
    if not changes["moved"]:
        return str(_("Nobody would move."))
    who = ngettext("One person would move", "%(num)s people would move", changes["moved"])
    return f"{who}, {_gain(changes['points'])}." if changes.get("could_stay") else f"{who}."


def _gain(points: int) -> str:
    if points > 0:
        return str(ngettext("for one point more", "for %(points)s points more", points, points=number(points)))
    if points < 0:
        return str(ngettext("at the cost of one point", "at the cost of %(points)s points", -points,
                            points=number(-points)))
    return str(_("for as many points as before"))


def _placed(count: int) -> str:
    return ngettext("One more has a mentor.", "%(num)s more have a mentor.", count) if count else ""


def _lost(count: int) -> str:
    return ngettext("One has none any more.", "%(num)s have none any more.", count) if count else ""


def around(changes: Json) -> str:
    """Who is in one of the two runs alone."""
    joined, left = changes["joined"], changes["left"]
    new = ngettext("One mentee is new.", "%(num)s mentees are new.", joined)
    gone = ngettext("One mentee is no longer looked at.", "%(num)s mentees are no longer looked at.", left)
    return " ".join([new] * bool(joined) + [gone] * bool(left))


def why(change: Json) -> str:
    """Of one mentee."""
    barred = _("The rule “%(rule)s” forbids the two of before.", rule=reasons.name(change.get("rule") or "", {}))
    return str(WHY.get(change["code"]) or barred)


def moved(change: Json, people: Mapping[str, Json] | None) -> str:
    """From whom to whom."""
    before, after = (str((people or {}).get(change[side], {}).get("name") or "–") for side in ("before", "after"))
    if not change["before"]:
        return str(_("now with %(after)s", after=after))
    if not change["after"]:
        return str(_("no longer with %(before)s", before=before))
    return str(_("from %(before)s to %(after)s", before=before, after=after))


def everybody(told: Iterable[Json]) -> Iterator[str]:
    """Who is named."""
    yield from (one[side] for one in told for side in ("mentee_id", "before", "after") if one[side])
