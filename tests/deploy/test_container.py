"""Web and worker run from one image, as a user of no rights, where only a temporary folder may be written."""

from pathlib import Path

import pytest

from deploy.standalone.environment import environment
from deploy.standalone.house import SERVICES, House
from shared.runtime.web import GRACE
from tests.architecture.image import an_image
from tests.architecture.tree import ALL_SERVICES
from tests.deploy.container import Container, answered, build, modules_run, terminated
from tests.engines.child import free_port


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Engines that are there, and ports of our own."""
    found = environment(tmp_path / "data", "http://127.0.0.1:8080", {}, "NORMAL")
    House(found).close()
    urls = {f"{name.upper()}_URL": "http://127.0.0.1:9" for name in SERVICES}
    return found | urls | {"HTTP_PORT": str(free_port()), "PROBE_PORT": str(free_port())}


def a_container(service: str, tmp_path: Path, environ: dict[str, str]) -> Container:
    return Container(an_image(service, tmp_path / "image"), tmp_path / "volumes", environ)


@pytest.mark.parametrize("service", ALL_SERVICES)
def test_the_web_process_answers_and_ends(service: str, environ: dict[str, str], tmp_path: Path) -> None:
    container, port = a_container(service, tmp_path, environ), int(environ["HTTP_PORT"])

    with container.running(f"services.{service}.entrypoints.web") as process:
        assert [answered(process, port, path) for path in ("/livez", "/readyz", "/elsewhere")] == [200, 200, 404]
        assert terminated(process) < GRACE


@pytest.mark.parametrize("service", SERVICES)
def test_the_worker_answers_and_ends(service: str, environ: dict[str, str], tmp_path: Path) -> None:
    container, port = a_container(service, tmp_path, environ), int(environ["PROBE_PORT"])

    with container.running(f"services.{service}.entrypoints.worker") as process:
        assert [answered(process, port, path) for path in ("/livez", "/readyz", "/metrics")] == [200] * 3
        assert terminated(process) < 10


def test_pages_are_translated_as_the_image_is_made(tmp_path: Path) -> None:
    image = an_image("portal", tmp_path)

    for module in modules_run("portal"):
        build(image, module)

    assert [file.parent.parent.name for file in image.code.rglob("*.mo")] == ["de"]


@pytest.mark.slow
def test_machine_code_that_the_image_brings_is_not_compiled_again(tmp_path: Path) -> None:
    image = an_image("matching", tmp_path / "image")
    (warming,) = modules_run("matching")
    build(image, warming)
    assert list(image.code.rglob("*.nbc"))

    said = Container(image, tmp_path / "volumes", {"NUMBA_DEBUG_CACHE": "1"}).run(warming)

    assert "data loaded from" in said
    assert "data saved to" not in said
