"""What is committed: ours, readable, and free of this or that machine."""

import ast
import re
from pathlib import Path

from tests.architecture.tree import modules, short, tracked

REGISTRIES = re.compile(
    r"p[y]pi\.org|p[y]thonhosted|registry\.[n]pmjs|[m]aven\.org|[m]aven2|proxy\.[g]olang|static\.[c]rates|deb\.[d]ebian",
    re.IGNORECASE)
MACHINES = re.compile(r"(?<![\w.~$}])/(?:work|farm|root|home|Users)/\w")
FOREIGN = re.compile(
    r"(?:^|/)(?:node_modules|vendor|third[-_]party|static)/|\.LEGAL\.txt$"
    r"|\.(?:jar|whl|woff2?|ttf|min\.js|min\.css|map)$")
LEVELS = {"debug", "info", "warning", "error", "exception"}
VAGUE = {"utils", "helpers", "common", "base", "manager", "misc"}
MAX_BYTES = 400_000
EVERYTHING = {"Exception", "BaseException"}
LOOPS = {f"shared/{name}.py" for name in ("runtime/worker", "messaging/consumer", "messaging/dead_letters",
                                          "messaging/clock_loop", "messaging/relay", "sqlite/writers")}
"""The worker's loops, and what they call once for each event: the handlers' code is not theirs. Who writes for others
tells each of them what was raised."""


def text_of(path: Path) -> str:
    """Empty for pictures and the like."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_registry_and_no_machine_is_named() -> None:
    found = [f"{short(path)}: {match.group()}" for path in tracked() for kind in (REGISTRIES, MACHINES)
             if (match := kind.search(text_of(path)))]

    assert found == []


def test_what_others_made_is_fetched_not_committed() -> None:
    assert [short(path) for path in tracked() if FOREIGN.search(short(path))] == []


def test_no_file_is_too_big_to_be_ours() -> None:
    assert [short(path) for path in tracked() if path.stat().st_size > MAX_BYTES] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [short(path) for path, tree in modules().items() if tree.body and not ast.get_docstring(tree)]

    assert silent == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [short(path) for path in modules() if {path.stem, path.parent.name} & VAGUE] == []


def test_nothing_is_swallowed_blindly_outside_the_loops() -> None:
    blind = {short(path) for path, tree in modules().items() for node in ast.walk(tree)
             if isinstance(node, ast.ExceptHandler) and catches_all(node) and not isinstance(node.body[-1], ast.Raise)}

    assert blind <= LOOPS


def catches_all(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or (isinstance(handler.type, ast.Name) and handler.type.id in EVERYTHING)


def test_log_events_are_constant() -> None:
    odd = [f"{short(path)}:{node.lineno}" for path, tree in modules().items() for node in ast.walk(tree)
           if isinstance(node, ast.Call) and is_log_call(node) and not is_constant_fact(node)]

    assert odd == []


def is_log_call(node: ast.Call) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log"), attr=level)):
            return level in LEVELS
    return False


def is_constant_fact(node: ast.Call) -> bool:
    first = node.args[0] if node.args else None
    return isinstance(first, ast.Constant) and bool(re.fullmatch(r"[a-z]+(_[a-z]+)+", str(first.value)))
