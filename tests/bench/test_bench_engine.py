"""The benchmark of the engine runs, in a form too small to measure anything: what is judged is what it prints."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from threading import Event

import click
import pytest

from tests.bench.engine import pools
from tests.bench.engine.__main__ import measured
from tests.bench.engine.check import STEPS, SUITES, checked, graphs, steps
from tests.bench.engine.check import pools as all_pairs
from tests.bench.engine.rows import ROWS, Row
from tests.bench.engine.table import BEGIN, END, Line, written

FIELDS = ["name", "ours", "theirs", "ratio", "bound", "floor", "unit", "ok"]


def a_row(bound: str = ">=", floor: float = 1.0, figures: tuple[tuple[float, float], ...] = ((4.0, 2.0),)) -> Row:
    """Of a seed a pair of figures."""
    return Row("things", 10, "runs/s", bound, floor, 9.0, lambda seed: figures[seed],
               tuple(range(len(figures))))


def test_a_row_gives_a_line_with_all_its_fields() -> None:
    row = Row("certified-60", 60, "runs/s", ">=", 0.0, 1.0, pools.certified(60), (1,))

    line = json.loads(json.dumps(asdict(measured(row, seeds=3))))

    assert list(line) == FIELDS
    assert (line["name"], line["bound"], line["ok"]) == ("certified-60", ">=", True)


def test_the_worst_seed_counts() -> None:
    faster, longer = (a_row(bound, 2.5, ((4.0, 1.0), (4.0, 2.0), (9.0, 3.0))) for bound in (">=", "<="))

    lines = [measured(faster, seeds=3), measured(longer, seeds=3), measured(faster, seeds=1)]

    assert [(line.ratio, line.ok) for line in lines] == [(2.0, False), (4.0, False), (4.0, True)]


def test_every_row_has_a_floor_and_an_aim_beyond_it() -> None:
    assert all(row.aim >= row.floor if row.bound == ">=" else row.aim <= row.floor for row in ROWS.values())


def test_figures_are_put_in_their_place(tmp_path: Path) -> None:
    document, name = tmp_path / "benchmarks.md", next(iter(ROWS))
    document.write_text(f"before\n{BEGIN}\nyesterday\n{END}\nafter\n", encoding="utf-8")

    written(document, [Line(name, 40.0, 1.0, 40.0, ">=", 20.0, "runs/s", True)])

    text = document.read_text(encoding="utf-8")
    assert "yesterday" not in text
    assert f"| {name} | 40 | 1 | runs/s | 40 | >= 20 |" in text
    assert (text[:6], text[-6:]) == ("before", "after\n")


def test_the_suite_in_full_is_as_large_as_was_promised() -> None:
    assert min(SUITES[graphs], SUITES[all_pairs]) >= 4000
    assert SUITES[steps] * STEPS >= 16_000


def test_the_suite_ends_at_the_first_disagreement_and_names_it() -> None:
    def families(seed: int) -> None:
        assert seed < 3, "SciPy says 5"

    with pytest.raises(click.ClickException, match="families, seed 3: SciPy says 5"):
        checked(families, 9)


def test_a_solver_that_hangs_is_named() -> None:
    def hangs(seed: int) -> None:
        if seed == 2:
            Event().wait()

    with pytest.raises(click.ClickException, match="hangs, seed 2: no answer in 2 s"):
        checked(hangs, 9, patience=2.0)


def test_a_solver_that_crashes_is_named() -> None:
    with pytest.raises(click.ClickException, match="_exit, seed 0: ended without an answer"):
        checked(os._exit, 9)
