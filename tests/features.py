"""Which features of the catalogue are proven by which tests: `python -m tests.features`."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent


def proofs() -> dict[str, list[str]]:
    """Feature id → tests that carry it in `@pytest.mark.feature`."""
    found: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                for feature in _features(node):
                    found.setdefault(feature, []).append(f"{path.relative_to(TESTS)}::{node.name}")
    return found


def _features(node: ast.FunctionDef) -> Iterator[str]:
    for mark in node.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.feature":
            yield from (str(argument.value) for argument in mark.args if isinstance(argument, ast.Constant))


def main() -> None:
    found = proofs()
    for feature in sorted(found, key=lambda one: (one[0], len(one), one)):
        print(f"{feature:6} " + "\n       ".join(found[feature]))
    print(f"{len(found)} features proven so far")


if __name__ == "__main__":
    main()
