"""Every test that the page of bad days names is there."""

import ast
import re

import pytest

from tests.architecture.tree import ROOT

PAGE = ROOT / "docs" / "bad-days.md"
ROW = re.compile(r"^\| (?!What|---)([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
QUOTED = re.compile(r"`([^`]+)`")


def rows() -> list[tuple[str, str]]:
    """What goes wrong, and the tests that stand beside it."""
    return [(wrong, tests) for wrong, _, tests in ROW.findall(PAGE.read_text(encoding="utf-8"))]


def named(tests: str) -> list[tuple[str, str]]:
    """File and function of each: a file holds for all names that follow it."""
    found, file = [], ""
    for one in QUOTED.findall(tests):
        if one.endswith(".py"):
            file = one
        else:
            found.append((file, one))
    return found


def functions(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_the_page_has_its_rows() -> None:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    heads = [line for line in lines if line.startswith("| What")]

    assert len(rows()) == len(lines) - len(heads) >= 60


@pytest.mark.parametrize(("wrong", "tests"), rows(), ids=[wrong for wrong, _ in rows()])
def test_every_bad_day_has_its_tests(wrong: str, tests: str) -> None:
    found = named(tests)

    assert found, wrong
    assert [(file, name) for file, name in found if name not in functions(file)] == []
