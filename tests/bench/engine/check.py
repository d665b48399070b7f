"""The correctness suite in full: `make bench-engine CHECK=1`."""

import click

from services.matching.engine.solve_pool import solve_pool
from tests.unit.matching.engine.test_solve import test_no_matching_is_worth_more
from tests.unit.matching.pool import truth
from tests.unit.matching.pool.builders import a_pool, with_locks

HUNDREDS = 40


def graphs() -> None:
    """Graphs against SciPy, with their certificates."""
    for hundred in range(HUNDREDS):
        test_no_matching_is_worth_more(hundred)


def pools() -> None:
    """Pools against brute force over all pairs, with their certificates."""
    for seed in range(100 * HUNDREDS):
        pool = a_pool(seed)
        pool = with_locks(pool, seed) if seed % 3 == 0 else pool
        truth.require_best(pool, solve_pool(pool, k=1 + seed % 5, threads=1 + seed % 2, seed=seed))


def main() -> None:
    """Ends at the first disagreement."""
    for name, suite in (("graphs", graphs), ("pools", pools)):
        suite()
        click.echo(f"{100 * HUNDREDS} {name}: no disagreement", err=True)


if __name__ == "__main__":
    main()
