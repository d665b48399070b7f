"""The measures of the house style, printed with `-s`, and held where they matter: at the tail."""

import ast
from statistics import quantiles
from typing import NamedTuple

from tests.architecture.tree import modules, short

Function = ast.FunctionDef | ast.AsyncFunctionDef
KERNELS = "services/matching/engine/"
"""Compiled by numba: a loop is one function there, because a call costs what it does."""


class Size(NamedTuple):
    """How long something is."""

    lines: int
    where: str


def function_sizes() -> list[Size]:
    """Without decorators and docstrings: what has to be understood."""
    return sorted(Size(body_lines(node), f"{short(path)}:{node.lineno} {node.name}")
                  for path, tree in modules().items() for node in ast.walk(tree) if isinstance(node, Function))


def body_lines(node: Function) -> int:
    whole = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    documented = ast.get_docstring(node) is not None
    return whole - ((first.end_lineno or 0) - first.lineno + 1 if documented else 0)


def module_sizes() -> list[Size]:
    return sorted(Size(path.read_text(encoding="utf-8").count("\n"), short(path)) for path in modules())


def nine_in_ten(sizes: list[Size]) -> float:
    return quantiles([size.lines for size in sizes], n=10)[8]


def median(sizes: list[Size]) -> int:
    return sizes[len(sizes) // 2].lines


def test_functions_are_small() -> None:
    sizes = function_sizes()

    print(f"\nfunctions: {len(sizes)}, median {median(sizes)}, nine in ten {nine_in_ten(sizes):.0f}")
    print(*(f"  {size.lines:4} {size.where}" for size in sizes[-5:]), sep="\n")
    assert median(sizes) <= 6
    assert nine_in_ten(sizes) <= 18
    assert sizes[-1].lines <= 45, sizes[-1]


def test_functions_outside_the_kernels_have_no_long_tail() -> None:
    longest = max(size for size in function_sizes() if not size.where.startswith(KERNELS))

    print(f"\nfunctions outside the engine: {longest.lines} {longest.where}")
    assert longest.lines <= 35, longest


def test_modules_are_small() -> None:
    sizes = module_sizes()

    print(f"\nmodules: {len(sizes)}, median {median(sizes)}, nine in ten {nine_in_ten(sizes):.0f}")
    print(*(f"  {size.lines:4} {size.where}" for size in sizes[-5:]), sep="\n")
    assert nine_in_ten(sizes) <= 180
    assert sizes[-1].lines <= 240, sizes[-1]


def test_shared_code_stays_the_smaller_part() -> None:
    lines = {part: sum(size.lines for size in module_sizes() if size.where.startswith(part))
             for part in ("shared/", "services/", "deploy/")}

    share = lines["shared/"] / sum(lines.values())
    print(f"\nshared: {share:.0%} of {sum(lines.values())} lines")
    assert share <= 0.25
