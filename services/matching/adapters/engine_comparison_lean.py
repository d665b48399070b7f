"""The comparison of objectives where there is no table of scores."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from services.matching.adapters.engine_lean import Blocking, Lean
from services.matching.domain.matchmaking.comparison import Compared, Way
from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.outcome import entries_of
from services.matching.engine.pool_fairness import by_most_regret, by_worst_score, fairest
from services.matching.engine.refused import Refused
from services.matching.engine.solution import Solution
from services.matching.engine.windows import stable_scores


@dataclass(frozen=True, eq=False)
class Seen:
    """Who sits where by an objective: pairs with their scores; `proven`: no limit cut it."""

    objective: str
    mentee: Ints
    mentor: Ints
    score: Longs
    proven: bool


def compared_lean(lean: Lean, done: Callable[[float], None]) -> Compared:
    """With one mentor a mentee all objectives, with several the first two; those are left out for which too many pairs
    had to be added. `done` is told the part that is. Raises TooManyPeople."""
    best = lean.most_then_sum()
    seen, left_out = [_seen(lean, "participation", best)], list[str]()
    for place, (objective, found) in enumerate(ways := WAYS[:None if lean.one_each else 1]):
        done((place + 1) / (len(ways) + 2))
        try:
            seen.append(found(lean, best))
        except Refused:
            left_out.append(objective)
    charges, blocking = lean.charges(best), [_blocking(lean, one) for one in seen] if lean.one_each else []
    lean.look(charges, *blocking)
    counts = [one.pairs for one in blocking]
    shown = tuple(_way(lean, one, count) for one, count in zip_longest(seen, counts))
    return Compared(shown, lean.person, charges.prices.tolist(), tuple(left_out))


def _score(lean: Lean, _best: Solution) -> Seen:
    return _seen(lean, "score", lean.hunt.best(lean.goal, 0))


def _maximin(lean: Lean, best: Solution) -> Seen:
    return _seen(lean, "maximin", fairest(lean.hunt, by_worst_score(lean.goal.best), best, lean.seat_worth))


def _minimax_regret(lean: Lean, best: Solution) -> Seen:
    return _seen(lean, "minimax-regret", fairest(lean.hunt, by_most_regret(lean.goal.best), best, lean.seat_worth))


def _stable(lean: Lean, _best: Solution) -> Seen:
    mentor_of, score = stable_scores(lean.table, lean.seats, lean.windows(), lean.watch)
    mentee = np.flatnonzero(mentor_of >= 0).astype(np.int32)
    return Seen("stable", mentee, mentor_of[mentee], score[mentee], proven=True)


WAYS = (("score", _score), ("maximin", _maximin), ("minimax-regret", _minimax_regret), ("stable", _stable))
"""Beside participation; with several mentors a mentee the first."""


def _seen(lean: Lean, objective: str, found: Solution) -> Seen:
    problem = lean.hunt.problem(lean.goal, 0)
    score = problem.score[entries_of(problem, found.seats_mentee, found.seats_mentor)].astype(np.int64)
    return Seen(objective, found.seats_mentee, found.seats_mentor, score, found.optimal)


def _blocking(lean: Lean, seen: Seen) -> Blocking:
    mentor_of, score = np.full(len(lean.wants), -1, np.int32), np.full(len(lean.wants), -1, np.int64)
    mentor_of[seen.mentee], score[seen.mentee] = seen.mentor, seen.score
    return Blocking(lean, mentor_of, score)


def _way(lean: Lean, seen: Seen, blocking: int | None) -> Way:
    lost = lean.goal.best[seen.mentee] - seen.score
    return Way(seen.objective, len(np.unique(seen.mentee)), len(seen.score), int(seen.score.sum()),
               int(seen.score.min()) if len(seen.score) else 0, int(lost.max(initial=0)), blocking, seen.proven)
