"""People, rulebooks and problems for tests of matching."""

from services.matching.adapters.engine_solver import EngineSolver
from services.matching.application.matchmaking import Matchmaker
from services.matching.domain.matchmaking.people import Person, Role
from services.matching.domain.matchmaking.problem import Problem, Proposals
from services.matching.domain.matchmaking.rules import Rulebook
from services.matching.domain.matchmaking.terms import Overlap
from services.matching.domain.matchmaking.wishes import Wishes

SKILLS = Overlap(name="skills", mentor="skills", mentee="skills", points=6000)
WISHES = Wishes(side=Role.MENTEE, columns_of_wishes=("wishes",))


def a_person(id: str, seats: int | None = None, **row: str) -> Person:
    return Person(id, row, seats)


def a_problem(mentors: list[Person], mentees: list[Person], rulebook: Rulebook, seed: str = "") -> Problem:
    return Problem(tuple(mentors), tuple(mentees), rulebook, seed=seed)


def proposals(problem: Problem) -> Proposals:
    return Matchmaker(EngineSolver()).propose(problem)
