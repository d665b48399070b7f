"""Compiles what runs need before anybody waits for it: `python -m services.matching.engine.warming`."""

import numpy as np

from services.matching.engine.candidates import table_candidates
from services.matching.engine.crew import Crew
from services.matching.engine.goal import sum_of
from services.matching.engine.hunt import Hunt
from services.matching.engine.problem import problem_of
from services.matching.engine.run import Run
from services.matching.engine.solve import solve_edges
from services.matching.engine.table import Table, preferred
from services.matching.engine.watch import UNWATCHED
from services.matching.engine.windows import stable_scores

_MENTEES = (0, 0, 1, 1, 2, 3, 3)
_MENTORS = (0, 1, 0, 1, 0, 2, 3)
_SCORES = (9, 5, 8, 3, 7, 2, 1)
"""Three mentees share two seats, one may choose: some bid for seats, and some seats are offered."""
_CELLS = np.array([[5, 9], [8, 9]], np.int32)
"""Both like the same mentor best: the other one has to be looked for."""


def warm() -> None:
    """Solves for one mentor a mentee and for several, and bids in phases where seats are short. What is compiled
    is kept beside the source."""
    for wanted in (1, 2):
        solve_edges(4, [1, 1, 1, 1], _MENTEES, _MENTORS, _SCORES, mentee_capacity=[wanted] * 4)
    Run.of(problem_of(4, [1, 1, 1, 0], _MENTEES, _MENTORS, _SCORES), UNWATCHED).start([2, 1])
    _warm_table()


def _warm_table() -> None:
    """Scores that are told for some mentees at a time."""
    table, crew, seats = Table(2, 2, lambda rows: _CELLS[rows]), Crew(1, UNWATCHED), np.array([1, 1])
    found = table_candidates(table, 1, crew)
    Hunt(table, seats.astype(np.int32), found, crew, seats).best(sum_of(found.best), 100)
    stable_scores(table, seats, preferred(_CELLS, 1), UNWATCHED)


if __name__ == "__main__":
    warm()
