"""Objectives of a run in words: what comes before all else, and why a run could not be solved for it."""

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.portal.clients.calls import Json
from services.portal.pages.reading import number

DEFAULT = "participation"
AIMS: dict[str, LazyString] = {
    DEFAULT: _l("as many pairs as possible, then points"),
    "score": _l("points alone"),
    "maximin": _l("the weakest pair as strong as can be"),
    "minimax-regret": _l("the greatest regret as small as can be"),
    "least-squares-regret": _l("regrets as small and even as can be"),
}
WHY: dict[str, LazyString] = {
    "matching-too-large": _l("There are too many people to solve it exactly for this objective."),
    "superseded": _l("Others were published or paired since: nothing of this proposal was left to publish. Run again "
                     "for whoever has nobody."),
    "objective-for-one-mentor": _l("This objective is for mentees with one mentor each, and some want several."),
}


def named(objective: str | None) -> str:
    """One of a newer service is called by its code."""
    code = objective or DEFAULT
    return str(AIMS.get(code) or code)


def why(code: str | None) -> str:
    """Nothing where it is not known."""
    return str(WHY.get(code or "") or "")


def reading(trade_off: Json) -> str:
    """How to read the table, in a sentence."""
    solved = [one for one in trade_off["outlooks"] if not one["why"]]
    if len({tuple(value for name, value in one.items() if name != "objective") for one in solved}) <= 1:
        return str(_("How to read it: all objectives come to the same here."))
    first = solved[0]
    return str(_("How to read it: the first line is what a run does unless you choose; each other line gives up some "
                 "of its %(pairs)s pairs or %(total)s points for another objective.", pairs=number(first["pairs"]),
                 total=number(first["total"])))
