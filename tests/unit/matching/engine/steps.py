"""An assignment, and the changes that come to it from dice."""

import numpy as np

from services.matching.engine.assignment import Assignment
from tests.unit.matching.engine.instances import Instance, a_random_instance, an_instance

KINDS = ("join", "leave", "capacity", "exclude", "score", "lock")


def an_assignment(instance: Instance) -> Assignment:
    return Assignment(instance.n_mentees, instance.capacity, instance.mentee, instance.mentor, instance.score)


def a_random_assignment(seed: int) -> Assignment:
    """With one mentor at least."""
    instance = a_random_instance(seed)
    return an_assignment(instance if len(instance.capacity) else an_instance([1], [{0: 5}]))


def some_step(assignment: Assignment, dice: np.random.Generator) -> str:
    """One change; answers which kind it was."""
    problem = assignment.problem()
    mentors = problem.n_mentors
    kind = KINDS[int(dice.integers(0, len(KINDS)))]
    if kind == "leave" and problem.n_mentees:
        assignment.leave(int(dice.integers(0, problem.n_mentees)))
    elif kind == "capacity":
        assignment.set_capacity(int(dice.integers(0, mentors)), int(dice.integers(0, 5)))
    elif kind == "join" or not len(problem.score):
        known = np.flatnonzero(dice.random(mentors) < 0.5)
        assignment.join(known, dice.integers(0, 100, len(known)))
        return "join"
    else:
        at = int(dice.integers(0, len(problem.score)))
        _change(assignment, dice, kind, int(problem.mentee[at]), int(problem.mentor[at]))
    return kind


def _change(assignment: Assignment, dice: np.random.Generator, kind: str, mentee: int, mentor: int) -> None:
    if kind == "exclude":
        assignment.exclude(mentee, mentor)
    elif kind == "score" or assignment.problem().capacity[mentor] == 0:
        assignment.change_score(mentee, mentor, int(dice.integers(0, 20_000)))
    else:
        assignment.lock(mentee, mentor)
