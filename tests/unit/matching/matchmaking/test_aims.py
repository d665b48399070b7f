"""Each objective of a run against all matchings there are, with and without tables of scores."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from services.matching.adapters.engine_solver import EngineSolver
from services.matching.application.matchmaking import OneMentorOnly
from services.matching.domain.matchmaking.aim import Aim
from services.matching.domain.matchmaking.hard_rules import ExcludedPairs
from services.matching.domain.matchmaking.people import Role
from services.matching.domain.matchmaking.problem import unwatched
from services.matching.domain.matchmaking.rules import Rulebook
from services.matching.domain.matchmaking.seating import Seating
from services.matching.domain.matchmaking.wording import words
from tests.unit.matching.matchmaking.builders import SKILLS, a_person, a_problem, proposals
from tests.unit.matching.matchmaking.test_lean import lean_of, tables_of
from tests.unit.matching.matchmaking.test_solver import a_seating

Pairs = list[tuple[int, int]]
FAIR = [one for one in Aim if one.is_fair]


def all_matchings(seating: Seating, mentee: int = 0, left: tuple[int, ...] | None = None) -> Iterator[Pairs]:
    grid, left = tables_of(seating), seating.seats if left is None else left
    if mentee == len(seating.wanted):
        yield []
        return
    yield from all_matchings(seating, mentee + 1, left)
    for mentor in range(len(left)):
        if seating.wanted[mentee] and left[mentor] and not grid.barred[mentee, mentor]:
            rest = (*left[:mentor], left[mentor] - 1, *left[mentor + 1:])
            yield from ([(mentee, mentor), *others] for others in all_matchings(seating, mentee + 1, rest))


def worth(seating: Seating, aim: Aim, pairs: Pairs) -> tuple[int, ...]:
    """The greater the better, by the definition of the objective."""
    grid = tables_of(seating)
    scores = [int(grid.scores[pair]) for pair in pairs]
    lost = [max(int(grid.scores[mentee, one]) for one, seats in enumerate(seating.seats)
                if seats and not grid.barred[mentee, one]) - score for (mentee, _), score in zip(pairs, scores,
                                                                                              strict=True)]
    return {
        Aim.PARTICIPATION: (len(pairs), sum(scores)),
        Aim.SCORE: (sum(scores),),
        Aim.MAXIMIN: (len(pairs), min(scores, default=0), sum(scores)),
        Aim.MINIMAX_REGRET: (len(pairs), -max(lost, default=0), sum(scores)),
        Aim.LEAST_SQUARES_REGRET: (len(pairs), -sum(one**2 for one in lost)),
    }[aim]


def a_small_seating(seed: int) -> Seating:
    """Some mentees are locked already: they want nobody any more."""
    dice = random.Random(seed)
    mentees, mentors = dice.randint(0, 5), dice.randint(1, 4)
    scores = [[dice.choice([-1, 0, 1, 2, 5, 9, 30]) for _ in range(mentors)] for _ in range(mentees)]
    return a_seating(scores, [dice.randint(0, 2) for _ in range(mentors)],
                     [dice.choice([0, 1, 1, 1]) for _ in range(mentees)])


@pytest.mark.parametrize("aim", Aim)
@pytest.mark.parametrize("seed", range(40))
@pytest.mark.slow
def test_no_other_matching_is_better_by_the_objective(seed: int, aim: Aim) -> None:
    seating = replace(a_small_seating(seed), aim=aim)
    best = max(worth(seating, aim, pairs) for pairs in all_matchings(seating))

    for one in (seating, replace(lean_of(seating)[0], aim=aim)):
        for edges in (1, 1000):
            assert worth(seating, aim, list(EngineSolver(edges=edges).solve(one, unwatched).pairs)) == best


def test_the_weakest_pair_is_stronger_where_it_comes_first() -> None:
    seating = a_seating([[10, 5], [6, 2]], [1, 1], [1, 1])

    found = {aim: list(EngineSolver().solve(replace(seating, aim=aim), unwatched).pairs) for aim in Aim}

    assert found[Aim.PARTICIPATION] == [(0, 0), (1, 1)]
    assert found[Aim.MAXIMIN] == [(0, 1), (1, 0)]
    assert EngineSolver().solve(replace(seating, aim=Aim.MAXIMIN), unwatched).counts["threshold"] == 5


@pytest.mark.parametrize("aim", FAIR)
def test_it_is_said_that_an_objective_is_for_one_mentor_a_mentee(aim: Aim) -> None:
    seating = replace(a_seating([[9, 5]], [1, 1], [2]), aim=aim)

    for one in (seating, replace(lean_of(seating)[0], aim=aim)):
        with pytest.raises(OneMentorOnly, match="some want several"):
            EngineSolver().solve(one, unwatched)


def test_who_is_left_alone_for_the_points_of_all_is_told_so() -> None:
    apart = ExcludedPairs(name="x", pairs=frozenset({("n", "f")}))
    problem = a_problem([a_person("m", skills="a; b", seats=1), a_person("n", skills="c", seats=1)],
                        [a_person("e", skills="a; b"), a_person("f", skills="a; d")],
                        Rulebook(terms=(SKILLS,), hard_rules=(apart,)))

    most, points = (proposals(replace(problem, aim=aim)) for aim in (Aim.PARTICIPATION, Aim.SCORE))

    assert [one.person_id for one in most.unmatched] == []
    assert [(one.person_id, one.code) for one in points.unmatched if one.role is Role.MENTEE] == [("f", "outweighed")]
    assert words(points.unmatched[0], "en") == "all others together have more points so; 1 mentors were allowed"
