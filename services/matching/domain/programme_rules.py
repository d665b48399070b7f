"""What matching goes by in a programme: its own rules, and those no programme can switch off."""

import hashlib
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass, replace
from typing import Any

import orjson

from services.matching.domain.matchmaking.default_rules import GRADES
from services.matching.domain.matchmaking.hard_rules import ExcludedPairs, HardRule, MustDiffer, OwnManager
from services.matching.domain.matchmaking.rules import Rulebook
from services.matching.domain.matchmaking.rules_file import WISH_POINTS, rulebook_from
from services.matching.domain.waiting import waited

DEFAULT: dict[str, Any] = {
    "scales": {"grades": GRADES},
    "rules": [{"kind": "must-share", "name": "common-language", "mentor": "languages", "mentee": "languages"}],
    "terms": [
        {"kind": "overlap", "name": "skills", "mentor": "skills", "mentee": "goals", "points": 45},
        {"kind": "above", "name": "seniority", "mentor": "grade", "mentee": "grade", "points": 10, "scale": "grades"},
        {"kind": "overlap", "name": "interests", "mentor": "interests", "mentee": "interests", "points": 10},
        {"kind": "equal", "name": "department", "mentor": "department", "mentee": "department", "points": 10},
        {"kind": "equal", "name": "location", "mentor": "location", "mentee": "location", "points": 5},
    ],
    "wishes": {"columns": ["wishes"], "points": [24, 16, 8]},
}
"""For programmes that say nothing else. How two fit is 80 points at most; the wishes add three, two and one tenth of
that."""

Couples = frozenset[tuple[str, str]]
EXCLUSION = "exclusion"
"""The rule that keeps apart whom a coordinator excluded."""

ALWAYS: tuple[HardRule, ...] = (
    OwnManager(name="reporting-line", managers=("manager",), levels=2),
    MustDiffer(name="same-manager", mentor="manager", mentee="manager"),
)
"""Nobody is mentored by somebody of their own reporting line, up or down, or by somebody with the same manager."""


PARTS = ("rules", "terms")
FIXED_NAMES = tuple(rule.name for rule in ALWAYS)

HOW_ONE_IS: tuple[dict[str, Any], ...] = (
    {"kind": "overlap", "name": "values", "column": "values", "points": 10, "full_at": 2},
    {"kind": "near", "name": "style-planning", "column": "style_planning", "points": 5, "span": 4},
    {"kind": "near", "name": "style-talking", "column": "style_talking", "points": 5, "span": 4},
)
"""What two people value, in their own words, and how they like to work. Two shared values are enough for all points."""

KNOWN: dict[str, Any] = {
    **DEFAULT,
    "terms": [*DEFAULT["terms"], *HOW_ONE_IS],
    "rules": [*DEFAULT["rules"],
              {"kind": "must-differ", "name": "another-department", "mentor": "department", "mentee": "department"},
              {"kind": "must-share", "name": "same-location", "mentor": "location", "mentee": "location"},
              {"kind": "must-be-above", "name": "senior-mentor", "mentor": "grade", "mentee": "grade",
               "scale": "grades"}],
}
"""What can be switched on in a programme that does not have it."""


def with_known(rules: dict[str, Any] | None) -> dict[str, Any]:
    """The rules of a programme, and behind them, switched off, those known ones that it does not have."""
    own = stated(rules)
    lists = {part: [*own.get(part, []), *_lacking(own, part)] for part in PARTS}
    wishes = own.get("wishes") or {**KNOWN["wishes"], "off": True}
    return {**own, **lists, "scales": {**KNOWN["scales"], **own.get("scales", {})},
            "wishes": {"points": WISH_POINTS, **wishes}}


def _lacking(own: dict[str, Any], part: str) -> list[dict[str, Any]]:
    """A name that stands in either part is taken: no two of a programme may share one."""
    names = {one.get("name") or one["kind"] for each in PARTS for one in own.get(each, [])}
    return [{**one, "off": True} for one in KNOWN[part] if one["name"] not in names]


def rulebook_of(rules: dict[str, Any] | None, former: Couples = frozenset(), apart: Couples = frozenset()) -> Rulebook:
    """`former` are (mentor, mentee) who were a pair before, those `apart` a coordinator excluded. Raises WrongRules."""
    book = rulebook_from(stated(rules))
    always = (*ALWAYS, ExcludedPairs(name="excluded", pairs=former, mentor="exclude", mentee="exclude"),
              ExcludedPairs(name=EXCLUSION, pairs=apart))
    own = tuple(rule for rule in book.hard_rules if rule.name not in {one.name for one in always})
    fixed = always if apart else always[:-1]
    terms = (*book.terms, waited(book.highest_score))
    return replace(book, hard_rules=(*fixed, *own), terms=terms)


def rule_version(rules: dict[str, Any] | None) -> str:
    """The same for the same rules."""
    return digest(stated(rules))[:16]


def stated(rules: dict[str, Any] | None) -> dict[str, Any]:
    """As a run keeps them: those of the programme, or the default ones."""
    return DEFAULT if rules is None else rules


def digest(value: object) -> str:
    """The same for the same value, whatever the order of its names."""
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()


def spelled(value: object) -> object:
    """Rules as lists and texts. Sets are sorted: how they print differs from process to process."""
    if is_dataclass(value):
        return [type(value).__name__, *(spelled(getattr(value, one.name)) for one in fields(value))]
    if isinstance(value, Mapping):
        return sorted([repr(name), spelled(one)] for name, one in value.items())
    if isinstance(value, Set):
        return sorted(map(repr, value))
    return [spelled(one) for one in value] if isinstance(value, list | tuple) else repr(value)
