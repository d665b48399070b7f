"""A worker that publishes, killed in the middle, and the next one: every pair is told once in effect."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from services.matching.contracts.pairs import PAIRS
from services.matching.domain.matching_run import MatchingRun
from shared.messaging.envelope import Received
from tests.bench.matching.town import Town
from tests.unit.matching.house import MONDAY, MatchingHouse

PATIENCE = 600.0


def published(town: Town, run: MatchingRun) -> tuple[int, int]:
    """Pairs that there are, and different pair-created events on the log. Kills one worker halfway. The town is closed
    then: its own worker would hold what theirs need."""
    town.house.matching.runs.publish(run.id)
    town.close()
    with closing(MatchingHouse(town.folder)) as house:
        runs, child = house.matching.runs, _worker(town.folder, hours=1)
        try:
            _wait(lambda: runs.get(run.id).published >= run.matched // 2, child)
            child.send_signal(signal.SIGKILL)
            child.wait(PATIENCE)
            assert runs.get(run.id).published < run.matched, "it was done before it could be killed"
            child = _worker(town.folder, hours=2)
            assert child.wait(PATIENCE) == 0
        finally:
            child.kill()
        pairs = list(house.matching.pairs.store.each({"programme_id": run.programme_id}))
        told = {(event.id, event.data["pair_id"]) for event in house.log.read([PAIRS.name])
                if isinstance(event, Received) and event.type == "mentoring.pair-created.v1"}
        assert {pair.id for pair in pairs} == {pair_id for _, pair_id in told}
        return len(pairs), len(told)


def _worker(folder: Path, hours: int) -> "subprocess.Popen[bytes]":
    """So many hours later: what one that died had in hand is free by then."""
    return subprocess.Popen([sys.executable, "-m", __name__, str(folder), str(hours)])


def _wait(until: Callable[[], bool], child: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while not until():
        assert child.poll() is None, "the worker ended"
        assert time.monotonic() < deadline
        time.sleep(0.02)


if __name__ == "__main__":
    house = MatchingHouse(Path(sys.argv[1]))
    house.clock.set(MONDAY + timedelta(hours=int(sys.argv[2])))
    house.settle()
    house.close()
