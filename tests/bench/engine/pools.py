"""Whole pools: certified over all pairs, against numpy and SciPy, and in units of one pass over all pairs."""

from collections.abc import Callable

from services.matching.engine.candidates import candidates
from services.matching.engine.crew import Crew
from services.matching.engine.part import free_part
from services.matching.engine.people import people_of
from services.matching.engine.pool import Pool
from services.matching.engine.solution import Solution
from services.matching.engine.solve_pool import K, solve_pool
from services.matching.engine.watch import Watch
from tests.bench.engine import certify, scipys
from tests.bench.engine.flow import Answer
from tests.bench.engine.instances import Shape, pool
from tests.bench.engine.turns import once, taken

THREADS = 2


def certified(size: int) -> Callable[[int], tuple[float, float]]:
    """From people to a matching proven over all pairs."""
    def measure(seed: int) -> tuple[float, float]:
        people = pool(Shape.of(size), seed)
        ours, theirs = taken([lambda: solve_pool(people, threads=THREADS), lambda: scipys.dense(people)])
        assert isinstance(ours.answer, Solution)
        assert Answer(ours.answer.matched, ours.answer.total_score) == theirs.answer
        certify.require_proven(people, ours.answer)
        return 1 / ours.seconds, 1 / theirs.seconds
    return measure


def in_passes(size: int) -> Callable[[int], tuple[float, float]]:
    """Seconds of a certified run, and of scoring all pairs once for the best 50 of each mentee."""
    def measure(seed: int) -> tuple[float, float]:
        people = pool(Shape.of(size), seed)
        whole, scoring = taken([lambda: solve_pool(people, threads=THREADS), lambda: scored(people)], budget=30.0)
        assert isinstance(whole.answer, Solution)
        certify.require_proven(people, whole.answer)
        return whole.seconds, scoring.seconds
    return measure


def scored(people: Pool) -> None:
    """One scoring pass over all pairs."""
    rows = people_of(free_part(people, 0).pool)
    assert candidates(rows, K, Crew(THREADS, Watch())) is not None


def growth(small: int, large: int) -> Callable[[int], tuple[float, float]]:
    """Seconds of a certified run on the large programme, and on the small one."""
    def measure(seed: int) -> tuple[float, float]:
        few, many = pool(Shape.of(small), seed), pool(Shape.of(large), seed)
        _, quick = taken([lambda: solve_pool(few, threads=THREADS)] * 2)
        seconds, _ = once(lambda: solve_pool(many, threads=THREADS))
        return seconds, quick.seconds
    return measure
