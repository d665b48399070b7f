"""Why a pair of a pool, why not another, and whom to look at before a run; every figure can be computed again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from services.matching.engine.pool import Pool
from services.matching.engine.refused import Refused
from services.matching.engine.solution import Solution
from services.matching.engine.solve_pool import solve_pool
from services.matching.engine.terms import pair_scores, removed_by, terms


@dataclass(frozen=True)
class Offer:
    """A mentor to recommend: `score` less `price` is what is left of it for this mentee."""

    mentor: int
    score: int
    price: int


@dataclass(frozen=True)
class WhyNot:
    """`rules` that remove the pair; without any: its `score`, the `price` of a seat there, what the programme loses `at
    least` with the pair (utility + price − score, in units of score and worth), and exactly: `fewer` pairs (below 0:
    more) and `less` score of all together, when this pair is seated and all others as well as can be."""

    rules: tuple[str, ...]
    score: int = 0
    price: int = 0
    at_least: int = 0
    fewer: int = 0
    less: int = 0


def why(pool: Pool, mentee: int, mentor: int) -> Mapping[str, int]:
    """The terms of the score by name, most first; together they are the score. Raises Refused for a removed pair."""
    rules = removed_by(pool, mentee, mentor)
    if rules:
        raise Refused(f"{rules[0]} removes mentee {mentee} and mentor {mentor}")
    points = {name: int(one[0]) for name, one in terms(pool, [mentee], [mentor]).items()}
    return dict(sorted(points.items(), key=lambda one: -one[1]))


def why_not(pool: Pool, solution: Solution, mentee: int, mentor: int, *, k: int = 50, threads: int = 2) -> WhyNot:
    """The counterfactual is solved and proven anew with this pair locked. Raises Refused where the mentee is locked to
    somebody else, or all seats of the mentor are locked."""
    rules = removed_by(pool, mentee, mentor)
    if rules:
        return WhyNot(rules)
    score, price = int(pair_scores(pool, [mentee], [mentor])[0]), int(solution.prices[mentor])
    if pool.locks[mentee] not in (-1, mentor):
        raise Refused(f"mentee {mentee} is locked to mentor {pool.locks[mentee]}")
    locked = pool.locks.copy()
    locked[mentee] = mentor
    other = solve_pool(replace(pool, locked=locked), k=k, objective=solution.objective, threads=threads)
    return WhyNot((), score, price, int(solution.utilities[mentee]) + price - score, solution.matched - other.matched,
                  solution.total_score - other.total_score)


def recommend(pool: Pool, solution: Solution, mentee: int, count: int) -> list[Offer]:
    """The mentors with seats whom this mentee may have, by score less price: whoever is much wanted is shown to few."""
    mentors = np.flatnonzero(pool.capacity > np.bincount(pool.locks[pool.locks >= 0], minlength=pool.n_mentors))
    scores = pair_scores(pool, np.full(len(mentors), mentee), mentors)
    mentors, scores = mentors[scores >= 0], scores[scores >= 0]
    order = np.lexsort((mentors, solution.prices[mentors] - scores))[:count]
    return [Offer(int(mentors[at]), int(scores[at]), int(solution.prices[mentors[at]])) for at in order]
