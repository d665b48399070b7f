"""The best matching of a pool, proven over all pairs that its rules allow."""

from collections.abc import Callable, Mapping

import numpy as np

from services.matching.engine.aside import aside
from services.matching.engine.candidates import candidates
from services.matching.engine.crew import Crew
from services.matching.engine.goal import least_squares, sum_of
from services.matching.engine.hunt import Hunt
from services.matching.engine.part import Part, free_part
from services.matching.engine.people import people_of
from services.matching.engine.pool import HIGHEST, Pool
from services.matching.engine.pool_checks import require_objective, require_pool, require_room
from services.matching.engine.pool_fairness import by_most_regret, by_worst_score, fairest
from services.matching.engine.solution import Solution
from services.matching.engine.terms import pair_scores
from services.matching.engine.watch import Progress, TimeUp, Watch, unwatched

K = 50


def solve_pool(pool: Pool, *, k: int = K, objective: str = "participation", threads: int = 2,
               deadline: float | None = None, progress: Progress | None = None, seed: int = 0) -> Solution:
    """The matching that no other of all allowed pairs beats, with prices that prove it; ties fall by the lot of `seed`.

    Begins with the `k` best mentors of each mentee; k changes how long it takes, never the worth. `objective`:
    participation, score, maximin, minimax-regret or least-squares-regret. `deadline` is a moment on time.monotonic:
    then the best so far comes back with the `gap` that is left. `progress` gets (phase, part done); what it raises ends
    the run. Utilities of locked mentees are their scores; a mentor without a free seat costs more than anybody has.
    `stats`: rounds, edges at first, edges added, mentees scanned after the first pass. Raises Refused.
    """
    return solve_watched(pool, Watch(progress or unwatched, deadline), k=k, objective=objective, threads=threads,
                         seed=seed)


def solve_watched(pool: Pool, watch: Watch, *, k: int = K, objective: str = "participation", threads: int = 2,
                  seed: int = 0) -> Solution:
    """As `solve_pool`, under a watch of any kind."""
    require_objective(objective, OBJECTIVES)
    require_pool(pool)
    require_room(pool, k, threads)
    part = free_part(pool, seed)
    try:
        people = aside(lambda: people_of(part.pool), watch, "reading", 0.0, _cells(part.pool))
    except TimeUp:
        return _whole(pool, part, _nobody(part), objective, {})
    crew = Crew(threads, watch)
    found = candidates(people, k, crew)
    if found is None:
        return _whole(pool, part, _nobody(part), objective, {})
    hunt = Hunt(people, part.pool.capacity, found, crew)
    return _whole(pool, part, OBJECTIVES[objective](hunt), objective, hunt.counts)


def _cells(pool: Pool) -> int:
    """How much there is to lay out."""
    return pool.n_mentors * sum(len(one.points) for one in pool.attributes) + len(pool.need_rows.item)


def _nobody(part: Part) -> Solution:
    """When the time was up before the scores were known: all that can be said is what no scores can exceed."""
    n, none = part.pool.n_mentees, np.zeros(0, np.int32)
    return Solution("", np.full(n, -1, np.int32), none, none, np.zeros(len(part.columns), np.int64),
                    np.zeros(n, np.int64), 0, 0, n * (n + 1) * HIGHEST**2)


def most_then_sum(hunt: Hunt) -> Solution:
    """As many as possible, then the highest sum of scores."""
    return hunt.best(sum_of(hunt.found.best), _seat_worth(hunt))


def sum_alone(hunt: Hunt) -> Solution:
    """The highest sum of scores, whoever stays alone for it."""
    return hunt.best(sum_of(hunt.found.best), 0)


def best_worst_score(hunt: Hunt) -> Solution:
    """As many as possible, then the lowest score as high as possible, then the sum."""
    return fairest(hunt, by_worst_score(hunt.found.best), most_then_sum(hunt), _seat_worth(hunt))


def least_worst_regret(hunt: Hunt) -> Solution:
    """As many as possible, then the largest regret as small as possible, then the sum."""
    return fairest(hunt, by_most_regret(hunt.found.best), most_then_sum(hunt), _seat_worth(hunt))


def least_regret_squares(hunt: Hunt) -> Solution:
    """As many as possible, then the smallest sum of squared regrets."""
    goal = least_squares(hunt.found.best)
    return hunt.best(goal, hunt.most * goal.widest * goal.widest + 1)


OBJECTIVES: Mapping[str, Callable[[Hunt], Solution]] = {
    "participation": most_then_sum, "score": sum_alone, "maximin": best_worst_score,
    "minimax-regret": least_worst_regret, "least-squares-regret": least_regret_squares}


def _seat_worth(hunt: Hunt) -> int:
    """More than all scores together: the best score of everybody is in the graph from the first."""
    return hunt.most * int(hunt.found.best.max(initial=0)) + 1


def _whole(pool: Pool, part: Part, found: Solution, objective: str, counts: dict[str, int]) -> Solution:
    """By the numbers that people have in the pool, with those whose mentor was locked."""
    mentor_of = pool.locks.astype(np.int32)
    seated = found.mentor_of >= 0
    mentor_of[part.rows[seated]] = part.columns[found.mentor_of[seated]]
    mentee = np.flatnonzero(mentor_of >= 0).astype(np.int32)
    scores = pair_scores(pool, mentee, mentor_of[mentee])
    prices = np.full(pool.n_mentors, 2 * (abs(int(found.utilities.min(initial=0))) + HIGHEST), np.int64)
    prices[part.columns] = found.prices
    utilities = np.zeros(pool.n_mentees, np.int64)
    utilities[mentee] = scores
    utilities[part.rows] = found.utilities
    return Solution(objective, mentor_of, mentee, mentor_of[mentee], prices, utilities, len(mentee), int(scores.sum()),
                    found.gap, found.threshold, counts)
