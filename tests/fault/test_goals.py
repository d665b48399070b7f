"""kill -9 while the story of the real services runs, on both pairs of engines: the reduced form of `make fault`."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.engines.cache import EngineMissing, installed
from tests.engines.plugin import do_without
from tests.fault.goals import GOALS, REDUCED

AT_LEAST, BROKERS = 300, 20
LIMIT = 600
"""Seconds until a run counts as hung. On an idle machine all goals side by side take 190; beside other tests each takes
twice as long, and longer on a slow one."""


def require_engines(pair: str) -> None:
    try:
        for engine in ("kafka", "mongo") if pair == "cluster" else ():
            installed(engine)
    except EngineMissing as missing:
        do_without(missing)


@pytest.mark.slow
@pytest.mark.timeout(LIMIT + 20)
@pytest.mark.parametrize("goal", GOALS)
def test_nothing_accepted_is_lost_doubled_or_out_of_order(goal: str) -> None:
    require_engines(GOALS[goal].engines)

    done = subprocess.run([sys.executable, "-m", "tests.fault", "--goal", goal], cwd=Path(__file__).parents[2],
                          capture_output=True, text=True, check=False, timeout=LIMIT)

    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    print(done.stdout)
    assert json.loads(done.stdout)["trials"] >= GOALS[goal].target(REDUCED)


def test_the_reduced_form_kills_often_enough() -> None:
    kills = sum(goal.target(REDUCED) for goal in GOALS.values())

    assert kills >= AT_LEAST
    assert sum(goal.brokers[REDUCED] for goal in GOALS.values()) >= BROKERS


def test_enough_needs_every_point() -> None:
    goal = GOALS["R2-embedded"]
    all_of_one = Counter({"api-before-write": goal.target(REDUCED)})

    assert not goal.reached(REDUCED, all_of_one)
