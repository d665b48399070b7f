"""`ithaca events` and `ithaca doctor` on houses that are well, ill and not there."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from deploy.standalone.cli import main
from deploy.standalone.environment import environment
from deploy.standalone.folder import entered
from deploy.standalone.house import House
from deploy.standalone.visitor import Visitor
from shared.kernel.clock import SettableClock, SystemClock, iso

PROGRAMME = {"template": "leadership", "name": "Rising", "starts_on": "2026-03-02"}


class Home:
    """A small house in a folder: lived in, closed again, and looked at from the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = SettableClock(SystemClock().now() - timedelta(days=2))
        self.house = House(environment(folder, "http://127.0.0.1:8080", {"COLUMNS": "200"}), self.clock)
        self.visitor = Visitor(self.house)

    def open_a_programme(self, *, settle: bool = True) -> str:
        made = self.visitor.send("POST", "matching/programmes", json=PROGRAMME)
        self.visitor.send("POST", f"matching/programmes/{made['id']}/opening")
        if settle:
            self.house.settle()
        return str(made["id"])

    def run(self, *words: str) -> Result:
        return CliRunner(env={"COLUMNS": "300"}).invoke(main, [*words, "--data", str(self.folder)])

    def events(self, *words: str) -> list[dict[str, Any]]:
        result = self.run("events", *words)
        assert result.exit_code == 0, result.output
        return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "data")
    yield home
    home.house.close()


@pytest.mark.feature("O7")
def test_events_are_replayed_whole_or_from_a_moment(home: Home) -> None:
    first = home.open_a_programme()
    home.clock.set(SystemClock().now())
    second = home.open_a_programme()

    since = iso(home.clock.now() - timedelta(hours=1))

    assert [one["key"] for one in home.events("replay", "--type", "programme-opened")] == [first, second]
    assert [one["key"] for one in home.events("replay", "--since", since)] == [second]
    assert home.events("replay", "--topic", "mentoring.pairs.v1") == []


def test_the_tail_begins_with_the_last_few(home: Home) -> None:
    made = [home.open_a_programme() for _ in range(3)]

    assert [one["key"] for one in home.events("tail", "--no-follow", "--last", "2")] == made[1:]
    assert home.events("tail", "--no-follow", "--last", "0") == []


@pytest.mark.parametrize(("words", "said"), [
    (("replay", "--since", "yesterday"), "no moment with a time zone"),
    (("replay", "--topic", "pairs"), "no topic pairs; there are mentoring.people.v1"),
    (("tail", "--type", "pair-vanished"), "no type mentoring.pair-vanished.v1"),
    (("tail", "--last", "-1"), "-1 is not in the range")])
def test_wrong_options_are_named_with_what_would_be_right(home: Home, words: tuple[str, ...], said: str) -> None:
    result = home.run("events", *words)

    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("words", [("doctor",), ("events", "tail"), ("events", "replay")])
def test_a_house_that_is_not_there_is_not_made_by_looking(tmp_path: Path, words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*words, "--data", str(tmp_path / "nothing")])

    assert result.exit_code == 4
    assert "ithaca up --data" in result.stderr
    assert not (tmp_path / "nothing").exists()


def test_the_doctor_finds_a_house_well(home: Home) -> None:
    home.open_a_programme()

    result = home.run("doctor")

    assert result.exit_code == 0, result.output
    assert "is not running" in result.stdout
    assert "engine sqlite, version 3." in result.stdout
    assert "!!" not in result.stdout


def test_the_doctor_sees_that_a_house_runs(home: Home) -> None:
    with entered(home.folder):
        assert "is running" in home.run("doctor").stdout


def test_what_waits_too_long_is_named_with_what_to_do(home: Home) -> None:
    home.open_a_programme(settle=False)

    result = home.run("doctor")

    assert result.exit_code == 1
    assert "3 event(s) wait to be published, the oldest since" in result.stdout
    assert "see that the house or the worker runs" in result.stdout


def test_a_consumer_that_lags_is_named(home: Home) -> None:
    home.open_a_programme(settle=False)
    home.house.rooms["matching"].worker.relay.step()

    result = home.run("doctor")

    assert result.exit_code == 1
    assert "1 event(s) not yet handled" in result.stdout


def test_parked_keys_are_named_with_the_command_that_lists_them(home: Home) -> None:
    park_something(home)

    result = home.run("doctor")

    assert result.exit_code == 1
    assert "1 key(s) parked" in result.stdout
    assert "python -m services.surveys.entrypoints.cli dead-letters list" in result.stdout


def park_something(home: Home) -> None:
    """An event that no schema takes."""
    programme = home.open_a_programme(settle=False)
    home.house.rooms["matching"].worker.relay.step()
    home.house.log.database.write(  # type: ignore[attr-defined]
        lambda db: db.execute("UPDATE records SET event=? WHERE key=?", (b"no event", programme)))
    home.house.settle()


@pytest.mark.parametrize("file", ["events.db", "surveys.db"])
def test_a_broken_file_is_named_and_what_to_do_about_it(home: Home, file: str) -> None:
    home.house.close()
    (home.folder / file).write_bytes(b"This is no database, whatever it was before. " * 100)

    result = home.run("doctor")

    assert result.exit_code == 1
    assert "file is not a database" in result.stdout
    assert "put the files back from a backup" in result.stdout


@pytest.mark.parametrize("file", ["events.db", "surveys.db"])
def test_a_file_that_is_gone_is_missed_and_not_made_anew(home: Home, file: str) -> None:
    home.house.close()
    (home.folder / file).unlink()

    result = home.run("doctor")

    assert result.exit_code == 1
    assert f"{file} is missing" in result.stdout
    assert not (home.folder / file).exists()
