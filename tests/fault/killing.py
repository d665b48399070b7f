"""When whom to kill: at random, or at each named point."""

import random
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from pathlib import Path

from tests.fault.crew import Crew, Role
from tests.fault.engines import BROKER, STORE, Engines, Server
from tests.fault.named import WEBS, WORKERS, points_of

EVERYBODY: tuple[Role, ...] = (*WEBS, *WORKERS)
REST = {BROKER: 1.0, STORE: 30.0}
"""Seconds that a server stays up at least: the story must go on between two kills."""
PROGRESS = 20.0
"""Seconds that a kill waits for the next accepted command: then it strikes whether the story goes on or not."""
PATIENCE = 300.0
"""Seconds within which each point must be reached by somebody, while others are killed at theirs."""


@dataclass
class AtRandom:
    """Kills one of web and worker again and again, and a server whenever it stood long enough. Where brokers are to be
    killed, each takes its share of the others with it: who kills on while a broker of a busy machine starts leaves no
    time for anything to happen."""

    seed: int
    kills: int
    brokers: int = 0
    done: Counter[str] = field(default_factory=Counter)
    _next: dict[str, tuple[float, int]] = field(default_factory=dict)

    def run(self, crew: Crew, engines: Engines, ledger: Path) -> None:
        chance = random.Random(self.seed)
        for role in EVERYBODY:
            crew.start(role)
        while self.done.total() < self.kills or self.done[BROKER] < self.brokers:
            self._wait(chance, engines, ledger)
            role = chance.choice(EVERYBODY)
            crew.kill(role)
            crew.mend()
            self.done[role[0]] += 1

    def _wait(self, chance: random.Random, engines: Engines, ledger: Path) -> None:
        """For the instant of the next kill, which comes once the ledger has grown, so that it hits a story that goes
        on. Servers are struck meanwhile."""
        instant, seen = time.monotonic() + chance.uniform(*engines.pause), _size(ledger)
        while ((now := time.monotonic()) < instant or self._is_ahead()
               or (_size(ledger) == seen and now < instant + PROGRESS)):
            for name, server in engines.servers.items():
                self._strike(name, server, chance, _size(ledger))
            time.sleep(0.02)  # between two looks

    def _is_ahead(self) -> bool:
        """Whether web and worker were killed as often as belongs to the brokers that were."""
        broker, others = self.done[BROKER], self.done.total() - self.done[BROKER]
        return broker < self.brokers and others * self.brokers >= (broker + 1) * (self.kills - self.brokers)

    def _strike(self, name: str, server: Server, chance: random.Random, size: int) -> None:
        """Not before it has stood for a while, and something was accepted meanwhile."""
        if not server.is_ready():
            self._next.pop(name, None)
            return
        until, before = self._next.setdefault(name, (time.monotonic() + REST[name] * chance.uniform(1, 2), size))
        if time.monotonic() > until and size > before:
            server.kill9()
            server.begin()
            del self._next[name]
            self.done[name] += 1


def _size(ledger: Path) -> int:
    return ledger.stat().st_size if ledger.exists() else 0


@dataclass
class AtPoints:
    """Everybody is killed at one point after the other, each the given number of times."""

    seed: int
    times: int
    done: Counter[str] = field(default_factory=Counter)
    _orders: dict[Role, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    _now: dict[Role, str] = field(default_factory=dict)

    def run(self, crew: Crew, engines: Engines, _ledger: Path) -> None:
        self._plan(random.Random(self.seed), "cluster" if engines.servers else "embedded")
        for role in EVERYBODY:
            self._next(crew, role)
        last = time.monotonic()
        while self._now and time.monotonic() < last + PATIENCE:
            time.sleep(0.01)
            for role in [role for role in EVERYBODY if crew.killed_itself(role)]:
                self.done[self._now[role]] += 1
                self._next(crew, role)
                last = time.monotonic()

    def _plan(self, chance: random.Random, engines: str) -> None:
        orders = [(name, point) for name, point in points_of(engines).items() for _ in range(self.times)]
        chance.shuffle(orders)
        for name, point in orders:
            role = min(point.reached_by, key=lambda role: (len(self._orders[role]), chance.random()))
            self._orders[role].append(f"{name}:{chance.randint(1, point.most)}")

    def _next(self, crew: Crew, role: Role) -> None:
        self._now.pop(role, None)
        order = self._orders[role].popleft() if self._orders[role] else ""
        if order:
            self._now[role] = order.partition(":")[0]
        crew.start(role, order)
