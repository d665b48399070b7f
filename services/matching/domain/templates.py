"""Templates of programmes, as data: what a coordinator does not have to think about."""

from dataclasses import dataclass, field
from typing import Any

from services.matching.contracts.programmes import Gate
from shared.kernel.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Template:
    """`rules` has the form of a rules file; None means the documented default rules."""

    code: str
    names: dict[str, str]
    months: int
    gates: tuple[Gate, ...] = (Gate.TRAINING, Gate.AGREEMENT, Gate.GOAL)
    check_in_days: tuple[int, ...] = (12, 30)
    check_in_every_days: int = 30
    undo_minutes: int = 10
    rules: dict[str, Any] | None = field(default=None)


TEMPLATES = (
    Template(code="career-development", names={"en": "Career development", "de": "Berufliche Entwicklung"}, months=9),
    Template(code="onboarding-buddies", names={"en": "Onboarding buddies", "de": "Einarbeitung mit Paten"}, months=3,
             gates=(Gate.TRAINING,), check_in_days=(10, 24), check_in_every_days=21),
    Template(code="leadership", names={"en": "Leadership", "de": "Führung"}, months=12, check_in_days=(14, 30)),
)


def template(code: str) -> Template:
    """Raises NotFound."""
    found = next((one for one in TEMPLATES if one.code == code), None)
    if found is None:
        raise NotFound(f"no template {code}")
    return found
