"""`make fault GOAL=R1-embedded SEED=1 SCALE=full`: one JSON line a goal; exit code 0 only when all passed."""

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from tests.fault.goals import FULL, GOALS, REDUCED
from tests.fault.models import MODELS, walk
from tests.fault.named import POINTS
from tests.fault.run import run


def commit() -> str:
    """Of the tree that runs."""
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=Path(__file__).parent, capture_output=True,
                          text=True, check=False)
    return done.stdout.strip() or "unknown"


@click.command()
@click.option("--goal", "goals", multiple=True, type=click.Choice(sorted([*GOALS, *MODELS])),
              help="All of them without.")
@click.option("--seed", default=1, show_default=True)
@click.option("--scale", type=click.Choice([REDUCED, FULL]), default=REDUCED, show_default=True)
@click.option("--points", is_flag=True, help="List the named points instead.")
@click.option("--keep", type=click.Path(path_type=Path), help="A folder that keeps what the run left behind.")
def main(goals: tuple[str, ...], seed: int, scale: str, points: bool, keep: Path | None) -> None:
    """Kills web, worker, broker and store while the story runs, and judges what came of it; walks beside models."""
    if points:
        sys.stdout.writelines(f"{name}: {point.outcome}\n" for name, point in POINTS.items())
        return
    passed = [one(goal, seed, scale, keep) for goal in goals or (*GOALS, *MODELS)]
    raise SystemExit(not all(passed))


def one(goal: str, seed: int, scale: str, keep: Path | None) -> bool:
    """Runs one goal; says how to run it again when it failed."""
    if goal in MODELS:
        print(json.dumps(asdict(walk(goal, seed, scale, commit()))), flush=True)
        return True
    with tempfile.TemporaryDirectory(prefix="fault-") as scratch:
        folder = (keep or Path(scratch)) / goal
        folder.mkdir(parents=True)
        verdict = run(goal, seed, scale, commit(), folder)
    print(json.dumps(asdict(verdict)), flush=True)
    if not verdict.passed:
        print(f"again: make fault GOAL={goal} SEED={seed} SCALE={scale}", file=sys.stderr)
    return verdict.passed


if __name__ == "__main__":
    main()
