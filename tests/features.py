"""Which features of the catalogue are proven by which tests: `python -m tests.features`.

A test proves a feature by `@pytest.mark.feature("H2")`; `features.txt` lists all ids there are.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent
LIST = TESTS / "features.txt"

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def known() -> dict[str, str]:
    """Id → short name, in the order of the list."""
    lines = (line for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return {feature: name.strip() for feature, _, name in (line.partition(" ") for line in lines)}


def proofs() -> dict[str, list[str]]:
    """Id → tests that bear its mark, as pytest names them."""
    found: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for name, feature in _marks(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(feature, []).append(f"{path.relative_to(TESTS.parent)}::{name}")
    return found


def _marks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, Function):
            calls = (mark for mark in node.decorator_list if isinstance(mark, ast.Call))
            marks = (call for call in calls if ast.unparse(call.func) == "pytest.mark.feature")
            yield from ((node.name, ast.literal_eval(one)) for mark in marks for one in mark.args)


def main() -> None:
    """Every id with its tests, then which are proven and which are not yet."""
    found, names = proofs(), known()
    for feature in (one for one in names if one in found):
        print(f"{feature:6}{names[feature]}", *(f"        {test}" for test in found[feature]), sep="\n")
    missing = [feature for feature in names if feature not in found]
    print(f"\n{len(names) - len(missing)} of {len(names)} proven so far. Not yet: {' '.join(missing)}")


if __name__ == "__main__":
    main()
