"""A machine without Java or Maven hears it once and goes on; where everything must be there, it stops."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engines import install
from tests.engines.cache import EngineMissing, folder, installed

Machine = Callable[..., None]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """One that has only the tools that are named, and no engine yet."""
    def has(*tools: str, ci: str = "") -> None:
        for tool in tools:
            (tmp_path / tool).write_text("#!/bin/sh\nexit 1\n")
            (tmp_path / tool).chmod(0o755)
        for name, value in (("PATH", tmp_path), ("ITHACA_CACHE", tmp_path / "cache"), ("CI", ci)):
            monkeypatch.setenv(name, str(value))
    return has


def has_engines() -> None:
    for engine in install.GOALS:
        folder(engine).mkdir(parents=True)
        (folder(engine) / "warm").touch()


@pytest.mark.parametrize(("tools", "wanted"), [((), "java was not found"), (("java",), "mvn was not found")])
def test_without_a_tool_there_is_one_loud_line(machine: Machine, capsys: pytest.CaptureFixture[str],
                                               tools: tuple[str, ...], wanted: str) -> None:
    machine(*tools)

    code = install.main()

    assert code == 0
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"REAL ENGINES WILL NOT BE TESTED: {wanted}: install ")


@pytest.mark.parametrize("tools", [(), ("java",)])
def test_where_everything_must_be_there_it_stops(machine: Machine, tools: tuple[str, ...]) -> None:
    machine(*tools, ci="true")

    assert install.main() == 1


def test_maven_is_wanted_only_to_fetch(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine("java", ci="true")
    has_engines()

    code = install.main()

    assert code == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == list(install.GOALS)


def test_a_fetch_that_fails_is_no_missing_tool(machine: Machine) -> None:
    machine("java", "mvn")

    with pytest.raises(SystemExit, match="Maven could not fetch kafka"):
        install.main()


def test_a_test_that_needs_java_says_what_to_install(machine: Machine) -> None:
    machine()
    has_engines()

    with pytest.raises(EngineMissing, match="a JDK of 17 or newer"):
        installed("kafka")
