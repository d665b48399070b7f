"""State machines beside their models: the reduced form of `make fault GOAL=R5`."""

import pytest

from tests.fault.goals import REDUCED
from tests.fault.models import MODELS, walk


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.feature("B3")
def test_the_life_of_pairs_goes_as_the_model_has_it() -> None:
    walked = walk("R5", 1, REDUCED, "")

    assert walked.steps >= MODELS["R5"][REDUCED]
