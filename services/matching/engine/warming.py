"""Compiles what runs need before anybody waits for it: `python -m services.matching.engine.warming`."""

from services.matching.engine.problem import problem_of
from services.matching.engine.run import Run
from services.matching.engine.solve import solve_edges
from services.matching.engine.watch import UNWATCHED

_MENTEES = (0, 0, 1, 1, 2, 3, 3)
_MENTORS = (0, 1, 0, 1, 0, 2, 3)
_SCORES = (9, 5, 8, 3, 7, 2, 1)
"""Three mentees share two seats, one may choose: some bid for seats, and some seats are offered."""


def warm() -> None:
    """Solves for one mentor a mentee and for several, and bids in phases where seats are short. What is compiled
    is kept beside the source."""
    for wanted in (1, 2):
        solve_edges(4, [1, 1, 1, 1], _MENTEES, _MENTORS, _SCORES, mentee_capacity=[wanted] * 4)
    Run.of(problem_of(4, [1, 1, 1, 0], _MENTEES, _MENTORS, _SCORES), UNWATCHED).start([2, 1])


if __name__ == "__main__":
    warm()
