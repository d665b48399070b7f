"""An assignment that changes step by step is as good as one solved anew, after each step."""

import pickle
from collections.abc import Callable

import numpy as np
import pytest

from services.matching.engine.assignment import Assignment
from services.matching.engine.refused import Refused
from tests.unit.matching.engine.instances import an_instance
from tests.unit.matching.engine.steps import a_random_assignment, an_assignment, some_step
from tests.unit.matching.engine.truth import require_best


@pytest.mark.parametrize("seed", range(25))
def test_each_step_leaves_the_best(seed: int) -> None:
    dice, assignment = np.random.default_rng(seed), a_random_assignment(seed + 5000)

    for _ in range(40):
        some_step(assignment, dice)

        require_best(assignment.problem(), assignment.solution())


def test_a_locked_pair_keeps_its_seat() -> None:
    assignment = an_assignment(an_instance([1, 1], [{0: 9, 1: 5}, {0: 8, 1: 1}]))

    assignment.lock(1, 1)
    assignment.leave(0)

    assert assignment.mentor_of.tolist() == [-1, 1]
    assert assignment.total_score == 1


def test_an_impossible_lock_is_refused_with_the_reason() -> None:
    assignment = an_assignment(an_instance([1, 0], [{0: 9, 1: 5}]))

    with pytest.raises(Refused, match="mentor 1 has no seat left to lock for mentee 0"):
        assignment.lock(0, 1)
    with pytest.raises(Refused, match="mentee 0 may not sit with mentor 7"):
        assignment.lock(0, 7)


def test_more_people_than_were_thought_of_begin_it_anew() -> None:
    assignment = an_assignment(an_instance([1], [{0: 5}]))

    assignment.change_score(0, 0, 2_000_000_000)
    assignment.join([0], [2_000_000_001])

    assert assignment.mentor_of.tolist() == [-1, 0]
    assert assignment.certificate().valid


@pytest.mark.parametrize(("change", "said"), [
    (lambda one: one.join([2**32], [5]), r"mentor\[0\] is 4294967296; it must be from 0 to 1"),
    (lambda one: one.join([0, 0], [5, 5]), "one score for each mentor, and each mentor once"),
    (lambda one: one.join([0], [5.5]), "score holds float64"),
    (lambda one: one.join([0], [-1]), r"score\[0\] is -1"),
    (lambda one: one.change_score(0, 0, 5.5), "score holds float64"),
    (lambda one: one.change_score(0, 0, float("nan")), r"score\[0\] is nan"),
    (lambda one: one.change_score(0, 0, 2**31), r"score\[0\] is 2147483648"),
    (lambda one: one.set_capacity(0, -1), "mentor 0 is to have -1 seats"),
    (lambda one: one.set_capacity(0, 1.5), "seats holds float64"),
    (lambda one: one.set_capacity(2, 1), r"mentor\[0\] is 2; it must be from 0 to 1"),
    (lambda one: one.leave(7), r"mentee\[0\] is 7; it must be from 0 to 1"),
    (lambda one: one.exclude(1, 1), "mentee 1 may not sit with mentor 1"),
])
def test_a_change_that_cannot_be_is_refused_and_changes_nothing(
        change: Callable[[Assignment], object], said: str) -> None:
    assignment = an_assignment(an_instance([1, 1], [{0: 9, 1: 5}, {0: 8}]))
    before = assignment.solution()

    with pytest.raises(Refused, match=said):
        change(assignment)

    assert pickle.dumps(assignment.solution()) == pickle.dumps(before)


def test_more_seats_than_there_is_room_for_are_refused_with_the_figure() -> None:
    with pytest.raises(Refused, match="40,000,000 seats together; an assignment takes 20,000,000 at most"):
        Assignment(1, [2**62] * 200, [0], [0], [5])
