"""Contenders that take turns, and the medians of what they took."""

import gc
import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Timed(NamedTuple):
    """Seconds, the median of all rounds, and the last answer."""

    seconds: float
    answer: object


def taken(contenders: list[Callable[[], object]], budget: float = 8.0, most: int = 25) -> list[Timed]:
    """Each in turn, once at least; again while a whole round more fits into `budget` seconds."""
    rounds: list[list[tuple[float, object]]] = []
    spent = 0.0
    while not rounds or (len(rounds) < most and spent + spent / len(rounds) < budget):
        rounds.append([once(one) for one in contenders])
        spent = sum(seconds for one in rounds for seconds, _ in one)
    return [Timed(median(one[place][0] for one in rounds), rounds[-1][place][1]) for place in range(len(contenders))]


def once(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds and answer, without the collector of garbage in between."""
    gc.collect()
    gc.disable()
    try:
        begun = time.perf_counter()
        answer = work()
        return time.perf_counter() - begun, answer
    finally:
        gc.enable()
