"""Every API takes whatever comes: no server error, and no answer that its document does not know."""

import pytest

from tests.fuzz.conftest import Target

SALVOS = [*(("matching", 20_000, slice(part, None, 4)) for part in range(4)),
          *((service, 2_000, slice(None)) for service in ("surveys", "notifications", "community"))]
ANSWERED = 0.05
"""At least that part of all requests is answered with what was asked for: others say little about a document."""


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.feature("O5")
@pytest.mark.parametrize(("target", "requests", "part"), SALVOS, indirect=["target"])
def test_no_request_is_too_strange(target: Target, requests: int, part: slice) -> None:
    fuzzed = target.fuzzed

    fuzzed.fire(-(-requests // len(fuzzed.operations)), part, target.between)

    assert not fuzzed.wrong, "\n\n".join(fuzzed.wrong.values())
    assert fuzzed.taken > ANSWERED * fuzzed.asked
