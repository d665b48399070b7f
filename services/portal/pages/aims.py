"""Objectives of a run in words: what comes before all else, and why a run could not be solved for it."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

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
    "objective-for-one-mentor": _l("This objective is for mentees with one mentor each, and some want several."),
}


def named(objective: str | None) -> str:
    """One of a newer service is called by its code."""
    code = objective or DEFAULT
    return str(AIMS.get(code) or code)


def why(code: str | None) -> str:
    """Nothing where it is not known."""
    return str(WHY.get(code or "") or "")
