"""The arrays a solver works on."""

from dataclasses import dataclass

from services.matching.domain.matchmaking.grid import Grid, grid_of
from services.matching.domain.matchmaking.problem import Problem, Progress


@dataclass(frozen=True)
class Seating:
    """Mentees in rows, mentors in columns; `seats` by mentor, `wanted` (mentors to have) by mentee, all from 0.

    What is best: as many mentees as possible have a mentor; then as many as possible have a second, and so on; then
    the greatest sum of scores.
    """

    grid: Grid
    seats: tuple[int, ...]
    wanted: tuple[int, ...]


def seating_of(problem: Problem, progress: Progress) -> Seating:
    """Judges all pairs."""
    rulebook = problem.rulebook
    seats = tuple(rulebook.capacity.of(person) for person in problem.mentors)
    wanted = tuple(rulebook.mentors_per_mentee.of(person) for person in problem.mentees)
    return Seating(grid_of(problem, progress), seats, wanted)
