"""`ithaca up` and `demo` as somebody runs them: in processes of their own, ended in every way."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from deploy.standalone.folder import LIVED, LIVING, mark_year, year
from services.portal.assets import build
from shared.web.tokens import TokenIssuer, key_file

COMMAND = [sys.executable, "-m", "deploy.standalone.cli"]
PATIENCE = 90
PROGRAMME = {"template": "leadership", "name": "Rising", "starts_on": "2026-03-02"}


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    build.main()


@contextmanager
def running(*words: str) -> Iterator["subprocess.Popen[str]"]:
    """The command, ended hard at the end if it still runs."""
    process = subprocess.Popen([*COMMAND, *words], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               start_new_session=True)
    with process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def done(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*COMMAND, *words], text=True, capture_output=True, timeout=PATIENCE, check=False)


def greeting(process: "subprocess.Popen[str]") -> str:
    """Waits until the house is open."""
    assert process.stdout
    return process.stdout.readline()


@retry(retry=retry_if_exception_type(httpx.TransportError), stop=stop_after_delay(PATIENCE), wait=wait_fixed(0.1))
def ask(method: str, bind: str, folder: Path, **more: Any) -> httpx.Response:
    """As the programme office, from outside."""
    token = TokenIssuer(key_file(folder / "token-key.pem")).mint("office", person_id="o", roles=["programme-office"])
    return httpx.request(method, f"http://{bind}/matching/v1/programmes", timeout=PATIENCE,
                         headers={"Authorization": f"Bearer {token}"}, **more)


def test_what_was_accepted_survives_kill_9(tmp_path: Path, bind: str) -> None:
    with running("up", "--data", str(tmp_path), "--bind", bind) as first:
        assert f"Ithaca is on http://{bind}" in greeting(first)
        made = ask("POST", bind, tmp_path, json=PROGRAMME)
        os.killpg(first.pid, signal.SIGKILL)

    with running("up", "--data", str(tmp_path), "--bind", bind) as second:
        greeting(second)
        kept = ask("GET", bind, tmp_path).json()["items"]

    assert made.status_code == 201
    assert [one["id"] for one in kept] == [made.json()["id"]]


def test_a_second_house_on_the_folder_or_the_address_is_refused(tmp_path: Path, bind: str) -> None:
    with running("up", "--data", str(tmp_path / "one"), "--bind", bind) as first:
        greeting(first)

        folder = done("up", "--data", str(tmp_path / "one"), "--bind", "127.0.0.1:1")
        address = done("up", "--data", str(tmp_path / "two"), "--bind", bind)

    assert (folder.returncode, address.returncode) == (4, 3)
    assert "is in use by another ithaca" in folder.stderr
    assert "address already in use" in address.stderr
    assert "Traceback" not in folder.stderr + address.stderr


def test_ctrl_c_drains_and_ends_well(tmp_path: Path, bind: str) -> None:
    with running("up", "--data", str(tmp_path), "--bind", bind) as house:
        greeting(house)
        house.send_signal(signal.SIGINT)

        assert house.wait(PATIENCE) == 0
        assert "Traceback" not in house.stderr.read()  # type: ignore[union-attr]


def test_ctrl_c_during_the_year_says_what_comes_next(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with running("demo", "--data", str(folder), "--no-serve") as year_long:
        wait_for(folder / "matching.db")
        year_long.send_signal(signal.SIGINT)

        assert year_long.wait(PATIENCE) == 130
        said = year_long.stderr.read()  # type: ignore[union-attr]

    assert "the next `ithaca demo` begins the half year anew" in said
    assert "Traceback" not in said
    assert year(folder) == LIVING


@retry(retry=retry_if_exception_type(AssertionError), stop=stop_after_delay(PATIENCE), wait=wait_fixed(0.05))
def wait_for(path: Path) -> None:
    assert path.exists()


def test_a_lived_year_is_kept(tmp_path: Path) -> None:
    mark_year(tmp_path, LIVED)
    (tmp_path / "events.db").write_text("the past")

    again = done("demo", "--data", str(tmp_path), "--no-serve")

    assert again.returncode == 0
    assert "was lived before; --anew lives it again" in again.stdout
    assert (tmp_path / "events.db").read_text() == "the past"


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("precious")

    refused = done("demo", "--data", str(tmp_path), "--no-serve", "--anew")

    assert refused.returncode == 4
    assert "holds something else: choose another folder" in refused.stderr
    assert (tmp_path / "thesis.txt").read_text() == "precious"


@pytest.mark.parametrize(("words", "code", "said"), [
    (["up", "--bind", "nowhere"], 2, "nowhere is no address"),
    (["up", "--log-level", "LOUD"], 2, "'LOUD' is not one of"),
    (["up", "--data", "/dev/null/data"], 4, "cannot be written (not a directory)"),
    (["up", "--port", "80"], 2, "No such option"),
    (["upp"], 2, "No such command 'upp'")])
def test_what_is_wrong_is_said_in_a_sentence(words: list[str], code: int, said: str) -> None:
    result = done(*words)

    assert result.returncode == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_wrong_settings_are_named_before_anything_opens(tmp_path: Path, bind: str) -> None:
    environ = {**os.environ, "CODE_SECRET": "short", "SMTP_URL": "gopher://mail"}

    result = subprocess.run([*COMMAND, "up", "--data", str(tmp_path), "--bind", bind], text=True, capture_output=True,
                            timeout=PATIENCE, check=False, env=environ)

    assert result.returncode == 2
    assert "settings: " in result.stderr
    assert "SMTP_URL" in result.stderr


def test_a_broken_store_is_named_when_the_house_opens(tmp_path: Path, bind: str) -> None:
    (tmp_path / "surveys.db").write_bytes(b"no database " * 1000)

    result = done("up", "--data", str(tmp_path), "--bind", bind)

    assert result.returncode == 3
    assert "file is not a database" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_store_that_breaks_behind_the_first_page_ends_the_house(tmp_path: Path, bind: str) -> None:
    with closing(sqlite3.connect(tmp_path / "community.db")) as store:
        store.execute("CREATE VIEW spaces AS SELECT 1 AS id")

    result = done("up", "--data", str(tmp_path), "--bind", bind)

    assert result.returncode == 3
    assert "ithaca: the store does not answer: views may not be indexed" in result.stderr
    assert "Ithaca is on" not in result.stdout
    assert "Traceback" not in result.stderr
