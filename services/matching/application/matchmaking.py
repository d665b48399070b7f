"""Matches people: judge everybody with everybody, solve, tell why. Loads numpy when it first runs, not before."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from services.matching.domain.matchmaking.aim import Aim
from services.matching.domain.matchmaking.comparison import Compared, Comparison, Outlook
from services.matching.domain.matchmaking.problem import Problem, Progress, Proposals, Solved, unwatched
from shared.kernel.errors import Invalid

if TYPE_CHECKING:
    from services.matching.domain.matchmaking.foreseeing import Foreseeing
    from services.matching.domain.matchmaking.seating import Seating


class TooManyPeople(Invalid):
    """More than the solver has room for. Nothing was allocated."""

    code = "matching-too-large"


class OneMentorOnly(Invalid):
    """An objective about how single mentees fare, where some may have several mentors."""

    code = "objective-for-one-mentor"


class Solver(Protocol):
    """Finds who sits with whom. Exact: no other seating is better by the aim of the `Seating`."""

    def refuse_if_too_large(self, mentees: int, mentors: int) -> None:
        """Raises TooManyPeople, before anybody is judged."""

    def solve(self, seating: "Seating", progress: Progress) -> Solved:
        """By places in the arrays. The same seating gives the same answer. Raises TooManyPeople, OneMentorOnly.

        Progress is told at least every second, from the thread of the caller; what it raises ends the solving."""


class Comparer(Protocol):
    """Says what other objectives would bring."""

    def compare(self, seating: "Seating", progress: Progress) -> Compared:
        """Progress is told from the thread of the caller; what it raises ends the comparing."""


@dataclass(frozen=True)
class Matchmaker:
    """Answers proposals; nothing is stored or said to anybody. Scores of more than `most_kept` pairs are worked out
    again whenever they are looked at. Each pair comes with up to `others` mentors for the mentee to have instead."""

    solver: Solver
    most_kept: int = 20_000_000
    others: int = 0

    def propose(self, problem: Problem, progress: Progress = unwatched) -> Proposals:
        """Raises TooManyPeople. The same problem gives the same proposals."""
        from services.matching.domain.matchmaking.proposing import shuffled  # web processes hold no arrays

        self.solver.refuse_if_too_large(len(problem.mentees), len(problem.mentors))
        by_lot = shuffled(problem)
        return self._seated(problem, by_lot, progress)[0]

    def propose_and_compare(self, problem: Problem, comparer: Comparer, progress: Progress = unwatched
                            ) -> tuple[Proposals, Comparison]:
        """Also what other objectives would bring."""
        from services.matching.domain.matchmaking.proposing import shuffled

        self.solver.refuse_if_too_large(len(problem.mentees), len(problem.mentors))
        by_lot = shuffled(problem)
        proposals, seating = self._seated(problem, by_lot, progress)
        compared = comparer.compare(seating, progress)
        return proposals, compared.of([person.id for person in by_lot.mentors])

    def outlooks(self, problem: Problem, progress: Progress = unwatched) -> tuple[Outlook, ...]:
        """What each objective would bring, whatever the problem aims at. Raises TooManyPeople."""
        from services.matching.domain.matchmaking.foreseeing import Foreseeing
        from services.matching.domain.matchmaking.proposing import shuffled
        from services.matching.domain.matchmaking.seating import seating_of

        self.solver.refuse_if_too_large(len(problem.mentees), len(problem.mentors))
        by_lot = shuffled(problem)
        foreseeing = Foreseeing(by_lot, seating_of(by_lot, progress, self.most_kept))
        return tuple(self._outlook(foreseeing, aim, _part_of(progress, place, len(Aim)))
                     for place, aim in enumerate(Aim))

    def _outlook(self, foreseeing: "Foreseeing", aim: Aim, progress: Progress) -> Outlook:
        try:
            solved = self.solver.solve(replace(foreseeing.seating, aim=aim), progress)
        except Invalid as error:
            return Outlook(objective=aim, why=error.code)
        return foreseeing.outlook(aim, solved.pairs)

    def _seated(self, problem: Problem, by_lot: Problem, progress: Progress) -> "tuple[Proposals, Seating]":
        from services.matching.domain.matchmaking.proposing import explained
        from services.matching.domain.matchmaking.seating import seating_of

        seating = seating_of(by_lot, progress, self.most_kept)
        progress("solving", 0.0)
        solved = self.solver.solve(seating, progress)
        proposals = explained(problem, by_lot, seating, solved, progress, self.others)
        progress("explaining", 1.0)
        return proposals, seating


def _part_of(progress: Progress, place: int, of: int) -> Progress:
    """Progress of one of several solvings, as that of all."""
    return lambda _phase, part: progress("comparing", (place + part) / of)
