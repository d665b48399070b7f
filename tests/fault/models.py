"""The goals of state machines: so many steps beside a model, and no difference."""

import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.fault.goals import FULL, REDUCED
from tests.fault.life import Life
from tests.unit.matching.house import MatchingHouse

MODELS = {"R5": {REDUCED: 20_000, FULL: 1_000_000}}
"""Steps by scale."""

_EXAMPLES, _STEPS = 50, 50


@dataclass(frozen=True)
class Walked:
    """What one line of a run says."""

    goal: str
    seed: int
    scale: str
    commit: str
    steps: int
    seconds: float


def walk(goal: str, first_seed: int, scale: str, commit: str) -> Walked:
    """Walks until there are enough steps. A difference is raised by what shows it, with the way there: looking for the
    shortest would take longer than all steps."""
    begun, steps = time.monotonic(), 0
    sizes: Mapping[str, int] = MODELS[goal]
    nth = first_seed
    while steps < sizes[scale]:
        steps += _walked(nth)
        nth += 1
    return Walked(goal, first_seed, scale, commit, steps, round(time.monotonic() - begun, 1))


def _walked(number: int) -> int:
    """Steps of one batch of examples, on a store of its own."""
    with tempfile.TemporaryDirectory(prefix="model-") as folder:
        house = MatchingHouse(Path(folder))
        machine = type("Walking", (Life,), {"house": house, "steps": 0})
        try:
            run_state_machine_as_test(seed(number)(machine), settings=settings(
                max_examples=_EXAMPLES, stateful_step_count=_STEPS, deadline=None, database=None,
                phases=[Phase.generate], suppress_health_check=list(HealthCheck)))
        finally:
            house.close()
    return int(machine.steps)
