"""Programmes to begin from, as data."""

from dataclasses import dataclass, field
from typing import Any

from services.matching.contracts.programmes import Format, Gate, RoleNames
from services.matching.domain import checklist, default_profiles, role_names
from services.matching.domain.cadence import Cadence
from services.matching.domain.checklist import Item
from services.matching.domain.default_forms import BUDDIES, CAREER, PEERS
from services.matching.domain.form import Form
from services.matching.domain.matchmaking.default_rules import GRADES
from services.matching.domain.profile import Profile
from services.matching.domain.programme_rules import HOW_ONE_IS
from shared.kernel.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Template:
    """`names` and `purposes` by language, `months` from start to end; `rules` has the form of a rules file, None is the
    default; `form` is what people who apply are asked, `profile` what is looked for in mentors, `role_names` what
    the two are called: rules, forms and profiles go by role codes, whatever the names; `checklist` is what is to be
    done in each phase. The purpose is one to begin with, until the coordinator has better words.

    A flash pair is asked once: on the day after its meeting, or on the first of `check_in_days` where the two name no
    day. It closes when both answered, or `close_days` later: on day 28, or after the day that they name."""

    code: str
    names: dict[str, str]
    purposes: dict[str, str]
    months: int
    gates: tuple[Gate, ...] = (Gate.TRAINING, Gate.AGREEMENT, Gate.GOAL)
    cadence: Cadence = field(default_factory=Cadence)
    rules: dict[str, Any] | None = None
    requests_allowed: bool = False
    form: Form = CAREER
    profile: Profile = default_profiles.CAREER
    role_names: RoleNames = role_names.USUAL
    format: Format = Format.PAIRS
    checklist: tuple[Item, ...] = checklist.USUAL


_LANGUAGE = {"kind": "must-share", "name": "common-language", "mentor": "languages", "mentee": "languages"}
_GRADES = {"grades": GRADES}
_SKILLS = {"kind": "overlap", "name": "skills", "mentor": "skills", "mentee": "goals"}
_INTERESTS = {"kind": "overlap", "name": "interests", "mentor": "interests", "mentee": "interests"}
_PLACE = {"kind": "equal", "name": "location", "mentor": "location", "mentee": "location"}
_DEPARTMENT = {"kind": "equal", "name": "department", "mentor": "department", "mentee": "department"}
_GRADE = {"name": "seniority", "mentor": "grade", "mentee": "grade", "scale": "grades"}

_BUDDIES = {
    "rules": [_LANGUAGE],
    "terms": [{**_DEPARTMENT, "points": 30}, {**_PLACE, "points": 25}, {**_INTERESTS, "points": 25}, *HOW_ONE_IS],
}
_REVERSE = {
    "scales": _GRADES,
    "rules": [_LANGUAGE, {"kind": "must-be-above", **_GRADE, "name": "mentor-is-junior", "by": -5, "at_most": -1}],
    "terms": [{**_SKILLS, "points": 70}, {"kind": "above", **_GRADE, "points": 20, "by": -5, "at_most": -2},
              {**_INTERESTS, "points": 10}],
}
"""The mentor is the junior of the two: the scale is turned round."""

_PEERS = {
    "scales": _GRADES,
    "rules": [_LANGUAGE],
    "terms": [{**_SKILLS, "points": 45}, {"kind": "near", **_GRADE, "points": 20, "span": 2},
              {**_INTERESTS, "points": 15}, *HOW_ONE_IS],
}
_LEADERS = {
    "scales": _GRADES,
    "rules": [_LANGUAGE, {"kind": "must-differ", "name": "another-department", "mentor": "department",
                          "mentee": "department"}],
    "terms": [{**_SKILLS, "points": 50}, {"kind": "above", **_GRADE, "points": 40}, {**_INTERESTS, "points": 10}],
    "wishes": {"columns": ["wishes"], "points": [30, 20, 10]},
}
_FLASH = {"rules": [_LANGUAGE], "terms": [{**_SKILLS, "points": 100}]}

TEMPLATES: tuple[Template, ...] = (
    Template(code="career-development", months=9, names={"en": "Career development", "de": "Berufliche Entwicklung"},
             purposes={"en": "People grow into their next role inside the organisation, and stay.",
                       "de": "Menschen wachsen in der Organisation in ihre nächste Rolle hinein und bleiben."}),
    Template(code="onboarding-buddies", months=3, gates=(Gate.TRAINING,), rules=_BUDDIES, form=BUDDIES,
             profile=default_profiles.BUDDIES, role_names=role_names.BUDDIES, checklist=checklist.BUDDIES,
             names={"en": "Onboarding buddies", "de": "Einarbeitung mit Paten"},
             purposes={"en": "Whoever is new knows people, places and ways of working after three months.",
                       "de": "Wer neu ist, kennt nach drei Monaten Menschen, Orte und Arbeitsweisen."},
             cadence=Cadence(check_in_days=(5, 14), check_in_answer_days=5, check_in_reminder_days=2)),
    Template(code="leadership", months=12, rules=_LEADERS, names={"en": "Leadership", "de": "Führung"},
             purposes={"en": "People who will lead are ready before they are needed.",
                       "de": "Wer führen wird, ist bereit, bevor es nötig ist."}),
    Template(code="reverse", months=6, rules=_REVERSE, role_names=role_names.REVERSED,
             names={"en": "Reverse mentoring", "de": "Umgekehrtes Mentoring"},
             purposes={"en": "People who decide learn from those who have just begun.",
                       "de": "Wer entscheidet, lernt von denen, die gerade angefangen haben."}),
    Template(code="flash", months=2, gates=(), rules=_FLASH, requests_allowed=True,
             role_names=role_names.FLASH, format=Format.FLASH, checklist=checklist.FLASH,
             names={"en": "Flash mentoring", "de": "Blitz-Mentoring"},
             purposes={"en": "One question finds somebody who knows, within days.",
                       "de": "Eine Frage findet in wenigen Tagen jemanden, der sich auskennt."},
             cadence=Cadence(check_in_days=(14,), check_in_every_days=60, close_days=14)),
    Template(code="peer", months=6, gates=(Gate.AGREEMENT, Gate.GOAL), rules=_PEERS, form=PEERS,
             profile=default_profiles.PEERS, role_names=role_names.PEERS,
             names={"en": "Peer mentoring", "de": "Mentoring unter Gleichen"},
             purposes={"en": "Colleagues of one level learn from each other across teams.",
                       "de": "Menschen einer Stufe lernen über Teams hinweg voneinander."}),
)


def template(code: str) -> Template:
    """Raises NotFound."""
    for one in TEMPLATES:
        if one.code == code:
            return one
    raise NotFound(f"no template {code}")
