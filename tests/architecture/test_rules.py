"""Rules that hold over the whole tree."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.kernel.errors import DomainError
from shared.web.problems import kind_of

ROOT = Path(__file__).parents[2]
PACKAGES = ("shared", "services", "deploy")


def modules() -> Iterator[Path]:
    """Every Python module of the product."""
    for package in PACKAGES:
        yield from (path for path in (ROOT / package).rglob("*.py") if "node_modules" not in path.parts)


def tracked() -> list[str]:
    found = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return found.stdout.split("\n")[:-1]


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(path.relative_to(ROOT)) for path in modules() if not ast.get_docstring(ast.parse(path.read_text()))]

    assert not silent


def _all_errors(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for below in kind.__subclasses__():
        yield below
        yield from _all_errors(below)


def _import_everything() -> None:
    for path in modules():
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if not name.endswith(("entrypoints.web", "__main__")):
            __import__(name)


def test_every_refusal_has_a_code_of_its_own_and_a_status() -> None:
    _import_everything()
    kinds = [kind for kind in _all_errors(DomainError) if kind.__module__.split(".")[0] in PACKAGES]

    codes = [kind.code for kind in kinds]

    assert sorted(set(codes)) == sorted(codes)
    assert all(400 <= kind_of(kind).status < 600 for kind in kinds)


SUSPECT = re.compile("|".join([r"p[y]pi\.org", r"files\.p[y]thonhosted", r"registry\.n[p]mjs", r"repo\d?\.m[a]ven",
                               r"(?<![\w.])/(?:w[o]rk|r[o]ot)/"]))


def test_no_file_names_a_registry_or_a_place_of_one_machine() -> None:
    found = []
    for name in tracked():
        path = ROOT / name
        text = path.read_text(errors="replace") if path.is_file() and path.suffix != ".png" else ""
        if SUSPECT.search(text):
            found.append(name)

    assert not found


def test_nothing_of_others_is_committed() -> None:
    assert not [name for name in tracked() if "node_modules" in name or name.endswith((".woff2", ".jar", ".min.js"))]


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "base", "manager", "misc"])
def test_no_module_is_named_after_nothing(name: str) -> None:
    assert not [str(path) for path in modules() if path.stem == name]


def _functions() -> list[int]:
    sizes = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                sizes.append((node.end_lineno or node.lineno) - node.lineno + 1)
    return sorted(sizes)


def test_functions_and_modules_stay_small() -> None:
    functions = _functions()
    lines = sorted(path.read_text().count("\n") for path in modules())

    median, nine_in_ten = functions[len(functions) // 2], functions[len(functions) * 9 // 10]
    print(f"functions: median {median}, nine in ten ≤ {nine_in_ten}; modules: {lines[len(lines) * 9 // 10]}")

    assert median <= 6
    assert nine_in_ten <= 18
    assert lines[len(lines) * 9 // 10] <= 180
