"""The arrays a solver works on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.matching.domain.matchmaking.aim import Aim
from services.matching.domain.matchmaking.grid import Grid, LeanGrid, grid_of, lean_grid_of
from services.matching.domain.matchmaking.locks import Couple, LockRefused, kept, once
from services.matching.domain.matchmaking.problem import Problem, Progress


@dataclass(frozen=True)
class Seating:
    """Mentees in rows, mentors in columns; `seats` by mentor, `wanted` (mentors to have) by mentee, all from 0.

    What is best, says `aim`; by default as many mentees as possible have a mentor; then as many as possible have a
    second, and so on; then the greatest sum of scores. `locked` pairs (mentee, mentor) sit already: their seats count
    no more.
    """

    grid: Grid | LeanGrid
    seats: tuple[int, ...]
    wanted: tuple[int, ...]
    locked: tuple[tuple[int, int], ...] = ()
    refused: tuple[LockRefused, ...] = ()
    aim: Aim = Aim.PARTICIPATION


def seating_of(problem: Problem, progress: Progress, most_kept: int) -> Seating:
    """Judges all pairs; keeps their scores where there are no more than `most_kept`."""
    rulebook, locks = problem.rulebook, kept(problem)
    by_mentor, by_mentee = (Counter(couple[side] for couple in locks.couples) for side in (0, 1))
    seats = tuple(rulebook.capacity.of(person) - by_mentor[person.id] for person in problem.mentors)
    wanted = tuple(rulebook.mentors_per_mentee.of(person) - by_mentee[person.id] for person in problem.mentees)
    judged = grid_of if len(seats) * len(wanted) <= most_kept else lean_grid_of
    grid = judged(replace(problem, rulebook=once(rulebook, locks.couples)), progress)
    return Seating(grid, seats, wanted, _places(problem, locks.couples), locks.refused, problem.aim)


def _places(problem: Problem, couples: Sequence[Couple]) -> tuple[tuple[int, int], ...]:
    mentors = {person.id: place for place, person in enumerate(problem.mentors)}
    mentees = {person.id: place for place, person in enumerate(problem.mentees)}
    return tuple((mentees[mentee], mentors[mentor]) for mentor, mentee in couples)
