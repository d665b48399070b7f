"""Relations between solutions: the same problem told differently has the value that it must have."""

import pytest

from tests.unit.matching.engine.variants import VARIANTS, require_as_expected, require_same_bytes


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_has_the_value_that_it_must_have(name: str) -> None:
    for seed in range(150):
        require_as_expected(name, seed)


def test_runs_in_two_threads_at_once_give_the_bytes_of_one_alone() -> None:
    require_same_bytes(range(60))
