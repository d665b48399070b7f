"""The solver of runs and files: the matching engine on all allowed pairs, each answer proven before it is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.matching.adapters.beside import beside
from services.matching.application.matchmaking import OneMentorOnly, TooManyPeople
from services.matching.domain.matchmaking.aim import Aim
from services.matching.domain.matchmaking.problem import Progress, Solved

if TYPE_CHECKING:
    from services.matching.domain.matchmaking.grid import Grid, LeanGrid
    from services.matching.domain.matchmaking.seating import Seating
    from services.matching.engine.arrays import Longs
    from services.matching.engine.problem import Problem
    from services.matching.engine.solution import Solution
    from services.matching.engine.watch import Watch

_PHASES = ("scoring", "reading", "fairness", "counting", "bidding", "offering", "seating", "filling", "proving")
"""Of the engine, in their order; a run may leave some out."""

EDGES = 2_000_000
"""With so many pairs a solving begins that has no table of scores."""


class Unproven(RuntimeError):
    """The prices do not prove the answer: a fault of the engine, so nobody is given the answer."""


class Stopped(Exception):
    """Nobody waits for the answer any more."""


@dataclass(frozen=True)
class EngineSolver:
    """The engine, numba and numpy are imported by the first run: a process which never solves never loads them.

    `edges`: where there is no table of scores, with how many pairs to begin; the worth of an answer is the same."""

    most_mentees: int = 200_000
    most_pairs: int = 200_000_000
    edges: int = EDGES

    def refuse_if_too_large(self, mentees: int, mentors: int) -> None:
        if mentees > self.most_mentees:
            raise TooManyPeople(f"{mentees} mentees; this solver takes {self.most_mentees} at most")
        if mentees * mentors > self.most_pairs:
            raise TooManyPeople(
                f"{mentees} mentees by {mentors} mentors; this solver takes {self.most_pairs} pairs at most")

    def solve(self, seating: "Seating", progress: Progress) -> Solved:
        """Progress is told, and a cancel heard, also while kernels are compiled."""
        attempt = Attempt(seating, self.edges)
        try:
            return beside(attempt.proven, lambda: progress(*attempt.how_far))
        finally:
            attempt.stopped = True


@dataclass
class Attempt:
    """Keeps how far the engine is until somebody asks, and ends it where it next looks."""

    seating: "Seating"
    edges: int = EDGES
    part: float = 0.0
    compiles: Callable[[], bool] = bool
    stopped: bool = False

    @property
    def how_far(self) -> tuple[str, float]:
        return "compiling" if self.compiles() else "solving", self.part

    def proven(self) -> Solved:
        """Raises TooManyPeople, OneMentorOnly, Stopped and Unproven."""
        from services.matching.domain.matchmaking.grid import Grid
        from services.matching.engine.compiling import compiles
        from services.matching.engine.watch import Watch

        self.compiles = compiles
        grid, watch = self.seating.grid, Watch(self._look)
        if isinstance(grid, Grid):
            return proven(problem_of_seating(self.seating, grid), watch, self.seating.aim)
        return proven_lean(self.seating, grid, watch, self.edges)

    def _look(self, phase: str, part: float) -> None:
        if self.stopped:
            raise Stopped
        self.part = max(self.part, (_PHASES.index(phase) + part) / len(_PHASES))


def proven(problem: "Problem", watch: "Watch", aim: Aim = Aim.PARTICIPATION) -> Solved:
    """Of all allowed pairs at once. Raises Unproven, OneMentorOnly, TooManyPeople."""
    from services.matching.engine.refused import Refused
    from services.matching.engine.solve import solve

    require_one_mentor(aim, one_each=problem.one_each)
    try:
        solution = solve(problem, objective=aim, watch=watch)
    except Refused as error:
        raise TooManyPeople(f"no exact answer: {error}") from error
    require_proof(problem, solution)
    return _solved(solution, solution.prices, solution.utilities, {**solution.stats, "rounds": 1})


def require_one_mentor(aim: Aim, *, one_each: bool) -> None:
    """Raises OneMentorOnly."""
    if aim.is_fair and not one_each:
        raise OneMentorOnly(f"{aim} is for one mentor a mentee, and some want several")


def proven_lean(seating: "Seating", grid: "LeanGrid", watch: "Watch", edges: int) -> Solved:
    """Of the best pairs of each mentee, and of whatever else the prices do not rule out. Raises TooManyPeople,
    OneMentorOnly and Unproven."""
    from services.matching.adapters.engine_aims import aimed
    from services.matching.adapters.engine_lean import Lean

    lean = Lean(seating, grid, watch, edges)
    require_one_mentor(seating.aim, one_each=int(lean.wants.max(initial=0)) <= 1)
    found = aimed(lean, seating.aim)
    solution, charges = found.solution, lean.charges(found.solution)
    require_proof(lean.hunt.problem(found.goal, found.seat_worth), solution)
    lean.look(found.looker(charges))
    if charges.broken:
        raise Unproven(f"{charges.broken} people or pairs are charged wrongly")
    return _solved(solution, charges.prices, charges.utilities, {**solution.stats, **lean.hunt.counts})


def require_proof(problem: "Problem", solution: "Solution") -> None:
    """Raises Unproven."""
    from services.matching.engine.verify import verify

    certificate = verify(problem, solution)
    if not certificate.valid:
        raise Unproven(f"worth {certificate.value} of {certificate.bound}; {', '.join(certificate.broken)}")


def _solved(solution: "Solution", prices: "Longs", utilities: "Longs", counts: dict[str, int]) -> Solved:
    from services.matching.engine.compiling import VERSION

    if solution.threshold is not None:
        counts = {**counts, "threshold": solution.threshold}
    return Solved(solution.pairs, prices.tolist(), utilities.tolist(), VERSION, counts)


def problem_of_seating(seating: "Seating", grid: "Grid") -> "Problem":
    """An edge an allowed pair; where single mentees are looked at, none of who wants nobody any more. By the engine's
    worths a seat comes before scores, a first mentor before a second."""
    import numpy as np

    from services.matching.engine.problem import problem_of
    from services.matching.engine.refused import Refused

    allowed, (mentees, mentors) = grid.allowed, grid.scores.shape
    if seating.aim.is_fair:
        allowed &= np.array(seating.wanted, dtype=np.int64).reshape(-1, 1) > 0
    mentee = np.repeat(np.arange(mentees), allowed.sum(axis=1))  # with the next line, a fifth of the time of np.nonzero
    mentor = np.broadcast_to(np.arange(mentors), allowed.shape)[allowed]
    try:
        return problem_of(mentees, seating.seats, mentee, mentor, grid.scores[allowed],
                          mentee_capacity=seating.wanted)
    except Refused as error:
        raise TooManyPeople(f"no exact answer: {error}") from error
