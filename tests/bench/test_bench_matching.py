"""The benchmark of matching runs, in a form too small to measure anything: what is judged is what it prints."""

import pytest

from tests.bench.matching.__main__ import GROWING, figures
from tests.bench.workbench import Workbench


@pytest.mark.slow
def test_every_figure_is_printed_and_every_pair_is_told_once_though_the_worker_was_killed() -> None:
    with Workbench() as bench:
        lines = {line.name: line for line in figures(bench, 2_500, times=2)}

    assert {f"growth-{stage}" for stage in GROWING} | {"import-sqlite", "killed-publishing"} <= lines.keys()
    for of, most in (("GET /v1/programmes/", 15), ("page /programmes/", 20)):
        assert len([name for name in lines if name.startswith(of)]) > most
    told = lines["killed-publishing"]
    assert (told.ours, told.ratio) == (500, 1.0)
