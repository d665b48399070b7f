"""Machine code is kept where that can be, and made again where not."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba.core.errors import NumbaError
from numba.core.event import trigger_event

from services.matching.engine.compiling import compiles, kernel, maker

ROOT = Path(__file__).parents[4]
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


def test_machine_code_is_kept_beside_the_source(tmp_path: Path) -> None:
    assert called(tmp_path, CALL) == "42"

    assert list((tmp_path / "__pycache__").glob("doubling.twice*.nbi"))


def test_a_kernel_that_makes_an_array_is_refused() -> None:
    def made(size: int) -> int:
        return len(np.zeros(size))

    with pytest.raises(NumbaError):
        kernel(made)(3)

    assert maker(made)(3) == 3


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("a file")

    assert called(tmp_path, CALL) == "42"


@pytest.mark.parametrize("code", [SPOILED, FULL])
def test_a_folder_that_can_be_written_no_more_is_no_error(tmp_path: Path, code: str) -> None:
    assert called(tmp_path, code) == "42"


def test_compiling_is_known_while_it_lasts() -> None:
    with trigger_event("numba:compile"):
        during = compiles()

    assert (during, compiles()) == (True, False)
