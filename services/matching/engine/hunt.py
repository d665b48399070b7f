"""One optimum over all pairs of a pool: solve on the graph, look for pairs that the prices do not rule out, repeat."""

from dataclasses import dataclass, field, replace

import numpy as np

from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.candidates import Candidates
from services.matching.engine.crew import Crew
from services.matching.engine.edges import merged
from services.matching.engine.goal import Goal
from services.matching.engine.people import People
from services.matching.engine.problem import Problem, problem_of_rows
from services.matching.engine.proof import Proof
from services.matching.engine.refused import Refused
from services.matching.engine.solution import Solution
from services.matching.engine.solve import solve
from services.matching.engine.table import Table


@dataclass
class Hunt:
    """Keeps the graph from goal to goal: what was added for one is there for the next.

    `capacity` int32 (m,). `wants` (n,): mentors a mentee may have, 1 unless given; each has so many pairs at least.
    `counts`: `edges` at first, `rounds` solved, edges `added`, mentees `scanned` after the first pass.
    """

    people: People | Table
    capacity: Ints
    found: Candidates
    crew: Crew
    wants: Longs | None = None
    counts: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.counts = {"edges": len(self.found.edges.mentor), "rounds": 0, "added": 0, "scanned": 0}

    @property
    def most(self) -> int:
        """How many can be matched at most, as far as seats and people go."""
        return min(self.people.rows, int(np.minimum(self.capacity, self.people.rows).sum()))

    @property
    def steps(self) -> int:
        """The most mentors that a mentee may have."""
        return 1 if self.wants is None else int(self.wants.max(initial=1))

    def best(self, goal: Goal, seat_worth: int, start: Solution | None = None, enough: int | None = None) -> Solution:
        """The best for this goal over all allowed pairs. `seat_worth`: of the last mentor that anybody may have; the
        one before is worth twice, the one before that three times as much. Ends early where the graph alone seats
        `enough`. When the deadline comes, the best so far with the `gap` that is left. Raises Refused where too many
        pairs had to be added: the graph is then as before."""
        before = self.found
        try:
            return self._best(goal, seat_worth, start, enough)
        except Refused:
            self.found = before
            raise

    def _best(self, goal: Goal, seat_worth: int, start: Solution | None, enough: int | None) -> Solution:
        proof = Proof.of(self.people, goal, self.found.bound)
        solution = self._solved(goal, seat_worth, start)
        while not (solution.matched == enough or not solution.optimal):
            more = proof.violators(self.found.edges, solution.prices, solution.utilities, self.crew)
            if more is None:
                return _with_gap(solution, proof)
            self._count(len(more.mentor), proof.scanned)
            if not len(more.mentor):
                return solution
            self.found = self.found._replace(edges=merged(self.found.edges, more))
            before, solution = solution, self._solved(goal, seat_worth, solution)
            if not solution.optimal:
                return self._the_better(before, _with_gap(solution, proof), seat_worth)
        return solution if solution.optimal else _with_gap(solution, proof)

    def _solved(self, goal: Goal, seat_worth: int, start: Solution | None) -> Solution:
        problem = self.problem(goal, seat_worth)
        self.counts["rounds"] += 1
        return solve(problem, objective="participation" if seat_worth else "score",
                     start_prices=None if start is None else start.prices,
                     start_mentor_of=None if start is None else start.mentor_of, watch=self.crew.watch)

    def problem(self, goal: Goal, seat_worth: int) -> Problem:
        """The graph as it is now, for this goal."""
        edges = goal.worths(self.found.edges)
        return problem_of_rows(edges.start, self.capacity, edges.mentor, edges.score, seat_worth=seat_worth,
                               mentee_capacity=self.wants)

    def scores(self, mentor_of: Ints) -> Longs:
        """Scores of a matching on the graph, int64 (n,), −1 for who is alone."""
        edges = self.found.edges
        mentee = edges.mentee()
        seated = edges.mentor == mentor_of[mentee]
        score = np.full(self.people.rows, -1, np.int64)
        score[mentee[seated]] = edges.score[seated]
        return score

    def _the_better(self, before: Solution, cut: Solution, seat_worth: int) -> Solution:
        """A run that was cut may have left more people standing than the one before had seated."""
        lost = self._worth(before, seat_worth) - self._worth(cut, seat_worth)
        return replace(before, gap=cut.gap - lost) if lost > 0 else cut

    def _worth(self, found: Solution, seat_worth: int) -> int:
        had = np.bincount(found.seats_mentee)
        return found.total_score + seat_worth * int((had * (2 * self.steps + 1 - had)).sum()) // 2

    def _count(self, added: int, scanned: int) -> None:
        self.counts["added"] += added
        self.counts["scanned"] += scanned


def _with_gap(solution: Solution, proof: Proof) -> Solution:
    """Utilities that hold over all pairs, and how much more than this matching they leave open."""
    utilities: Longs = proof.most_gain(solution.prices, solution.utilities)
    gap = solution.gap + int((utilities - solution.utilities).sum())
    return replace(solution, utilities=utilities, gap=gap)
