"""A solution of a pool as bytes, and that the number of threads changes none of them."""

from services.matching.engine.solution import Solution
from services.matching.engine.solve_pool import solve_pool
from tests.unit.matching.pool.builders import a_pool


def bytes_of(solution: Solution) -> bytes:
    return b"".join(one.tobytes() for one in (solution.mentor_of, solution.prices, solution.utilities))


def require_same_for_one_and_two(seed: int) -> None:
    """Raises AssertionError where one thread and two come to different bytes."""
    pool = a_pool(seed, 60, 30)
    one, two = (solve_pool(pool, k=4, threads=threads, seed=7) for threads in (1, 2))
    assert bytes_of(one) == bytes_of(two), seed
