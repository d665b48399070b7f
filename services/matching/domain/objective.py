"""What a programme is for: something that can be measured, where it stands, and where it shall be."""

import math
from dataclasses import dataclass

from shared.kernel.errors import Invalid

MOST_OBJECTIVES = 20


class BadObjective(Invalid):
    """It cannot be measured as it is."""

    code = "bad-objective"


@dataclass(frozen=True, kw_only=True)
class Objective:
    """`metric` says in words what is counted and how; `baseline` is its figure before, where that is known. Others name
    it by `code`, which does not change."""

    code: str
    name: str
    metric: str
    target: float
    baseline: float | None = None

    def require_sound(self) -> None:
        """Raises BadObjective."""
        if not all(text.strip() for text in (self.code, self.name, self.metric)):
            raise BadObjective("an objective needs a name and a measure")
        if not all(math.isfinite(figure) for figure in (self.target, self.baseline or 0.0)):
            raise BadObjective("a target and a baseline are figures")
        if self.baseline == self.target:
            raise BadObjective("an objective changes something: its target is not what was there before")


def require_sound(objectives: tuple[Objective, ...]) -> None:
    """Raises BadObjective."""
    for one in objectives:
        one.require_sound()
    if len({one.code for one in objectives}) < len(objectives):
        raise BadObjective("two objectives have the same code")
