"""What the pages name is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, modules, short, tracked

STEP = re.compile(r"^\| \d+ \| [^|]+ \| ([^|]+) \| ([^|]+) \|", re.MULTILINE)
QUOTED = re.compile(r"`([^`]+)`")
PATH = re.compile(r"`((?:services|shared|deploy|tests|docs|requirements)/[\w./-]+\.\w+)`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


def pages() -> list[Path]:
    """Markdown for readers; templates of mails are none."""
    return [path for path in tracked("*.md") if "templates" not in path.parts]


@cache
def names(path: Path) -> set[str]:
    """Functions and classes of a module, methods as `Class.method` and by themselves."""
    return {name for node in modules()[path].body for name in names_of(node)} | {
        node.name for node in ast.walk(modules()[path]) if isinstance(node, ast.FunctionDef)}


def names_of(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.ClassDef):
        return [node.name, *(f"{node.name}.{one.name}" for one in node.body if isinstance(one, ast.FunctionDef))]
    return [node.name] if isinstance(node, ast.FunctionDef) else []


def steps() -> list[tuple[list[str], list[str]]]:
    """Of each row of the flow: files, and what is in each of them."""
    text = (ROOT / "docs" / "flow.md").read_text(encoding="utf-8")
    return [(QUOTED.findall(where), QUOTED.findall(what)) for where, what in STEP.findall(text)]


def test_the_flow_has_its_steps() -> None:
    assert len(steps()) >= 18
    assert all(files and found for files, found in steps())


@pytest.mark.parametrize(("files", "found"), steps(), ids=[",".join(found) for _, found in steps()])
@pytest.mark.slow
def test_every_function_of_the_flow_is_where_the_page_says(files: list[str], found: list[str]) -> None:
    for file in files:
        assert (ROOT / file) in modules(), file
        assert set(found) <= names(ROOT / file), file


def test_every_file_a_page_names_exists() -> None:
    missing = {f"{short(page)}: {path}" for page in pages() for path in PATH.findall(page.read_text("utf-8"))
               if "…" not in path and not (ROOT / path).exists()}

    assert missing == set()


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = {f"{short(page)}: {target}" for page in pages() for target in LINK.findall(page.read_text("utf-8"))
              if not (page.parent / target).exists()}

    assert broken == set()


def test_every_decision_has_its_four_parts_on_one_page() -> None:
    for page in sorted((ROOT / "docs" / "adr").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Status", "Consequences"], page
        assert text.count("\n") <= 60, page
