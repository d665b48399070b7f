"""Programmes to begin from, as data."""

from dataclasses import dataclass, field
from typing import Any

from services.matching.contracts.programmes import Gate
from services.matching.domain.cadence import Cadence
from services.matching.domain.default_forms import BUDDIES, CAREER
from services.matching.domain.form import Form
from shared.kernel.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Template:
    """`names` by language, `months` from start to end; `rules` has the form of a rules file, None is the default;
    `form` is what people who apply are asked."""

    code: str
    names: dict[str, str]
    months: int
    gates: tuple[Gate, ...] = (Gate.TRAINING, Gate.AGREEMENT, Gate.GOAL)
    cadence: Cadence = field(default_factory=Cadence)
    rules: dict[str, Any] | None = None
    undo_minutes: int = 10
    form: Form = CAREER


_BUDDIES = {
    "rules": [{"kind": "must-share", "name": "common-language", "mentor": "languages", "mentee": "languages"}],
    "terms": [
        {"kind": "equal", "name": "department", "mentor": "department", "mentee": "department", "points": 40},
        {"kind": "equal", "name": "location", "mentor": "location", "mentee": "location", "points": 30},
        {"kind": "overlap", "name": "interests", "mentor": "interests", "mentee": "interests", "points": 30},
    ],
}

TEMPLATES: tuple[Template, ...] = (
    Template(code="career-development", months=9, names={"en": "Career development", "de": "Berufliche Entwicklung"}),
    Template(code="onboarding-buddies", months=3, gates=(Gate.TRAINING,), rules=_BUDDIES, form=BUDDIES,
             names={"en": "Onboarding buddies", "de": "Einarbeitung mit Paten"},
             cadence=Cadence(check_in_days=(5, 14), check_in_answer_days=5, check_in_reminder_days=2)),
    Template(code="leadership", months=12, names={"en": "Leadership", "de": "Führung"}),
)


def template(code: str) -> Template:
    """Raises NotFound."""
    for one in TEMPLATES:
        if one.code == code:
            return one
    raise NotFound(f"no template {code}")
