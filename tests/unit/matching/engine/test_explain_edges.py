"""Each figure of an explanation can be computed again."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from services.matching.engine.explain_edges import recommend, what_changed, why, why_moved, why_not, why_unmatched
from services.matching.engine.fairness import posed
from services.matching.engine.refused import Refused
from services.matching.engine.solve import solve
from tests.unit.matching.engine.instances import (
    Instance,
    a_random_instance,
    a_random_instance_of_several,
    an_instance,
)


def test_no_mentor_of_a_higher_score_is_better_once_the_price_is_paid() -> None:
    for seed in range(20):
        problem = a_random_instance(seed).problem
        solution = solve(problem)

        for mentee, mentor in solution.pairs:
            told = why(problem, solution, mentee, mentor)

            row = problem.mentee == mentee
            assert len(told.dearer) == (problem.score[row] > told.score).sum()
            assert all(score - price <= told.score - told.price for _, score, price in told.dearer)


def test_why_is_told_of_pairs_that_sit_together() -> None:
    problem = an_instance([1], [{0: 9}, {0: 8}]).problem

    with pytest.raises(Refused, match="mentee 1 does not sit with mentor 0"):
        why(problem, solve(problem), 1, 0)


@pytest.mark.parametrize("random", [a_random_instance, a_random_instance_of_several])
def test_people_stay_alone_where_they_share_too_few_seats(random: Callable[[int], Instance]) -> None:
    told = 0
    for seed in range(80):
        instance = replace(random(seed), seat_worth=None)
        problem = instance.problem
        solution = solve(problem)
        for mentee in np.flatnonzero((solution.mentor_of < 0) & (problem.wants > 0)).tolist():
            witness = why_unmatched(problem, solution, mentee)

            group = np.isin(problem.mentee, witness.mentees) & (problem.capacity[problem.mentor] > 0)
            assert mentee in witness.mentees
            assert set(problem.mentor[group].tolist()) == set(witness.mentors)
            assert witness.seats == instance.capacity[list(witness.mentors)].sum() < len(witness.mentees), seed
            assert witness.missing > 0
            told += 1
    assert told > 50


def test_a_seat_left_vacant_for_the_score_is_no_want_of_seats() -> None:
    problem = an_instance([1], [{0: 5}], seat_worth=-9).problem

    assert why_unmatched(problem, solve(problem), 0).missing == 0


def test_nobody_is_told_why_alone_who_is_not() -> None:
    problem = an_instance([1], [{0: 5}]).problem

    with pytest.raises(Refused, match="mentee 0 has mentor 0"):
        why_unmatched(problem, solve(problem), 0)


@pytest.mark.parametrize("objective", ["maximin", "minimax-regret", "least-squares-regret", "score"])
def test_what_a_pair_would_cost_is_told_in_the_terms_of_the_objective(objective: str) -> None:
    for seed in range(10):
        problem = a_random_instance(seed, most_mentees=8, most_mentors=5).problem
        solution = solve(problem, objective=objective)
        asked = posed(problem, objective, solution.threshold)

        for mentee, mentor in zip(asked.mentee.tolist(), asked.mentor.tolist(), strict=True):
            if asked.capacity[mentor] > 0:
                found = why_not(problem, solution, mentee, mentor)
                assert found.loss >= found.reduced_cost >= 0
                assert found.loss == 0 or (mentee, mentor) not in solution.pairs


def test_what_a_pair_would_cost_is_not_told_with_several_mentors() -> None:
    problem = an_instance([1, 1], [{0: 5, 1: 5}], wants=[2]).problem

    with pytest.raises(Refused, match="one mentor a mentee"):
        why_not(problem, solve(problem), 0, 0)


def test_what_a_pair_would_cost_is_never_less_than_its_reduced_cost() -> None:
    for seed in range(20):
        problem = a_random_instance(seed, most_mentees=8, most_mentors=5).problem
        solution = solve(problem)

        for mentee, mentor in zip(problem.mentee.tolist(), problem.mentor.tolist(), strict=True):
            if problem.capacity[mentor] > 0:
                found = why_not(problem, solution, mentee, mentor)
                assert found.loss >= found.reduced_cost >= 0
                assert found.loss == 0 or (mentee, mentor) not in solution.pairs


def test_the_cost_of_a_pair_is_exact() -> None:
    problem = an_instance([1, 1], [{0: 9, 1: 5}, {0: 8, 1: 1}]).problem

    assert why_not(problem, solve(problem), 0, 0).loss == 13 - 10


def test_a_pair_that_is_not_allowed_has_no_cost() -> None:
    problem = an_instance([1, 1], [{0: 9}]).problem

    with pytest.raises(Refused, match="mentee 0 may not sit with mentor 1"):
        why_not(problem, solve(problem), 0, 1)


def test_mentors_are_recommended_by_score_less_price() -> None:
    problem = an_instance([1, 1], [{0: 9, 1: 5}, {0: 8, 1: 1}]).problem
    solution = solve(problem)

    best = recommend(problem, solution, 0, 1)

    assert best == [(1, 5 - int(solution.prices[1]))]


def test_a_mentor_without_a_seat_is_recommended_to_nobody() -> None:
    problem = an_instance([0, 1], [{0: 9, 1: 5}]).problem

    assert recommend(problem, solve(problem), 0, 5) == [(1, 5)]


def test_who_moved_is_told() -> None:
    before = solve(an_instance([1, 1], [{0: 9}, {1: 8}]).problem)
    after = solve(an_instance([1, 1], [{0: 9}, {}]).problem)

    assert what_changed(before, after) == [(1, 1, -1)]


@pytest.mark.parametrize(("row", "capacity", "reason"), [
    ({0: 9, 1: 8}, [0, 1], "gone"), ({1: 8}, [1, 1], "gone"), ({0: 5, 1: 8}, [1, 1], "score"),
    ({0: 9, 1: 8, 2: 9000}, [1, 1, 1], "new")])
def test_why_somebody_moved_is_told(row: dict[int, int], capacity: list[int], reason: str) -> None:
    before, after = an_instance([1, 1], [{0: 9, 1: 8}]).problem, an_instance(capacity, [row]).problem

    moved, = what_changed(solve(before), solve(after))

    assert why_moved(before, after, moved) == reason


def test_somebody_moves_for_the_sake_of_others() -> None:
    before = an_instance([1, 1], [{0: 9, 1: 8}]).problem
    after = an_instance([1, 1], [{0: 9, 1: 8}, {0: 5}]).problem

    moved = what_changed(solve(before), solve(after))

    assert moved == [(0, 0, 1), (1, -1, 0)]
    assert [why_moved(before, after, one) for one in moved] == ["others", "new"]
