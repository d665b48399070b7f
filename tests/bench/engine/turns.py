"""Contenders that take turns, and the medians of what they took."""

import gc
import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple, TypeVar

T = TypeVar("T")
Clock = Callable[[], float]
"""time.process_time where all contenders work in one thread: what else the machine does is nobody's time then."""


TURN = 0.02
"""Seconds."""


class Timed(NamedTuple):
    """Seconds, the median of all rounds, and the last answer."""

    seconds: float
    answer: object


def taken(contenders: list[Callable[[], object]], budget: float = 8.0, most: int = 100, clock: Clock = time.perf_counter
          ) -> list[Timed]:
    """Each in turn, once at least, and again while one turn more fits into the own part of `budget` seconds. What takes
    less than a `TURN` is done so often that it lasts as long: nobody's figure is that of one call after the other's
    data."""
    turns: list[list[tuple[float, object]]] = [[] for _ in contenders]
    gc.collect()
    gc.freeze()  # what is there already is not looked through again before every turn
    try:
        while going := [place for place, own in enumerate(turns) if _again(own, budget / len(turns), most)]:
            for place in going:
                turns[place].append(once(contenders[place], TURN, clock))
    finally:
        gc.unfreeze()
    return [Timed(median(seconds for seconds, _ in own), own[-1][1]) for own in turns]


def _again(own: list[tuple[float, object]], budget: float, most: int) -> bool:
    spent = sum(max(seconds, TURN) for seconds, _ in own)
    return not own or (len(own) < most and spent + spent / len(own) < budget)


def once(work: Callable[[], T], least: float = 0.0, clock: Clock = time.perf_counter) -> tuple[float, T]:
    """Seconds and answer, without the collector of garbage in between; again until `least` seconds are over, and then
    the seconds of one."""
    gc.collect()
    gc.disable()
    try:
        begun, times, spent = clock(), 0, 0.0
        while not times or spent < least:
            answer = work()
            times, spent = times + 1, clock() - begun
        return spent / times, answer
    finally:
        gc.enable()
