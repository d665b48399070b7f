"""Community starts with what it needs, or says all that is missing."""

import pytest

from services.community.settings import read
from shared.runtime.settings import WrongSettings


def test_everything_missing_or_wrong_is_named_at_once() -> None:
    with pytest.raises(WrongSettings) as refused:
        read({"PROBE_PORT": "many"})

    for name in ("STORE_URL", "EVENTS_URL", "PROBE_PORT"):
        assert name in str(refused.value)


def test_two_addresses_are_enough() -> None:
    settings = read({"STORE_URL": "sqlite:data", "EVENTS_URL": "embedded:data"})

    assert (settings.store_url, settings.probe_port) == ("sqlite:data", 9000)
