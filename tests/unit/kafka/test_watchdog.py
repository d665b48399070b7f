"""A consumer that polls and gets nothing of what is there is noticed; one that has nothing to do is not."""

from dataclasses import dataclass, field

import pytest

from shared.kafka.watchdog import Watchdog


@dataclass
class Consumer:
    """As much of a consumer as the watchdog asks for; positions and ends by place."""

    at: dict[str, int] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)

    def assignment(self) -> set[str]:
        return set(self.at)

    def position(self, place: str, timeout_ms: int) -> int:
        return self.at[place]

    def end_offsets(self, places: list[str], timeout_ms: int) -> dict[str, int]:
        return {place: self.ends[place] for place in places}


class Rig:
    """A watchdog whose time is told."""

    def __init__(self) -> None:
        self.now = 100.0
        self.consumer, self.paused = Consumer(), set[str]()
        self.dog = Watchdog(self.consumer, self.paused, clock=lambda: self.now)

    def after(self, seconds: int, *, polling: bool = True) -> bool:
        """Whether it is stuck after so many seconds with a poll in each of them."""
        for _ in range(seconds):
            self.now += 1.0
            if polling:
                self.dog.polled()
        return self.dog.stuck()


@pytest.fixture
def rig() -> Rig:
    return Rig()


def test_nothing_assigned_for_long_is_stuck(rig: Rig) -> None:
    assert not rig.after(29)
    assert rig.after(2)


def test_a_position_that_stands_before_the_end_is_stuck(rig: Rig) -> None:
    rig.consumer.at, rig.consumer.ends = {"t:0": 5}, {"t:0": 9}

    assert not rig.after(1)
    assert not rig.after(29)
    assert rig.after(2)


def test_a_position_at_the_end_may_stand(rig: Rig) -> None:
    rig.consumer.at, rig.consumer.ends = {"t:0": 9}, {"t:0": 9}
    rig.after(1)

    assert not rig.after(300)


def test_a_position_that_moves_is_not_stuck(rig: Rig) -> None:
    rig.consumer.at, rig.consumer.ends = {"t:0": 5}, {"t:0": 99}

    for _ in range(10):
        rig.consumer.at["t:0"] += 1
        assert not rig.after(20)


def test_a_paused_partition_may_stand(rig: Rig) -> None:
    rig.consumer.at, rig.consumer.ends = {"t:0": 5}, {"t:0": 9}
    rig.paused.add("t:0")
    rig.after(1)

    assert not rig.after(300)


def test_a_handler_that_takes_long_is_not_stuck(rig: Rig) -> None:
    rig.consumer.at, rig.consumer.ends = {"t:0": 5}, {"t:0": 9}
    rig.after(1)
    rig.after(120, polling=False)
    rig.dog.polled()

    assert not rig.dog.stuck()
