"""Solves a problem on edges: auction, exact finish, and whatever the objective asks beside."""

from collections.abc import Sequence

import numpy as np

from services.matching.engine.arrays import Ints, Longs, State
from services.matching.engine.checks import Given, of_length, require_inside, require_not_negative
from services.matching.engine.problem import Problem, problem_of
from services.matching.engine.refused import Refused
from services.matching.engine.run import Run
from services.matching.engine.solution import Solution
from services.matching.engine.watch import UNWATCHED, Progress, Watch, unwatched


def solve_edges(n_mentees: int, capacity: Given, mentee: Given, mentor: Given, score: Given, *,
                objective: str = "participation", seat_worth: int | Sequence[int] | None = None,
                start_prices: Given | None = None, start_mentor_of: Given | None = None,
                mentee_capacity: Given | None = None, deadline: float | None = None,
                progress: Progress | None = None) -> Solution:
    """The best matching on these edges, and the prices that prove it.

    `capacity` (m): seats by mentor. `mentee`, `mentor`, `score`: an entry an edge, in any order; whole numbers, scores
    from 0 to 2^31 - 1. `start_prices` (m) and `start_mentor_of` (n, -1 for none) begin where another run ended.
    `deadline` is a moment on time.monotonic. `progress` gets (phase, part); what it raises ends the run. Raises
    Refused.
    """
    worth = 0 if objective == "score" and seat_worth is None else seat_worth
    problem = problem_of(n_mentees, capacity, mentee, mentor, score, seat_worth=worth,
                         mentee_capacity=mentee_capacity)
    return solve(problem, objective=objective, start_prices=_prices(problem, start_prices),
                 start_mentor_of=_mentors(problem, start_mentor_of), watch=Watch(progress or unwatched, deadline))


def _prices(problem: Problem, given: Given | None) -> Longs | None:
    if given is None:
        return None
    prices = of_length("start_prices", given, problem.n_mentors).astype(np.int64)
    require_not_negative("start_prices", prices)
    return prices


def _mentors(problem: Problem, given: Given | None) -> Ints | None:
    if given is None:
        return None
    mentors = of_length("start_mentor_of", given, problem.n_mentees)
    require_inside("start_mentor_of", mentors, problem.n_mentors, lowest=-1)
    return mentors.astype(np.int32)


def solve(problem: Problem, *, objective: str = "participation", start_prices: Longs | None = None,
          start_mentor_of: Ints | None = None, watch: Watch = UNWATCHED) -> Solution:
    """As `solve_edges`, of a problem that was checked before."""
    if objective not in ("participation", "score"):
        raise Refused(f"no objective is called {objective}")
    run = Run.of(problem, watch, start_prices, start_mentor_of)
    bids = 0 if start_prices is not None else run.start()
    whole = run.finish()
    return solution_of(problem, run.state, objective, whole=whole, stats={"bids": bids})


def solution_of(problem: Problem, state: State, objective: str, *, whole: bool, stats: dict[str, int]) -> Solution:
    """What the arrays say."""
    _price_the_closed(problem, state)
    seated = np.flatnonzero(state.mentor_of >= 0).astype(np.int32)
    mentors = state.mentor_of[seated]
    keys = problem.mentee.astype(np.int64) * max(1, problem.n_mentors) + problem.mentor
    at = np.searchsorted(keys, seated.astype(np.int64) * max(1, problem.n_mentors) + mentors)
    total = int(problem.score[at].sum(dtype=np.int64))
    bound = int((state.utility + problem.worth)[problem.wants > 0].sum() + (problem.capacity * state.price).sum())
    gap = 0 if whole else bound - total - problem.worth * len(seated)
    return Solution(objective, state.mentor_of.copy(), seated, mentors, state.price.copy(), state.utility.copy(),
                    len(seated), total, gap, None, stats)


def _price_the_closed(problem: Problem, state: State) -> None:
    """The least price of a mentor without seats at which nobody would gain."""
    graph = problem.graph
    for mentor in np.flatnonzero(problem.capacity == 0).tolist():
        column = slice(graph.col_start[mentor], graph.col_end[mentor])
        gain = graph.col_score[column] - state.utility[graph.col_mentee[column]]
        state.price[mentor] = max(0, int(gain.max(initial=0)))
