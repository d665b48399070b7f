"""Problems for tests of the engine, from dice or by hand."""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from services.matching.engine.problem import Problem, problem_of

Array = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Instance:
    """The plain input of a problem, as a caller has it."""

    n_mentees: int
    capacity: Array
    mentee: Array
    mentor: Array
    score: Array
    seat_worth: int | None = None
    wants: Array | None = field(default=None)

    @property
    def problem(self) -> Problem:
        return problem_of(self.n_mentees, self.capacity, self.mentee, self.mentor, self.score,
                          seat_worth=self.seat_worth, mentee_capacity=self.wants)


def an_instance(capacity: list[int], rows: list[dict[int, int]], seat_worth: int | None = None,
                wants: list[int] | None = None) -> Instance:
    """`rows` has {mentor: score} for each mentee."""
    edges = [(mentee, mentor, score) for mentee, row in enumerate(rows) for mentor, score in row.items()]
    mentee, mentor, score = (np.array([edge[part] for edge in edges], np.int64) for part in range(3))
    return Instance(len(rows), np.array(capacity, np.int64), mentee, mentor, score, seat_worth,
                    None if wants is None else np.array(wants, np.int64))


def a_random_instance(seed: int, most_mentees: int = 25, most_mentors: int = 15) -> Instance:
    """Ties and none, sparse to dense, capacities 0 to 3, edges in any order."""
    dice = np.random.default_rng(seed)
    mentees, mentors = int(dice.integers(0, most_mentees + 1)), int(dice.integers(0, most_mentors + 1))
    allowed = np.argwhere(dice.random((mentees, mentors)) < dice.choice([0.1, 0.3, 0.6, 1.0]))
    allowed = dice.permutation(allowed)
    highest = int(dice.choice([0, 1, 3, 50, 10_000]))
    worth = int(dice.integers(-2, highest + 2)) if dice.random() < 0.2 else None
    return Instance(mentees, dice.integers(0, 4, mentors), allowed[:, 0], allowed[:, 1],
                    dice.integers(0, highest + 1, len(allowed)), worth)


def random_prices(seed: int, problem: Problem) -> Array:
    dice = np.random.default_rng(seed + 1_000_000)
    return dice.integers(0, problem.highest + 2, problem.n_mentors)


def a_random_instance_of_several(seed: int) -> Instance:
    """Each mentee may have 0 to 3 mentors."""
    one = a_random_instance(seed, most_mentees=12, most_mentors=9)
    return replace(one, seat_worth=None, wants=np.random.default_rng(seed).integers(0, 4, one.n_mentees))
