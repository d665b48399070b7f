"""Memory of a whole process that makes a programme and solves it, libraries and all: run as a program, in MB."""

import resource
import subprocess
import sys
from collections.abc import Callable

from services.matching.engine.solve_pool import solve_pool
from tests.bench.engine.instances import Shape, pool


def peak(size: int) -> Callable[[int], tuple[float, float]]:
    """(MB at the most, 1 MB); the machine code is in the cache, as it is in production."""
    def measure(seed: int) -> tuple[float, float]:
        solve_pool(pool(Shape.of(200), seed))
        done = subprocess.run([sys.executable, "-m", "tests.bench.engine.memory", str(size), str(seed)],
                              capture_output=True, text=True, check=True)
        return float(done.stdout), 1.0
    return measure


if __name__ == "__main__":
    solution = solve_pool(pool(Shape.of(int(sys.argv[1])), int(sys.argv[2])))
    assert solution.optimal
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
