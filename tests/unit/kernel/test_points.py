"""The switch of fault runs: nothing when it is off, and the end of the process when it is on."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

REACHES_THREE_TIMES = """
from shared.kernel.points import reached
for number in range(3):
    print(number, flush=True)
    reached("here")
"""


def run(**environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", REACHES_THREE_TIMES], env=environ, cwd=Path(__file__).parents[3],
                          capture_output=True, text=True, check=False)


def test_off_it_does_nothing() -> None:
    assert run().returncode == 0


@pytest.mark.parametrize("order", ["there", "there:1", "here:4"])
def test_another_point_or_a_later_time_is_passed_by(order: str) -> None:
    assert run(ITHACA_KILL_AT=order).returncode == 0


@pytest.mark.parametrize(("order", "printed"), [("here", ["0"]), ("here:2", ["0", "1"])])
def test_it_ends_the_process_without_a_last_word(order: str, printed: list[str]) -> None:
    done = run(ITHACA_KILL_AT=order)

    assert done.returncode == -signal.SIGKILL
    assert done.stdout.split() == printed
