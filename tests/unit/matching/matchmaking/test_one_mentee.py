"""One mentee with every mentor: the same scores and bars as the rules say of each pair, to the unit."""

import random
from dataclasses import replace

import pytest

from services.matching.domain.matchmaking.one_mentee import standing
from services.matching.domain.matchmaking.people import Person
from services.matching.domain.matchmaking.problem import Problem
from services.matching.domain.matchmaking.settled import Settled
from services.matching.domain.matchmaking.terms import Waited
from tests.unit.matching.matchmaking.test_grid import a_rulebook, a_side


@pytest.mark.parametrize("seed", range(150))
def test_one_mentee_stands_with_every_mentor_as_the_rules_say_of_each_pair(seed: int) -> None:
    dice = random.Random(seed)
    book = a_rulebook(dice)
    more = (Waited(name="waited", mentor="", mentee="number", points=30, rounds=3),
            Settled(name="settled", mentor="", mentee="", points=500, couples=frozenset({("m0", "e1"), ("m1", "e0")})))
    problem = Problem(a_side(dice, "m"), a_side(dice, "e"), replace(book, terms=(*book.terms, *more)),
                      (Person("boss", {"manager": "m2"}),))

    found = {mentee.id: standing(problem, mentee) for mentee in problem.mentees}

    for mentee in problem.mentees:
        scores = tuple(problem.rulebook.score(mentor, mentee) for mentor in problem.mentors)
        bars = tuple(bool(problem.rulebook.barred_by(mentor, mentee, problem.roster)) for mentor in problem.mentors)
        assert (found[mentee.id].scores, found[mentee.id].barred) == (scores, bars)


def test_cells_that_are_taken_apart_already_are_judged_as_texts_are() -> None:
    dice = random.Random(7)
    book, mentee = a_rulebook(dice), Person("e1", {"list": ["a", "b"], "other": "a; c", "asks": "a"})
    mentors = (Person("m1", {"list": ["a", "b"], "asks": ["a"]}), Person("m2", {"list": "a; b", "asks": "a"}))

    here = standing(Problem(mentors, (mentee,), book), mentee)

    assert here.scores == tuple(book.score(mentor, mentee) for mentor in mentors)
