"""Contenders take turns while the time lasts, each its own."""

from collections.abc import Callable

from tests.bench.engine.turns import taken


def test_who_is_slow_has_one_turn_and_who_is_quick_has_more() -> None:
    now, turns = [0.0], {"quick": 0, "slow": 0}

    quick, slow = taken([works(now, turns, "quick", 1.0), works(now, turns, "slow", 60.0)], budget=8.0,
                        clock=lambda: now[0])

    assert turns == {"quick": 3, "slow": 1}
    assert (quick.seconds, slow.seconds) == (1.0, 60.0)


def works(now: list[float], turns: dict[str, int], name: str, seconds: float) -> Callable[[], object]:
    def work() -> str:
        now[0] += seconds
        turns[name] += 1
        return name
    return work
