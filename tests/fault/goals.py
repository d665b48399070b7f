"""The goals of kill -9: what is killed, how often, and on which engines."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.fault.engines import BROKER
from tests.fault.killing import AtPoints, AtRandom
from tests.fault.named import points_of

REDUCED, FULL = "reduced", "full"
NONE = {REDUCED: 0, FULL: 0}


@dataclass(frozen=True)
class Goal:
    """`kills` by scale: so many at random, or so many at each named point; `brokers` of those at random."""

    engines: str
    named: bool
    kills: Mapping[str, int]
    brokers: Mapping[str, int] = field(default_factory=lambda: NONE)

    def plan(self, seed: int, scale: str) -> AtRandom | AtPoints:
        if self.named:
            return AtPoints(seed, self.kills[scale])
        return AtRandom(seed, self.kills[scale], self.brokers[scale])

    def target(self, scale: str) -> int:
        """How many kills this scale asks for."""
        return self.kills[scale] * (len(points_of(self.engines)) if self.named else 1)

    def reached(self, scale: str, done: Counter[str]) -> bool:
        """Whether enough was killed, and each point as often as it must be."""
        points = points_of(self.engines) if self.named else ()
        return (done.total() >= self.target(scale) and done[BROKER] >= self.brokers[scale]
                and all(done[point] >= self.kills[scale] for point in points))


GOALS = {
    "R2-cluster": Goal("cluster", True, {REDUCED: 2, FULL: 20}),
    "R2-embedded": Goal("embedded", True, {REDUCED: 4, FULL: 40}),
    "R1-embedded": Goal("embedded", False, {REDUCED: 150, FULL: 1_500}),
    "R1-R3-cluster": Goal("cluster", False, {REDUCED: 50, FULL: 800}, {REDUCED: 20, FULL: 150}),
}
"""The longest last: of two who take them in turn neither has both long ones."""
