"""Templates are compiled once, not at every start."""

from errno import EROFS
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from services.portal.pages.compiled import CompiledTemplates


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text("<p>{{ name }} {{ 'ab' | shown }}")
    return tmp_path


def a_start(templates: Path, shown: str = "upper") -> tuple[str, list[str]]:
    """What a page looks like after it, and what had to be compiled for that."""
    compiled: list[str] = []

    class Compiling(Environment):
        def _generate(self, source: object, name: str | None, *rest: object, **more: object) -> str:
            compiled.append(str(name))
            return super()._generate(source, name, *rest, **more)  # type: ignore[arg-type]

    environment = Compiling(loader=FileSystemLoader(templates), bytecode_cache=CompiledTemplates(templates))
    environment.filters["shown"] = getattr(str, shown)
    return environment.get_template("page.html").render(name="Ada"), compiled


def test_the_second_start_compiles_nothing(templates: Path) -> None:
    first, second = a_start(templates), a_start(templates)

    assert first == ("<p>Ada AB", ["page.html"])
    assert second == ("<p>Ada AB", [])


def test_a_template_that_changed_is_compiled_anew(templates: Path) -> None:
    a_start(templates)
    (templates / "page.html").write_text("<h1>{{ name }}")

    assert a_start(templates) == ("<h1>Ada", ["page.html"])


def test_code_that_changed_makes_them_anew(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_start(templates)
    (templates / "newer.py").write_text("")
    monkeypatch.setattr("services.portal.pages.compiled.HERE", templates)

    assert a_start(templates, "title") == ("<p>Ada Ab", ["page.html"])


def test_a_disk_that_cannot_be_written_is_no_reason_to_fail(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(EROFS, "read-only file system")
    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)

    assert [a_start(templates) for _ in range(2)] == [("<p>Ada AB", ["page.html"])] * 2
