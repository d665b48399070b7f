"""A service's image holds `shared` and that service only, and it starts so."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from deploy.standalone.environment import environment
from deploy.standalone.house import SERVICES, House
from shared.runtime.settings import WrongSettings
from tests.architecture.tree import ALL_SERVICES, ROOT

PUBLIC_URL = "http://127.0.0.1:8080"


def boot(service: str, environ: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    system = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run([sys.executable, str(ROOT / "tests" / "architecture" / "boot_alone.py"), service], cwd=ROOT,
                          env={**system, **environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
                          check=False, timeout=120)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Where all topics exist already, as in operation."""
    found = environment(tmp_path, PUBLIC_URL, {}, "NORMAL")
    House(found).close()
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_boots_alone(service: str, environ: dict[str, str]) -> None:
    done = boot(service, environ)

    assert done.returncode == 0, done.stderr[-3000:]
    assert {"/livez 200", "/readyz 200", "light", "settled 0", "listed"} <= set(done.stdout.splitlines())


def test_the_portal_boots_alone(environ: dict[str, str]) -> None:
    urls = {f"{name.upper()}_URL": f"{PUBLIC_URL}/{name}" for name in SERVICES}

    done = boot("portal", environ | urls)

    assert done.returncode == 0, done.stderr[-3000:]
    assert "/livez 200" in done.stdout.splitlines()


def test_reaching_for_another_service_is_noticed(environ: dict[str, str], tmp_path: Path) -> None:
    script = tmp_path / "reach.py"
    script.write_text("import sys\nfrom tests.architecture.boot_alone import Alone\n"
                      "sys.meta_path.insert(0, Alone('surveys'))\nimport services.matching.contracts.pairs\n")

    done = subprocess.run([sys.executable, str(script)], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True,
                          text=True, check=False)

    assert done.returncode == 1
    assert "surveys reaches for services.matching" in done.stderr


@pytest.mark.parametrize("service", ALL_SERVICES)
def test_a_service_without_settings_names_all_that_is_missing(service: str) -> None:
    settings = import_module(f"services.{service}.settings")

    with pytest.raises(WrongSettings) as refused:
        settings.read({})

    assert str(refused.value).count("is missing") >= 2
