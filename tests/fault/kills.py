"""kill -9 of those who write and those who work, at random instants, and the ledger that judges: one JSON line.

`python -m tests.fault.kills --seed 1 --kills 200` replays a run. Children are forked from a warm parent that has opened
nothing, so every one of them opens its own stores, as a process does after a restart.
"""

import json
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from shared.kernel.clock import SystemClock
from shared.kernel.errors import AlreadyExists, DomainError
from shared.kernel.ids import derived_id
from shared.messaging.envelope import Received
from tests.unit.messaging.harbour import BOATS, Boat, Harbour


@dataclass
class Verdict:
    """`lost`: accepted commands without effect; `duplicates`: effects that came twice; `out_of_order`: events of a
    source whose first appearance on the log skips a number."""

    goal: str
    seed: int
    kills: int
    accepted: int = 0
    lost: int = 0
    duplicates: int = 0
    out_of_order: int = 0
    duration_s: float = 0.0
    passed: bool = False


def forked(body: Callable[[], None]) -> int:
    """The id of a child that does this and nothing else."""
    child = os.fork()
    if child:
        return child
    try:
        body()
    finally:
        os._exit(0)


def write(folder: Path, ledger: Path, first: int) -> None:
    """Sends boats out, one command after the other; what was accepted goes to the ledger after it was accepted."""
    harbour = Harbour(folder)
    with ledger.open("a", buffering=1) as accepted:
        for number in range(first, first + 1_000_000):
            name = f"boat-{number}"
            try:
                harbour.boats.add(Boat(id=name))
                harbour.boats.change(name, lambda boat: boat.leave(5, SystemClock().now()))
            except (AlreadyExists, DomainError):
                continue
            accepted.write(name + "\n")


def work(folder: Path) -> None:
    """Relays, consumes and ticks until it is killed."""
    harbour = Harbour(folder)
    while True:
        if not sum(worker.step() for worker in harbour.workers):
            harbour.port.wake.wait(0.002)


def kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def run(folder: Path, seed: int, kills: int) -> Verdict:
    """Kills writer and worker in turn, lets the last ones finish, and judges."""
    chance, began, ledger = random.Random(seed), time.monotonic(), folder / "accepted"
    Harbour(folder).close()
    writer, worker = forked(lambda: write(folder, ledger, 0)), forked(lambda: work(folder))
    for number in range(1, kills + 1):
        time.sleep(chance.uniform(0.02, 0.25))  # the instant of the kill is what is tried here
        if chance.random() < 0.3:
            kill(writer)
            writer = forked(lambda first=number * 10_000: write(folder, ledger, first))  # type: ignore[misc]
        else:
            kill(worker)
            worker = forked(lambda: work(folder))
    kill(writer)
    kill(worker)
    verdict = judge(folder, ledger, Verdict("R1-embedded", seed, kills))
    verdict.duration_s = round(time.monotonic() - began, 1)
    return verdict


def judge(folder: Path, ledger: Path, verdict: Verdict) -> Verdict:
    """Compares what was accepted with what came of it."""
    harbour = Harbour(folder)
    harbour.settle()
    accepted = set(ledger.read_text().split())
    seen = {one.id: one.times for one in harbour.sightings.each({})}
    verdict.accepted = len(accepted)
    verdict.lost = sum(derived_id("sighting", name) not in seen for name in accepted)
    verdict.duplicates = sum(times != 1 for times in seen.values())
    verdict.out_of_order = gaps(harbour)
    verdict.passed = bool(accepted) and not (verdict.lost or verdict.duplicates or verdict.out_of_order)
    harbour.close()
    return verdict


def gaps(harbour: Harbour) -> int:
    """Events that appear before an earlier one of their source did."""
    last: dict[str, int] = {}
    wrong = 0
    for event in harbour.log.read([BOATS.name]):
        assert isinstance(event, Received)
        number = event.sequence.number
        wrong += number > last.get(event.source, 0) + 1
        last[event.source] = max(number, last.get(event.source, 0))
    return wrong


@click.command()
@click.option("--seed", default=1)
@click.option("--kills", default=300)
def main(seed: int, kills: int) -> None:
    """One run, one JSON line; exit code 1 when anything was lost, doubled or out of order."""
    with tempfile.TemporaryDirectory() as folder:
        verdict = run(Path(folder), seed, kills)
    print(json.dumps(asdict(verdict)))
    raise SystemExit(not verdict.passed)


if __name__ == "__main__":
    main()
