"""Who may import whom: the contracts of `.importlinter` hold."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT

LINT = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]


def test_every_import_contract_is_kept() -> None:
    done = subprocess.run(LINT, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
