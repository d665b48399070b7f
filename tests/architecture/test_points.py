"""Every named point of the code is one that the fault run kills at, and the other way round."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.tree import ROOT, modules
from tests.fault.named import POINTS

ROW = re.compile(r"^\| `([a-z-]+)` \| (.+?)(?: \(.*\))? \|$", re.MULTILINE)


def reached_in_code() -> Iterator[str]:
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "reached":
                yield ast.literal_eval(node.args[0])


def test_a_point_that_no_run_kills_at_fails_the_build() -> None:
    assert set(reached_in_code()) == set(POINTS)


def test_the_page_says_what_must_come_of_each() -> None:
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")

    assert dict(ROW.findall(page)) == {name: point.outcome for name, point in POINTS.items()}


def test_every_point_is_reached_by_somebody() -> None:
    assert all(point.reached_by and point.engines for point in POINTS.values())
