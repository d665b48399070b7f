"""Compiles all kernels before anything is timed."""

import time

from services.matching.engine import warming
from services.matching.engine.solve_pool import solve_pool
from tests.bench.engine.instances import Shape, pool


def seconds() -> float:
    """How long it takes until a first small programme is solved: compiled, or read from the cache."""
    begun = time.perf_counter()
    warming.warm()
    for seats in (1.05, 0.85):
        solve_pool(pool(Shape.of(300, seats), 1), k=5)
    return time.perf_counter() - begun
