"""The benchmarks run, in a form too small to measure anything: what is judged here is what they print."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bench.__main__ import main, report
from tests.bench.contests import CONTESTS
from tests.bench.figures import Contest, Demand, Sides
from tests.bench.table import BEGIN, END, written
from tests.bench.workbench import Workbench

FIELDS = ["name", "ours", "theirs", "ratio", "bound", "floor", "unit", "ok"]


def rivals(ours: float, theirs: float, demand: Demand, left_behind: str = "") -> Contest:
    """Two that always measure the same; with `left_behind` they end unequal."""
    @contextmanager
    def opened(_bench: Workbench) -> Iterator[Sides]:
        def equal() -> None:
            assert not left_behind, left_behind
        yield Sides(lambda size: {"figure": ours}, lambda size: {"figure": theirs}, equal)
    return Contest(demand.name, opened, 10, [demand])


def at_least(floor: float) -> Demand:
    return Demand("speed", "figure", "things/s", ">=", floor)


def at_most(floor: float) -> Demand:
    return Demand("delay", "figure", "ms", "<=", floor)


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("row", ["command-sqlite", "consumer-embedded"])
def test_a_row_prints_a_line_with_all_its_fields(row: str, capsys: pytest.CaptureFixture[str]) -> None:
    contest = CONTESTS[row]

    report([contest], rounds=1, scale=0.005)

    (line,) = printed(capsys)
    assert list(line) == FIELDS
    assert (line["name"], line["bound"], line["floor"]) == (row, ">=", 0.6)


def test_a_ratio_is_ours_to_theirs_and_a_floor_is_a_bound_on_it(capsys: pytest.CaptureFixture[str]) -> None:
    contests = [rivals(60, 100, at_least(0.6)), rivals(30, 10, at_most(3))]

    report(contests, rounds=3, scale=1)

    assert [(line["ratio"], line["ok"]) for line in printed(capsys)] == [(0.6, True), (3.0, True)]


def test_a_row_under_its_floor_fails_the_run_and_the_others_still_run(capsys: pytest.CaptureFixture[str]) -> None:
    contests = [rivals(59, 100, at_least(0.6)), rivals(31, 10, at_most(3)), rivals(1, 1, at_least(0.6))]

    report(contests, rounds=3, scale=1)

    assert [line["ok"] for line in printed(capsys)] == [False, False, True]


@pytest.mark.parametrize(("ours", "code"), [(60, 0), (59, 1)])
def test_the_command_fails_with_a_row_under_its_floor(ours: float, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CONTESTS, "start", rivals(ours, 100, at_least(0.6)))

    with pytest.raises(SystemExit) as ended:
        main(["start"], standalone_mode=False)

    assert ended.value.code == code


def test_the_figures_are_put_in_their_place_in_a_document(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nof old\n{END}\nafter\n")
    lines = report([rivals(6_000, 10_000, at_least(0.6)), rivals(31, 10, at_most(3))], rounds=1, scale=1)

    written(page, lines, "2 cores")

    text = page.read_text()
    assert text.startswith(f"before\n{BEGIN}\nBefore: 2 cores. After: load ")
    assert text.endswith(f"{END}\nafter\n")
    assert "| `speed` | 6,000 | 10,000 | things/s | 0.6 | >= 0.6 | yes |" in text
    assert "| `delay` | 31 | 10 | ms | 3.1 | <= 3 | **no** |" in text
    assert "of old" not in text


def test_contenders_that_leave_different_things_behind_are_no_contest() -> None:
    contest = rivals(1, 1, at_least(0.6), left_behind="one document less")

    with pytest.raises(AssertionError, match="one document less"):
        report([contest], rounds=1, scale=1)
