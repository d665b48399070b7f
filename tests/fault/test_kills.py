"""Kill -9 at random instants on the embedded engines: nothing accepted is lost, nothing happens twice."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = 300


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_no_accepted_command_is_lost_or_done_twice(seed: int) -> None:
    done = subprocess.run([sys.executable, "-m", "tests.fault.kills", "--seed", str(seed), "--kills", str(KILLS // 2)],
                          cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False, timeout=300)

    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    verdict = json.loads(done.stdout)
    print(verdict)
    assert verdict["accepted"] > 100
