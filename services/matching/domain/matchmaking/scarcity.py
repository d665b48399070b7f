"""What one more seat would bring, skill by skill, as the prices of a solution have it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.matching.domain.matchmaking.cells import items_of
from services.matching.domain.matchmaking.comparison import Comparison
from services.matching.domain.matchmaking.problem import Problem
from services.matching.domain.matchmaking.terms import Overlap


@dataclass(frozen=True)
class Skill:
    """An entry of a list that mentees wish and mentors offer. One more seat of the mentor where it helps most brings
    `person`, one more mentee with a mentor, or else up to `points`."""

    name: str
    wanted: int
    seats: int
    person: bool
    points: int


def skills_of(problem: Problem, comparison: Comparison) -> Sequence[Skill]:
    """Of all terms that compare lists; those first where a seat helps most, then those that most mentees wish."""
    found = [skill for term in problem.rulebook.terms if isinstance(term, Overlap)
             for skill in _skills(problem, comparison, term)]
    return sorted(found, key=lambda one: (not one.person, -one.points, -one.wanted, one.name))


def _skills(problem: Problem, comparison: Comparison, term: Overlap) -> Sequence[Skill]:
    wanted = Counter(name for person in problem.mentees for name in items_of(person.row, term.mentee))
    written: dict[str, str] = {}
    seats, price = Counter[str](), Counter[str]()
    for person in problem.mentors:
        for name, text in items_of(person.row, term.mentor).items():
            written.setdefault(name, text)
            seats[name] += problem.rulebook.capacity.of(person)
            price[name] = max(price[name], comparison.prices[person.id])
    return [Skill(text, wanted[name], seats[name], *_gain(price[name], comparison.person))
            for name, text in written.items() if wanted[name]]


def _gain(price: int, person: int) -> tuple[bool, int]:
    """A seat that seats one more is worth more than half of that, whatever points it costs others."""
    return (True, 0) if 0 < person < 2 * price else (False, price)
