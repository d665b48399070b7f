"""Stable matchings against trying every assignment."""

import pytest

from services.matching.engine.blocking import blocking_pairs
from services.matching.engine.refused import Refused
from services.matching.engine.stable import stable
from tests.unit.matching.engine.instances import an_instance
from tests.unit.matching.engine.stables import require_best_stable, require_two_thirds


def test_every_mentee_has_the_best_of_all_stable_matchings() -> None:
    for seed in range(80):
        require_best_stable(seed)


@pytest.mark.parametrize("band", [3, 4000])
def test_with_promotion_two_thirds_of_the_most_are_seated(band: int) -> None:
    for seed in range(80):
        require_two_thirds(seed, band)


def test_an_assignment_made_by_hand_shows_who_would_rather_be_together() -> None:
    problem = an_instance([1, 1], [{0: 9, 1: 5}, {0: 8, 1: 5}]).problem

    assert blocking_pairs(problem, [1, 0]) == [(0, 0)]


def test_a_stable_matching_is_for_one_mentor_a_mentee() -> None:
    with pytest.raises(Refused, match="one mentor a mentee"):
        stable(an_instance([1, 1], [{0: 5, 1: 5}], wants=[2]).problem)
