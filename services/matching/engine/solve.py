"""Solves a problem on edges: a start, the exact finish, and whatever the objective asks beside."""

import numpy as np

from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.aside import aside
from services.matching.engine.checks import Given, of_length, require_inside, require_not_negative
from services.matching.engine.dealt import Dealt
from services.matching.engine.fairness import FAIR, OBJECTIVES, posed, threshold_of
from services.matching.engine.outcome import Outcome, outcome_of_one, outcome_of_several, unread
from services.matching.engine.problem import Problem, Worth, problem_of
from services.matching.engine.refused import Refused
from services.matching.engine.run import Run
from services.matching.engine.several_run import SeveralRun
from services.matching.engine.solution import Solution
from services.matching.engine.watch import UNWATCHED, Progress, TimeUp, Watch, unwatched


def solve_edges(n_mentees: int, capacity: Given, mentee: Given, mentor: Given, score: Given, *,
                objective: str = "participation", seat_worth: Worth = None,
                start_prices: Given | None = None, start_mentor_of: Given | None = None,
                mentee_capacity: Given | None = None, deadline: float | None = None,
                progress: Progress | None = None, seed: int | None = None) -> Solution:
    """The best matching on these edges, and the prices that prove it.

    `capacity` (m): seats by mentor. `mentee`, `mentor`, `score`: an entry an edge, in any order; whole numbers, scores
    from 0 to 2^31 - 1. `objective`: participation (count, then sum), score (sum alone), maximin, minimax-regret,
    least-squares-regret. `mentee_capacity` (n): mentors a mentee may have, 1 unless given. `start_prices` (m) and
    `start_mentor_of` (n, -1 for none) begin where another run ended, unless mentees may have several. `deadline` is a
    moment on time.monotonic: then the best so far comes back, with the gap that is left. `progress` gets (phase, part)
    several times a second, also while edges are read; what it raises ends the run. `seed`: ties fall by the lot that it
    draws; without, by the numbers of people. Raises Refused.
    """
    watch = Watch(progress or unwatched, deadline)
    try:
        problem = aside(lambda: problem_of(n_mentees, capacity, mentee, mentor, score, mentee_capacity=mentee_capacity,
                                           seat_worth=0 if (objective, seat_worth) == ("score", None) else seat_worth),
                        watch, "reading", 0.0, np.size(score))
    except TimeUp:
        return unread(objective, n_mentees, np.size(capacity), np.size(score), seat_worth)
    return solve(problem, objective=objective, start_prices=_prices(problem, start_prices),
                 start_mentor_of=_mentors(problem, start_mentor_of), watch=watch, seed=seed)


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
          start_mentor_of: Ints | None = None, watch: Watch = UNWATCHED, seed: int | None = None) -> Solution:
    """As `solve_edges`, of a problem that was checked before."""
    if objective not in OBJECTIVES:
        raise Refused(f"no objective is called {objective}; there are {', '.join(OBJECTIVES)}")
    if seed is None:
        return _solved(problem, objective, start_prices, start_mentor_of, watch)
    dealt = aside(lambda: Dealt.of(problem, seed), watch.patient, "reading", 0.5, len(problem.score))
    prices, mentor_of = dealt.prices(start_prices), dealt.mentors(start_mentor_of)
    return dealt.back(_solved(dealt.problem, objective, prices, mentor_of, watch))


def _solved(problem: Problem, objective: str, start_prices: Longs | None, start_mentor_of: Ints | None, watch: Watch
            ) -> Solution:
    threshold, proven = threshold_of(problem, objective, watch) if objective in FAIR else (None, True)
    asked = posed(problem, objective, threshold)
    aside(lambda: asked.graph, watch.patient, "reading", 0.8, len(asked.score))
    if problem.one_each:
        outcome = _solved_one(asked, start_prices, start_mentor_of, watch)
    else:
        outcome = _solved_several(asked, watch)
    return outcome.solution(problem, objective, threshold, proven=proven)


def _solved_one(problem: Problem, prices: Longs | None, mentor_of: Ints | None, watch: Watch) -> Outcome:
    run = Run.of(problem, watch, prices, mentor_of)
    bids = 0 if prices is not None else run.start()
    whole = run.finish()
    return outcome_of_one(problem, run.state, whole=whole, stats={"bids": bids, "looked": int(run.scratch.counts[3])})


def _solved_several(problem: Problem, watch: Watch) -> Outcome:
    run = SeveralRun(problem, watch)
    bids = run.start()
    whole = run.finish()
    stats = {"bids": bids, "looked": int(run.scratch.counts[3])}
    return outcome_of_several(problem, run.state, whole=whole, stats=stats)
