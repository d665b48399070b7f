"""Who may import whom: the contracts of `.importlinter` hold."""

import configparser
import re
import subprocess
import sys
from pathlib import Path

from deploy.standalone.house import SERVICES
from services.matching.domain import erasure
from services.portal import settings
from tests.architecture.tree import ALL_SERVICES, ROOT

LINT = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]


def test_every_import_contract_is_kept() -> None:
    done = subprocess.run(LINT, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_every_service_is_under_the_contracts() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    layers = contracts["importlinter:contract:service-layers"]["containers"].split()
    independent = contracts["importlinter:contract:services-are-independent"]["modules"].split()

    assert set(layers) == {f"services.{name}" for name in SERVICES}
    assert set(independent) == {f"services.{name}" for name in ALL_SERVICES}


def test_whoever_lists_the_services_lists_them_all() -> None:
    assert set(settings.SERVICES) == set(SERVICES), "the portal's clients"
    assert set(erasure.SERVICES) == set(SERVICES), "who owes a receipt when somebody is forgotten"


def test_every_folder_of_services_is_a_service_of_the_house_and_of_the_makefile() -> None:
    folders = {path.parent.name for path in (ROOT / "services").glob("*/__init__.py")}
    made = re.search(r"^SERVICES := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert folders == set(ALL_SERVICES)
    assert made is not None
    assert set(made[1].split()) == set(SERVICES)
