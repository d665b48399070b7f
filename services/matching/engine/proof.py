"""The proof over all allowed pairs: passes over those that the prices might not rule out, until none is left."""

from dataclasses import dataclass

import numpy as np

from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.crew import Crew
from services.matching.engine.edges import Edges, packed
from services.matching.engine.goal import Goal
from services.matching.engine.people import People
from services.matching.engine.pricing import nothing_found, price_rows
from services.matching.engine.table import Table


@dataclass
class Proof:
    """What is known of the pairs outside the graph.

    `reach` (n,): none of them gives its mentee more after the prices of the last pass. Where prices fell since, none
    gives more than that and the deepest fall; and never more than its worth, `bound`. A mentee whose utility is as much
    is proven without looking. `scanned`: how many the last pass looked at.
    """

    people: People | Table
    goal: Goal
    bound: Longs
    reach: Longs
    price: Longs
    scanned: int = 0

    @classmethod
    def of(cls, people: People | Table, goal: Goal, bound: Longs) -> "Proof":
        """Nothing is known but the highest score (n,) outside the graph."""
        worth = goal.bound(bound)
        return cls(people, goal, worth, worth.copy(), np.zeros(people.columns, np.int64))

    def unproven(self, price: Longs, utility: Longs) -> Ints:
        """Mentees to look at for these duals, in the order of their turns."""
        fall = int((self.price - price).max(initial=0))
        self.reach, self.price = np.minimum(self.reach + fall, self.bound), price
        turn = self.people.turn
        return turn[(self.reach > utility)[turn]]

    def violators(self, edges: Edges, price: Longs, utility: Longs, crew: Crew) -> Edges | None:
        """Edges to add; none when the certificate holds for all pairs; None when the deadline came first."""
        rows = self.unproven(price, utility)
        found = nothing_found(len(rows))
        if not crew.each("proving", len(rows), self.people.columns, lambda first, last: price_rows(
                self.people, self.goal, rows, first, last, edges.start, edges.mentor, price, utility, found)):
            return None
        self.reach[rows] = np.minimum(found.reach, self.bound[rows])
        self.scanned = len(rows)
        return packed(rows, found.size, found.mentor, found.score, self.people.rows)

    def most_gain(self, price: Longs, utility: Longs) -> Longs:
        """Utilities (n,) that hold over all pairs whatever is still unproven: never too low, at times too high."""
        fall = int((self.price - price).max(initial=0))
        return np.maximum(utility, np.minimum(self.reach + fall, self.bound))
