"""The arrays a solver works on."""

from dataclasses import dataclass

from services.matching.domain.matchmaking.grid import Grid, LeanGrid, grid_of, lean_grid_of
from services.matching.domain.matchmaking.problem import Problem, Progress


@dataclass(frozen=True)
class Seating:
    """Mentees in rows, mentors in columns; `seats` by mentor, `wanted` (mentors to have) by mentee, all from 0.

    What is best: as many mentees as possible have a mentor; then as many as possible have a second, and so on; then
    the greatest sum of scores.
    """

    grid: Grid | LeanGrid
    seats: tuple[int, ...]
    wanted: tuple[int, ...]


def seating_of(problem: Problem, progress: Progress, most_kept: int) -> Seating:
    """Judges all pairs; keeps their scores where there are no more than `most_kept`."""
    rulebook = problem.rulebook
    seats = tuple(rulebook.capacity.of(person) for person in problem.mentors)
    wanted = tuple(rulebook.mentors_per_mentee.of(person) for person in problem.mentees)
    judged = grid_of if len(seats) * len(wanted) <= most_kept else lean_grid_of
    return Seating(judged(problem, progress), seats, wanted)
