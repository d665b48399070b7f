"""Solves for each objective, so that a report can show them side by side."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from services.matching.adapters.beside import beside
from services.matching.adapters.engine_solver import EDGES, Stopped, problem_of_seating
from services.matching.domain.matchmaking.comparison import Compared, Way
from services.matching.domain.matchmaking.problem import Progress

if TYPE_CHECKING:
    from services.matching.domain.matchmaking.seating import Seating
    from services.matching.engine.arrays import Ints
    from services.matching.engine.problem import Problem
    from services.matching.engine.watch import Watch

ALONE = ("participation", "score", "maximin", "minimax-regret", "stable")
"""With one mentor a mentee."""

SHARED = ("participation", "score")
"""With several."""


@dataclass(frozen=True)
class EngineComparer:
    """As the solver: the engine is imported by the first comparison. `edges` as the solver has them."""

    edges: int = EDGES

    def compare(self, seating: "Seating", progress: Progress) -> Compared:
        """Progress is told, and a cancel heard, all the time."""
        work = _Work(seating, self.edges)
        try:
            return beside(work.compared, lambda: progress("comparing", work.part))
        finally:
            work.stopped = True


@dataclass
class _Work:
    seating: "Seating"
    edges: int
    part: float = 0.0
    stopped: bool = False

    def compared(self) -> Compared:
        from services.matching.adapters.engine_comparison_lean import compared_lean
        from services.matching.adapters.engine_lean import Lean
        from services.matching.domain.matchmaking.grid import Grid
        from services.matching.engine.watch import Watch

        grid, watch = self.seating.grid, Watch(self._look)
        if isinstance(grid, Grid):
            return self._compared(problem_of_seating(self.seating, grid), watch)
        return compared_lean(Lean(self.seating, grid, watch, self.edges), self._done)

    def _compared(self, problem: "Problem", watch: "Watch") -> Compared:
        from services.matching.engine.solve import solve

        first, *others = ALONE if problem.one_each else SHARED
        best = solve(problem, objective=first, watch=watch)
        ways = [_figures(problem, first, best.seats_mentee, best.seats_mentor, proven=best.optimal)]
        for objective in others:
            self._done(len(ways) / (1 + len(others)))
            ways.append(_way(problem, objective, watch))
        return Compared(tuple(ways), problem.worth, best.prices.tolist())

    def _done(self, part: float) -> None:
        self.part = part

    def _look(self, _phase: str, _part: float) -> None:
        if self.stopped:
            raise Stopped


def _way(problem: "Problem", objective: str, watch: "Watch") -> Way:
    import numpy as np

    from services.matching.engine.solve import solve
    from services.matching.engine.stable import stable

    if objective == "stable":
        mentor_of = stable(problem).mentor_of
        mentee = np.flatnonzero(mentor_of >= 0).astype(np.int32)
        return _figures(problem, objective, mentee, mentor_of[mentee], proven=True)
    asked = replace(problem, worths=np.zeros_like(problem.worths)) if objective == "score" else problem
    found = solve(asked, objective=objective, watch=watch)
    return _figures(problem, objective, found.seats_mentee, found.seats_mentor, proven=found.optimal)


def _figures(problem: "Problem", objective: str, mentee: "Ints", mentor: "Ints", *, proven: bool) -> Way:
    import numpy as np

    from services.matching.engine.blocking import blocking_pairs
    from services.matching.engine.fairness import regret
    from services.matching.engine.outcome import entries_of

    entries = entries_of(problem, mentee, mentor)
    score, lost, mentor_of = problem.score[entries], regret(problem)[entries], np.full(problem.n_mentees, -1)
    mentor_of[mentee] = mentor
    return Way(objective, len(np.unique(mentee)), len(entries), int(score.sum(dtype=np.int64)),
               int(score.min()) if len(score) else 0, int(lost.max(initial=0)),
               len(blocking_pairs(problem, mentor_of)) if problem.one_each else None, proven)
