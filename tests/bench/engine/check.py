"""The correctness suite in full: `make bench-engine CHECK=1`. `make test` does it with fewer seeds and SciPy alone."""

import time
from collections.abc import Callable, Mapping
from multiprocessing import get_context
from multiprocessing.connection import Connection

import click
import numpy as np

from services.matching.engine.solve import solve
from services.matching.engine.solve_pool import solve_pool
from tests.bench.engine.oracle import best_by_flow
from tests.unit.matching.engine.families import FAMILIES, of_family
from tests.unit.matching.engine.instances import a_random_instance, a_random_instance_of_several
from tests.unit.matching.engine.oracles import best_value
from tests.unit.matching.engine.stables import require_best_stable, require_two_thirds
from tests.unit.matching.engine.starts import solved_from_any
from tests.unit.matching.engine.steps import a_random_assignment, some_step
from tests.unit.matching.engine.truth import require_best
from tests.unit.matching.engine.variants import VARIANTS, require_as_expected, require_same_bytes
from tests.unit.matching.pool import truth
from tests.unit.matching.pool.builders import a_pool, with_locks
from tests.unit.matching.pool.threads import require_same_for_one_and_two

Suite = Callable[[int], None]
FORK = get_context("fork")
PATIENCE = 600.0
"""Seconds that a seed of a suite may take."""
BOTH = (best_value, best_by_flow)
CAP = 10.0
"""Seconds of this process's own that a problem of a family may take."""


def graphs(seed: int) -> None:
    """Of edges, from starts of all kinds; certificate, SciPy and OR-Tools agree."""
    problem = a_random_instance(seed).problem
    require_best(problem, solved_from_any(seed, problem), BOTH)


def several(seed: int) -> None:
    """The same with up to three mentors a mentee, by certificate and OR-Tools."""
    problem = a_random_instance_of_several(seed).problem
    require_best(problem, solve(problem), (best_by_flow,))


STEPS = 40


def steps(seed: int) -> None:
    """An assignment through 40 joins, leaves, locks and changes; all of it agrees after each."""
    dice, assignment = np.random.default_rng(seed), a_random_assignment(seed)
    for _ in range(STEPS):
        some_step(assignment, dice)
        require_best(assignment.problem(), assignment.solution(), BOTH)


def families(seed: int) -> None:
    """Each family in three sizes, within its time."""
    for name in FAMILIES:
        problem = of_family(name, (25, 120, 600)[seed % 3], seed).problem
        begun = time.process_time()
        solution = solve(problem)
        assert time.process_time() - begun < CAP, name
        require_best(problem, solution, BOTH)


def variants(seed: int) -> None:
    """The same problem told in each of the other ways, and by two threads at once."""
    for name in VARIANTS:
        require_as_expected(name, seed)
    require_same_bytes(range(4 * seed, 4 * seed + 4))


def stables(seed: int) -> None:
    """Against every assignment there is, with and without ties."""
    require_best_stable(seed)
    require_two_thirds(seed, (1, 3, 4000)[seed % 3])


def pools(seed: int) -> None:
    """Against brute force over all pairs, with the certificate for all of them."""
    pool = a_pool(seed)
    pool = with_locks(pool, seed) if seed % 3 == 0 else pool
    truth.require_best(pool, solve_pool(pool, k=1 + seed % 5, threads=1 + seed % 2, seed=seed))


SUITES: Mapping[Suite, int] = {
    graphs: 4000, several: 4000, steps: 16_000 // STEPS, families: 30, variants: 2000, stables: 1000, pools: 4000,
    require_same_for_one_and_two: 400}
"""How many seeds of each: an instance each, but for what a suite says of itself."""


@click.command()
@click.option("--part", default=1.0, show_default=True, help="Of the seeds of every suite: 0.01 for a quick look.")
def main(part: float) -> None:
    """Ends at the first disagreement, and names the suite and the seed."""
    begun = time.monotonic()
    for suite, size in SUITES.items():
        checked(suite, max(1, round(part * size)))
    click.echo(f"no disagreement, {time.monotonic() - begun:.0f} s", err=True)


def checked(suite: Suite, size: int, patience: float = PATIENCE) -> None:
    """In a process of its own: one that hangs, even in machine code, is named and ended."""
    begun, (listen, tell) = time.monotonic(), FORK.Pipe(duplex=False)
    child = FORK.Process(target=tried, args=(suite, size, tell), daemon=True)
    child.start()
    tell.close()
    try:
        for seed in range(size):
            if error := heard(listen, patience):
                raise click.ClickException(f"{suite.__name__}, seed {seed}: {error}")
    finally:
        child.kill()
        child.join()
    click.echo(f"{suite.__name__}: {size} seeds, no disagreement, {time.monotonic() - begun:.0f} s", err=True)


def tried(suite: Suite, size: int, tell: Connection) -> None:
    """Tells of each seed what was wrong, "" for nothing."""
    for seed in range(size):
        try:
            suite(seed)
        except AssertionError as error:
            tell.send(str(error) or "disagrees")
        else:
            tell.send("")


def heard(listen: Connection, patience: float) -> str:
    """What the suite tells of the next seed, or that it tells nothing."""
    if not listen.poll(patience):
        return f"no answer in {patience:.0f} s"
    try:
        return str(listen.recv())
    except EOFError:
        return "ended without an answer"


if __name__ == "__main__":
    main()
