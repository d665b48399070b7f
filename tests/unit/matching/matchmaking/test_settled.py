"""Points for who is settled: the same in tables as pair by pair, and with a table or without one."""

import numpy as np
import pytest

from services.matching.adapters.engine_solver import EngineSolver
from services.matching.application.matchmaking import Matchmaker
from services.matching.domain.matchmaking.grid import scoring_of
from services.matching.domain.matchmaking.rules import Rulebook
from services.matching.domain.matchmaking.settled import Settled
from tests.unit.matching.matchmaking.builders import SKILLS, a_person, a_problem

TOGETHER = frozenset({("a", "x"), ("b", "y"), ("nobody", "z"), ("a", "nobody")})
BOOK = Rulebook(terms=(SKILLS, Settled(name="settled", mentor="", mentee="", points=700, couples=TOGETHER)))
PROBLEM = a_problem([a_person("a", 1, skills="one"), a_person("b", 1, skills="one;two")],
                    [a_person("x", 1, skills="one"), a_person("y", 1, skills="one"), a_person("z", 1)], BOOK)


def test_the_table_says_what_the_term_says_of_each_pair() -> None:
    scores = scoring_of(PROBLEM)(np.arange(3))

    assert scores.tolist() == [[BOOK.score(mentor, mentee) for mentor in PROBLEM.mentors]
                               for mentee in PROBLEM.mentees]
    assert scores.tolist() == [[6700, 6000], [6000, 6700], [0, 0]]


def test_being_settled_is_no_part_of_the_best_score_there_can_be() -> None:
    assert BOOK.highest_score == 6000
    assert BOOK.reasons(PROBLEM.mentors[0], PROBLEM.mentees[0])[-1].criterion == "settled"


@pytest.mark.parametrize("most_kept", [0, 1000])
def test_with_a_table_and_without_who_is_settled_stays(most_kept: int) -> None:
    found = Matchmaker(EngineSolver(), most_kept=most_kept).propose(PROBLEM)

    assert {(one.mentor_id, one.mentee_id) for one in found.pairs} == {("a", "x"), ("b", "y")}
