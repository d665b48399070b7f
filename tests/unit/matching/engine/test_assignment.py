"""An assignment that changes step by step is as good as one solved anew, after each step."""

import numpy as np
import pytest

from services.matching.engine.assignment import Assignment
from services.matching.engine.refused import Refused
from services.matching.engine.solve import solve
from tests.unit.matching.engine.instances import Instance, a_random_instance, an_instance


def an_assignment(instance: Instance) -> Assignment:
    return Assignment(instance.n_mentees, instance.capacity, instance.mentee, instance.mentor, instance.score)


def some_step(assignment: Assignment, dice: np.random.Generator, mentors: int) -> None:
    problem = assignment.problem()
    kind = dice.integers(0, 6)
    if kind == 0 or not len(problem.score):
        known = np.flatnonzero(dice.random(mentors) < 0.5)
        assignment.join(known, dice.integers(0, 100, len(known)))
    elif kind == 1:
        assignment.leave(int(dice.integers(0, problem.n_mentees)))
    elif kind == 2:
        assignment.set_capacity(int(dice.integers(0, mentors)), int(dice.integers(0, 5)))
    else:
        at = int(dice.integers(0, len(problem.score)))
        mentee, mentor = int(problem.mentee[at]), int(problem.mentor[at])
        if kind == 3:
            assignment.exclude(mentee, mentor)
        elif kind == 4:
            assignment.change_score(mentee, mentor, int(dice.integers(0, 20_000)))
        elif problem.capacity[mentor] > 0:
            assignment.lock(mentee, mentor)


@pytest.mark.parametrize("seed", range(25))
def test_each_step_leaves_the_best(seed: int) -> None:
    dice = np.random.default_rng(seed)
    instance = a_random_instance(seed + 5000)
    mentors = max(1, len(instance.capacity))
    assignment = an_assignment(instance if len(instance.capacity) else an_instance([1], [{0: 5}]))

    for _ in range(40):
        some_step(assignment, dice, mentors)

        solution, anew = assignment.solution(), solve(assignment.problem())
        assert assignment.certificate().valid
        assert (solution.matched, solution.total_score) == (anew.matched, anew.total_score)


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
