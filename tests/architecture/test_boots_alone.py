"""A service's image holds `shared`, that service and its libraries only, and it starts so."""

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from deploy.standalone.environment import environment
from deploy.standalone.house import SERVICES, House
from shared.runtime.settings import WrongSettings
from tests.architecture.image import Image, an_image, of_image, steps
from tests.architecture.tree import ALL_SERVICES, ROOT

PUBLIC_URL = "http://127.0.0.1:8080"


def run(image: Image, environ: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Python where nothing but the image can be imported."""
    system = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run([sys.executable, "-S", "-P", *arguments], cwd=image.code,
                          env={**system, **environ, **image.environ}, capture_output=True, text=True, check=False,
                          timeout=120)


def boot(image: Image, environ: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return run(image, environ, str(ROOT / "tests" / "architecture" / "boot_alone.py"), image.service)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Where all topics exist already, as in operation."""
    found = environment(tmp_path, PUBLIC_URL, {}, "NORMAL")
    House(found).close()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("service", SERVICES)
def test_a_service_boots_alone(service: str, environ: dict[str, str], tmp_path: Path) -> None:
    done = boot(an_image(service, tmp_path / "image"), environ)

    assert done.returncode == 0, done.stderr[-3000:]
    assert {"/livez 200", "/readyz 200", "light", "settled 0", "listed", "complete"} <= set(done.stdout.splitlines())


@pytest.mark.slow
def test_the_portal_boots_alone(environ: dict[str, str], tmp_path: Path) -> None:
    urls = {f"{name.upper()}_URL": f"{PUBLIC_URL}/{name}" for name in SERVICES}

    done = boot(an_image("portal", tmp_path / "image"), environ | urls)

    assert done.returncode == 0, done.stderr[-3000:]
    assert {"/livez 200", "/readyz 200", "light", "complete"} <= set(done.stdout.splitlines())


@pytest.mark.parametrize("other", ["services.matching.contracts.pairs", "deploy.standalone.house", "tests", "pytest"])
def test_an_image_holds_nothing_else(other: str, tmp_path: Path) -> None:
    done = run(an_image("surveys", tmp_path), {}, "-c", f"import services.surveys.bootstrap, {other}")

    assert done.returncode == 1
    assert "ModuleNotFoundError: No module named" in done.stderr
    assert other.split(".")[-3 if "." in other else -1] in done.stderr.splitlines()[-1]


def test_the_builder_is_sent_what_images_are_made_of_and_no_more() -> None:
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    sources = {step.value.split("/")[0].split()[0] for service in ALL_SERVICES for step in steps(service)
               if step.word == "COPY" and not step.value.startswith("--from")}

    assert rules[1] == "*"
    assert {rule.removeprefix("!") for rule in rules if rule.startswith("!")} == sources


def test_an_image_runs_as_a_user_of_no_rights_and_is_made_of_exact_versions() -> None:
    images = {step.value for step in steps("surveys") if step.word == "ARG" and ":" in step.value}

    assert [step.value for step in of_image("matching") if step.word == "USER"][-1] == "10001:10001"
    assert all(re.fullmatch(r"[A-Z]+=[a-z]+:\d+\.\d+\.\d+-[a-z-]+", image) for image in images)
    assert len(images) == 2


@pytest.mark.parametrize("service", ALL_SERVICES)
def test_a_service_without_settings_names_all_that_is_missing(service: str) -> None:
    settings = import_module(f"services.{service}.settings")

    with pytest.raises(WrongSettings) as refused:
        settings.read({})

    assert str(refused.value).count("is missing") >= 2
