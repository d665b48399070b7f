"""The rules of whoever brings none, in the form of a rules file. What a sheet has no column for is left out."""

from services.matching.domain.matchmaking.rules import Rulebook
from services.matching.domain.matchmaking.rules_file import rulebook_from

GRADES = ["junior", "professional", "senior", "lead", "principal", "director"]

DEFAULT = {
    "scales": {"grades": GRADES},
    "mentors": {"id": "id", "name": "name", "capacity": {"column": "capacity", "default": 1, "optional": True}},
    "mentees": {"id": "id", "name": "name", "mentors": {"column": "mentors", "default": 1, "optional": True}},
    "rules": [
        {"kind": "own-manager", "column": "manager", "levels": 2, "optional": True},
        {"kind": "same-manager", "column": "manager", "optional": True},
        {"name": "common-language", "kind": "must-share", "column": "languages", "optional": True},
        {"name": "excluded-by-mentee", "kind": "excluded-pairs", "mentee": "exclude", "optional": True},
        {"name": "excluded-by-mentor", "kind": "excluded-pairs", "mentor": "exclude", "optional": True},
    ],
    "terms": [
        {"name": "skills", "kind": "overlap", "mentor": "skills", "mentee": "goals", "points": 6000, "optional": True},
        {"name": "seniority", "kind": "above", "column": "grade", "scale": "grades", "points": 1500, "optional": True},
        {"name": "interests", "kind": "overlap", "column": "interests", "points": 1500, "optional": True},
        {"name": "location", "kind": "equal", "column": "location", "points": 1000, "optional": True},
        {
            "name": "same-department",
            "kind": "equal",
            "column": "department",
            "points": 500,
            "when": "same_department",
            "optional": True,
        },
    ],
    "wishes": {"columns": ["wishes"], "points": [3000, 2000, 1000], "optional": True},
}
"""Documented in `docs/match-files.md`."""


def default_rulebook() -> Rulebook:
    """The documented default."""
    return rulebook_from(DEFAULT)
