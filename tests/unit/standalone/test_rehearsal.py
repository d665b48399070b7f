"""Ctrl-C while the house of the half year is being opened."""

import signal
from contextlib import suppress

import pytest

from deploy.standalone.rehearsal import undisturbed


def swallow_ctrl_c() -> None:
    with suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_ctrl_c_waits_for_what_may_swallow_it() -> None:
    with pytest.raises(KeyboardInterrupt), undisturbed():
        swallow_ctrl_c()

    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
