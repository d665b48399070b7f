"""Hard rules and terms from what a rules file says of each."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from services.matching.domain.matchmaking.asking import Asked
from services.matching.domain.matchmaking.cells import YES, fold
from services.matching.domain.matchmaking.hard_rules import (
    ExcludedPairs,
    HardRule,
    MustBeAbove,
    MustDiffer,
    MustShare,
    OwnManager,
)
from services.matching.domain.matchmaking.people import Role
from services.matching.domain.matchmaking.terms import NUMBERS, Above, Close, Condition, Overlap, Same, Scale, Term
from services.matching.domain.sheet import column_key

MOST_POINTS = 1_000_000
LANGUAGES = ("en", "de")

Scales = Mapping[str, Scale]
T = TypeVar("T")


def hard_rule(asked: Asked, scales: Scales) -> HardRule | None:
    """None where it is off, or wrong, which is said to `asked`."""
    kinds: dict[str, Callable[[], HardRule]] = {
        "own-manager": lambda: _own_manager(asked),
        "same-manager": lambda: MustDiffer(**_compared(asked, "manager")),
        "excluded-pairs": lambda: _excluded(asked),
        "must-differ": lambda: MustDiffer(**_compared(asked)),
        "must-share": lambda: MustShare(**_compared(asked), bar_blank=asked.flag("bar_blank")),
        "must-be-above": lambda: MustBeAbove(
            **_compared(asked), **_reach(asked, scales), bar_blank=asked.flag("bar_blank")
        ),
    }
    return _made(asked, kinds)


def term(asked: Asked, scales: Scales) -> Term | None:
    """None where it is off, or wrong, which is said to `asked`."""
    kinds: dict[str, Callable[[], Term]] = {
        "overlap": lambda: Overlap(**_weighted(asked), full_at=asked.whole("full_at", 0, 1, 1000) or None),
        "equal": lambda: Same(**_weighted(asked)),
        "near": lambda: Close(**_weighted(asked), scale=_scale(asked, scales), span=asked.steps("span", 3000, 1)),
        "above": lambda: Above(**_weighted(asked), **_reach(asked, scales)),
    }
    return _made(asked, kinds)


def _made(asked: Asked, kinds: Mapping[str, Callable[[], T]]) -> T | None:
    kind = asked.text("kind")
    if kind not in kinds:
        asked.wrong("kind", f"one of {', '.join(kinds)} is expected")
        return None
    made, is_off = kinds[kind](), asked.flag("off")
    asked.done()
    return None if is_off else made


def column(asked: Asked, name: str) -> str | None:
    """A column by its key."""
    return column_key(asked.text(name)) or None


def columns(asked: Asked, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
    """At least one column, by their keys."""
    found = asked.texts(name, default)
    if not found:
        asked.wrong(name, "is missing")
    return tuple(column_key(one) for one in found)


def scale_of(asked: Asked, name: str) -> Scale:
    """Steps, lowest first; a step may be a list of names for the same."""
    steps = asked.any(name)
    if not isinstance(steps, list | tuple) or len(steps) < 2:
        asked.wrong(name, "a list of at least two steps is expected, the lowest first")
        return NUMBERS
    found = tuple(tuple(str(one) for one in step) if isinstance(step, list | tuple) else (str(step),) for step in steps)
    names = [fold(one) for step in found for one in step]
    if len(set(names)) < len(names):
        asked.wrong(name, "a step is there twice")
    return Scale(found)


def _scale(asked: Asked, scales: Scales) -> Scale:
    if asked.has("order"):
        return scale_of(asked, "order")
    name = asked.text("scale")
    if name and name not in scales:
        asked.wrong("scale", f"no scale has this name; there are {', '.join(scales) or 'none'}")
    return scales.get(name, NUMBERS)


def _reach(asked: Asked, scales: Scales) -> dict[str, Any]:
    by, at_most = asked.steps("by", 1000), asked.steps_or_none("at_most")
    if at_most is not None and at_most < by:
        asked.wrong("at_most", "is less than by")
    return {"scale": _scale(asked, scales), "by": by, "at_most": at_most}


def _compared(asked: Asked, default: str = "") -> dict[str, Any]:
    """`column` names it for both sides; `mentor` and `mentee` for each."""
    both = asked.text("column", default)
    mentor, mentee = asked.text("mentor", both), asked.text("mentee", both)
    if not mentor or not mentee:
        asked.wrong("column", "is missing; or say mentor and mentee")
    return {
        "name": asked.text("name") or asked.text("kind"),
        "mentor": column_key(mentor),
        "mentee": column_key(mentee),
        "when": _conditions(asked),
        "optional": asked.flag("optional"),
        "label": _label(asked),
    }


def _weighted(asked: Asked) -> dict[str, Any]:
    if not asked.has("points"):
        asked.wrong("points", "is missing")
    return {**_compared(asked), "points": asked.whole("points", 0, 0, MOST_POINTS)}


def _label(asked: Asked) -> dict[str, str]:
    """One text for all languages, or one for each."""
    value = asked.any("label")
    if value is None or isinstance(value, str):
        return {"": value} if value else {}
    part = asked.part("label")
    found = {language: part.text(language) for language in LANGUAGES if part.has(language)}
    part.done()
    return found


def _conditions(asked: Asked) -> tuple[Condition, ...]:
    """A text names a column in which the mentee says yes."""
    value = asked.any("when")
    if value is None:
        return ()
    if isinstance(value, str):
        return (Condition(Role.MENTEE, column_key(value), frozenset(YES)),)
    parts = list(asked.parts("when")) if isinstance(value, list | tuple) else [asked.part("when")]
    return tuple(_condition(one) for one in parts)


def _condition(asked: Asked) -> Condition:
    mentor, mentee = column(asked, "mentor"), column(asked, "mentee")
    if bool(mentor) == bool(mentee):
        asked.wrong("", "either a column of the mentee or one of the mentor is expected")
    words = frozenset(fold(one) for one in asked.texts("is", YES))
    asked.done()
    return Condition(Role.MENTEE if mentee else Role.MENTOR, mentee or mentor or "", words)


def _own_manager(asked: Asked) -> OwnManager:
    return OwnManager(
        name=asked.text("name", "own-manager"),
        managers=columns(asked, "columns", (asked.text("column", "manager"),)),
        refers_to=column(asked, "refers_to"),
        levels=asked.whole("levels", 2, 1, 20),
        optional=asked.flag("optional"),
    )


def _excluded(asked: Asked) -> ExcludedPairs:
    return ExcludedPairs(
        name=asked.text("name", "excluded-pairs"),
        pairs=_pairs(asked),
        mentor=column(asked, "mentor"),
        mentee=column(asked, "mentee"),
        refers_to=column(asked, "refers_to"),
        optional=asked.flag("optional"),
    )


def _pairs(asked: Asked) -> frozenset[tuple[str, str]]:
    given = asked.any("pairs") or []
    if not isinstance(given, list | tuple) or not all(isinstance(one, list | tuple) and len(one) == 2 for one in given):
        asked.wrong("pairs", "a list of [mentor, mentee] is expected")
        return frozenset()
    return frozenset((fold(str(mentor)), fold(str(mentee))) for mentor, mentee in given)
