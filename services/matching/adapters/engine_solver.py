"""The solver of runs and files: the matching engine on all allowed pairs, each answer proven before it is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.matching.adapters.beside import beside
from services.matching.application.matchmaking import TooManyPeople
from services.matching.domain.matchmaking.problem import Progress, Solved

if TYPE_CHECKING:
    from services.matching.domain.matchmaking.seating import Seating
    from services.matching.engine.problem import Problem

_PHASES = ("reading", "counting", "bidding", "offering", "seating", "filling")
"""Of the engine, in their order; a run may leave some out."""


class Unproven(RuntimeError):
    """The prices do not prove the answer: a fault of the engine, so nobody is given the answer."""


class Stopped(Exception):
    """Nobody waits for the answer any more."""


@dataclass(frozen=True)
class EngineSolver:
    """The engine, numba and numpy are imported by the first run: a process which never solves never loads them."""

    most_mentees: int = 200_000
    most_pairs: int = 20_000_000

    def refuse_if_too_large(self, mentees: int, mentors: int) -> None:
        if mentees > self.most_mentees:
            raise TooManyPeople(f"{mentees} mentees; this solver takes {self.most_mentees} at most")
        if mentees * mentors > self.most_pairs:
            raise TooManyPeople(
                f"{mentees} mentees by {mentors} mentors; this solver takes {self.most_pairs} pairs at most")

    def solve(self, seating: "Seating", progress: Progress) -> Solved:
        """Progress is told, and a cancel heard, also while kernels are compiled."""
        attempt = Attempt(seating)
        try:
            return beside(attempt.proven, lambda: progress(*attempt.how_far))
        finally:
            attempt.stopped = True


@dataclass
class Attempt:
    """Keeps how far the engine is until somebody asks, and ends it where it next looks."""

    seating: "Seating"
    part: float = 0.0
    compiles: Callable[[], bool] = bool
    stopped: bool = False

    @property
    def how_far(self) -> tuple[str, float]:
        return "compiling" if self.compiles() else "solving", self.part

    def proven(self) -> Solved:
        """Raises TooManyPeople, Stopped and Unproven."""
        from services.matching.engine.compiling import VERSION, compiles
        from services.matching.engine.solve import solve
        from services.matching.engine.verify import verify
        from services.matching.engine.watch import Watch

        self.compiles = compiles
        problem = problem_of_seating(self.seating)
        solution = solve(problem, watch=Watch(self._look))
        certificate = verify(problem, solution)
        if not certificate.valid:
            raise Unproven(f"worth {certificate.value} of {certificate.bound}; {', '.join(certificate.broken)}")
        return Solved(solution.pairs, solution.prices.tolist(), solution.utilities.tolist(), VERSION, solution.stats)

    def _look(self, phase: str, part: float) -> None:
        if self.stopped:
            raise Stopped
        self.part = (_PHASES.index(phase) + part) / len(_PHASES)


def problem_of_seating(seating: "Seating") -> "Problem":
    """An edge an allowed pair. By the engine's worths a seat comes before scores, a first mentor before a second."""
    import numpy as np

    from services.matching.engine.problem import problem_of
    from services.matching.engine.refused import Refused

    allowed, (mentees, mentors) = seating.grid.allowed, seating.grid.scores.shape
    mentee = np.repeat(np.arange(mentees), allowed.sum(axis=1))  # with the next line, a fifth of the time of np.nonzero
    mentor = np.broadcast_to(np.arange(mentors), allowed.shape)[allowed]
    try:
        return problem_of(mentees, seating.seats, mentee, mentor, seating.grid.scores[allowed],
                          mentee_capacity=seating.wanted)
    except Refused as error:
        raise TooManyPeople(f"no exact answer: {error}") from error
