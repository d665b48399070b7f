"""Machine code is kept where that can be, and made again where not."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from numba.core.event import trigger_event

from services.matching.engine.compiling import compiles

ROOT = Path(__file__).parents[4]
ENGINE = ROOT / "services" / "matching" / "engine"
HARMLESS = {"bool", "int", "len", "max", "min", "range", "np.argmin", "np.int32", "np.int64", "np.searchsorted",
            "np.uint32", ".type"}
"""What makes no array, nor is compiled as something that does."""
LEAKS = """
import os
os.environ["NUMBA_NRT_STATS"] = "1"
import numba.core.runtime
from services.matching.engine.solve import solve
from services.matching.engine.solve_pool import OBJECTIVES, solve_pool
from services.matching.engine.warming import warm
from tests.unit.matching.engine.instances import a_random_instance, a_random_instance_of_several
from tests.unit.matching.pool.builders import a_pool
for seed in range(20):
    solve(a_random_instance(seed).problem)
    solve(a_random_instance_of_several(seed).problem)
    for objective in OBJECTIVES:
        solve_pool(a_pool(seed), k=1, objective=objective)
    warm()
stats = numba.core.runtime.rtsys.get_allocation_stats()
print(stats.alloc > 1000, stats.alloc - stats.free, stats.mi_alloc - stats.mi_free)
"""
KERNEL = """
from services.matching.engine.compiling import kernel

@kernel
def twice(number: int) -> int:
    return 2 * number
"""
CALL = "import doubling; print(doubling.twice(21))"
SPOILED = """
import doubling, pathlib, shutil
kept = pathlib.Path(doubling.__file__).parent / "__pycache__"
shutil.rmtree(kept, ignore_errors=True)
kept.write_text("a file")
print(doubling.twice(21))
"""
FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
import doubling
print(doubling.twice(21))
"""


def called(folder: Path, code: str) -> str:
    """What a process of its own says, which has no other place for machine code than beside the source."""
    (folder / "doubling.py").write_text(KERNEL)
    (folder / "none").write_text("a file")
    environ = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}", "PYTHONDONTWRITEBYTECODE": "1",
               "XDG_CACHE_HOME": str(folder / "none" / "below"), "HOME": str(folder / "none")}
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=False)
    return done.stdout.strip() or done.stderr


@pytest.mark.slow
def test_machine_code_is_kept_beside_the_source(tmp_path: Path) -> None:
    assert called(tmp_path, CALL) == "42"

    assert list((tmp_path / "__pycache__").glob("doubling.twice*.nbi"))


def functions() -> dict[str, tuple[set[str], set[str]]]:
    """Of each compiled function, by name, how it is compiled and what it calls: `np.empty`, `.copy` of something,
    `sit`. Those of one name count as one."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for source in ENGINE.glob("*.py"):
        for one in ast.parse(source.read_text()).body:
            if isinstance(one, ast.FunctionDef) and (marks := [ast.unparse(mark) for mark in one.decorator_list]):
                called = [node.func for node in ast.walk(one) if isinstance(node, ast.Call)]
                kinds, names = found.setdefault(one.name, (set(), set()))
                kinds.add(marks[0])
                names.update(name_of(call) for call in called)
    return found


def name_of(call: ast.expr) -> str:
    name = ast.unparse(call)
    return f".{call.attr}" if isinstance(call, ast.Attribute) and not name.startswith("np.") else name


def test_kernels_call_only_what_makes_no_arrays_and_nobody_else_counts() -> None:
    # numba refuses what makes one only where nobody had such an array made before; else it would never be freed
    known, harmless = functions(), set(HARMLESS)
    while more := {name for name, (kinds, called) in known.items()
                   if called <= harmless and "maker" not in kinds} - harmless:  # fmt: skip
        harmless |= more

    assert {name for name, (kinds, _) in known.items() if "kernel" in kinds} <= harmless
    assert {name for name, (kinds, called) in known.items() if "maker" in kinds and called <= harmless} == set()


@pytest.mark.slow
def test_all_that_was_made_is_freed() -> None:
    done = subprocess.run([sys.executable, "-c", LEAKS], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stdout.split() == ["True", "0", "0"], done.stderr


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("a file")

    assert called(tmp_path, CALL) == "42"


@pytest.mark.slow
@pytest.mark.parametrize("code", [SPOILED, FULL])
def test_a_folder_that_can_be_written_no_more_is_no_error(tmp_path: Path, code: str) -> None:
    assert called(tmp_path, code) == "42"


def test_compiling_is_known_while_it_lasts() -> None:
    with trigger_event("numba:compile"):
        during = compiles()

    assert (during, compiles()) == (True, False)
