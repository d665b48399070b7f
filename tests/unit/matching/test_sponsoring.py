"""Figures for sponsors: by fives, so that nobody is to be found in them."""

import pytest

from services.matching.contracts.pairs import PairState
from services.matching.domain.sponsoring import Few, few, pairs, steps
from services.matching.domain.suppression import Suppression
from services.matching.domain.way import Step


@pytest.mark.parametrize(("count", "shown"), [(0, None), (1, None), (4, None), (5, 5), (9, 5), (10, 10), (104, 100)])
def test_a_figure_is_by_fives_and_below_five_none(count: int, shown: int | None) -> None:
    assert few("x", count, Suppression()) == Few("x", shown)


def test_no_difference_of_two_steps_is_fewer_than_five() -> None:
    found = steps([(Step.APPROVED, 20), (Step.MATCHED, 18), (Step.COMPLETED, 14)], Suppression())

    assert [one.count for one in found] == [20, 15, 10]


def test_pairs_are_under_way_complete_or_ended_otherwise() -> None:
    states = {PairState.ACTIVE: 6, PairState.PAUSED: 4, PairState.CLOSED: 32, PairState.PROPOSED: 7}

    assert pairs(states, 7, declined=20, suppression=Suppression()) == (
        Few("under-way", 10), Few("completed", 5), Few("ended-otherwise", 5))


def test_figures_of_two_moments_make_no_negative_one() -> None:
    assert pairs({"closed": 100}, 103, declined=0, suppression=Suppression()) == (
        Few("under-way", None), Few("completed", 100), Few("ended-otherwise", None))
