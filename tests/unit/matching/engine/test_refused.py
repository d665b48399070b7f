"""Bad input is refused with the first offender, and nothing wraps."""

import pickle
import tracemalloc
from typing import Any

import numpy as np
import pytest

from services.matching.engine.arrays import state_of
from services.matching.engine.checks import MOST_EDGES
from services.matching.engine.outcome import outcome_of_one
from services.matching.engine.problem import problem_of, problem_of_rows
from services.matching.engine.refused import Refused
from services.matching.engine.solve import solve, solve_edges

GOOD: dict[str, Any] = {"n_mentees": 2, "capacity": [1, 1], "mentee": [0, 1], "mentor": [0, 1], "score": [5, 6]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"score": [5.0, 6.0]}, "score holds float64; it must hold whole numbers"),
        ({"score": [5.0, float("nan")]}, r"score\[1\] is nan"),
        ({"score": [float("inf"), 1.0]}, r"score\[0\] is inf"),
        ({"score": [5, -1]}, r"score\[1\] is -1; it must not be negative"),
        ({"score": [2**31, 1]}, r"score\[0\] is 2147483648"),
        ({"score": ["a", "b"]}, "score holds <U1"),
        ({"score": [[5, 6], [7, 8]]}, "score has 2 dimensions"),
        ({"score": 5}, "edges differ in length: 2 mentees, 2 mentors, 1 scores"),
        ({"score": [5]}, "edges differ in length: 2 mentees, 2 mentors, 1 scores"),
        ({"capacity": [1, -2]}, r"capacity\[1\] is -2"),
        ({"mentee": [0, 2]}, r"mentee\[1\] is 2; it must be from 0 to 1"),
        ({"mentor": [-1, 1]}, r"mentor\[0\] is -1; it must be from 0 to 1"),
        ({"mentee": [1, 1], "mentor": [1, 1]}, "mentee 1 and mentor 1 are an edge twice"),
        ({"n_mentees": -1}, "there are -1 mentees"),
        ({"n_mentees": 200_001}, "200,001 mentees; this solver takes 200,000 at most"),
        ({"seat_worth": 2**61}, "sums of 2 reach 2\\^62"),
        ({"seat_worth": 1.5}, "seat_worth holds float64; it must hold whole numbers"),
        ({"seat_worth": [9.9]}, "seat_worth holds float64"),
        ({"seat_worth": [5], "mentee_capacity": [2, 1], "mentee": [0, 0], "mentor": [0, 1]},
         r"seat_worth is \[5\]; it must have 2 falling entries"),
        ({"seat_worth": [5, 6], "mentee_capacity": [2, 1], "mentee": [0, 0], "mentor": [0, 1]},
         r"seat_worth is \[5, 6\]; it must have 2 falling"),
        ({"seat_worth": 2**70}, "seat_worth holds object"),
        ({"mentee": [0, 2**32]}, r"mentee\[1\] is 4294967296; it must be from 0 to 1"),
        ({"capacity": [2**63, 2**63]}, r"capacity\[0\] is 9223372036854775808; it must be below 2\^63"),
        ({"capacity": [float("nan"), 1]}, r"capacity\[0\] is nan"),
        ({"mentee_capacity": [1]}, "mentee_capacity has 1 entries; it must have 2"),
        ({"mentee_capacity": [2, -1]}, r"mentee_capacity\[1\] is -1"),
        ({"start_prices": [0, -1]}, r"start_prices\[1\] is -1"),
        ({"start_mentor_of": [0, 2]}, r"start_mentor_of\[1\] is 2; it must be from -1 to 1"),
    ],
)
def test_it_is_refused_by_the_first_offender(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        solve_edges(**GOOD | wrong)


def test_too_many_edges_are_refused_by_their_number_before_anything_is_copied() -> None:
    many = np.broadcast_to(np.int32(0), MOST_EDGES + 1)
    tracemalloc.start()

    with pytest.raises(Refused, match="20,000,001 edges; this solver takes 20,000,000 at most"):
        problem_of(1, [1], many, many, many)

    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_scores_too_high_for_so_many_people_are_refused() -> None:
    many = np.arange(50_000)

    with pytest.raises(Refused, match="scores go to 2147483647: sums of 50000 reach 2\\^62"):
        problem_of(50_000, np.ones(50_000, int), many, many, np.full(50_000, 2**31 - 1))


@pytest.mark.parametrize(("starts", "mentor", "said"), [
    ([0, 2], [1, 0], "row 0 has mentor 0 after 1"), ([0, 1], [0, 1], "starts must rise from 0 to 2"),
    ([0, 2], [1, 1], "row 0 has mentor 1 after 1")])
def test_rows_out_of_order_are_refused(starts: list[int], mentor: list[int], said: str) -> None:
    with pytest.raises(Refused, match=said):
        problem_of_rows(starts, [1, 1], mentor, [5, 5])


def test_edges_may_come_in_any_order() -> None:
    there = problem_of(3, [1, 1], [0, 1, 1, 2], [1, 0, 1, 0], [4, 3, 2, 1])
    back = problem_of(3, [1, 1], [2, 1, 1, 0], [0, 1, 0, 1], [1, 2, 3, 4])

    assert solve(there).pairs == solve(back).pairs


@pytest.mark.parametrize(("mentees", "capacity"), [(0, []), (3, []), (0, [2, 1]), (3, [0, 0])])
def test_nobody_to_seat_is_no_error(mentees: int, capacity: list[int]) -> None:
    solution = solve_edges(mentees, capacity, [], [], [])

    assert solution.mentor_of.tolist() == [-1] * mentees
    assert solution.optimal


def test_a_capacity_beyond_everybody_is_everybody() -> None:
    solution = solve_edges(2, [2**62], [0, 1], [0, 0], [5, 6])

    assert solution.matched == 2


def test_scores_at_the_edge_do_not_wrap() -> None:
    highest = 2**31 - 1

    solution = solve_edges(2, [1, 1], [0, 0, 1], [0, 1, 0], [highest, highest, highest])

    assert solution.total_score == 2 * highest


def test_what_progress_raises_ends_the_run() -> None:
    def stop(_phase: str, _part: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solve_edges(**GOOD, progress=stop)


def test_a_run_that_is_late_says_how_far_it_may_be_from_the_best() -> None:
    solution = solve_edges(2, [1, 1], [0, 0, 1], [0, 1, 0], [9000, 1, 9000], deadline=0.0)

    assert not solution.optimal
    assert solution.gap >= 18_003 + 9_001 - solution.total_score - 18_001 * solution.matched
    assert solution.matched >= 1


def test_the_gap_of_a_run_that_was_cut_does_not_wrap() -> None:
    problem = problem_of(64, [1, 1], [0, *range(64)], [1, *[0] * 64], [5] * 65, seat_worth=2**60)
    state = state_of(problem.n_mentees, problem.capacity)

    outcome = outcome_of_one(problem, state, whole=False, stats={})

    assert outcome.solution(problem, "participation", None, proven=True).gap == 62 * 2**60 - 2 * 5


def test_somebody_without_a_candidate_stays_alone_and_the_others_do_not() -> None:
    solution = solve_edges(3, [1, 1], [0, 2], [0, 1], [5, 6])

    assert solution.mentor_of.tolist() == [0, -1, 1]
    assert solution.optimal


def test_the_same_input_gives_the_same_bytes() -> None:
    first, again = (solve_edges(3, [1, 1], [0, 1, 2, 2], [0, 0, 0, 1], [5, 5, 5, 5]) for _ in range(2))

    assert pickle.dumps(first) == pickle.dumps(again)
