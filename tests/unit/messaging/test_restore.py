"""A store comes back from a backup: what is told from then on is newer than what was lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from deploy.standalone.cli import main
from deploy.standalone.environment import environment
from shared.kernel.ids import derived_id
from shared.runtime.cli import commands
from shared.runtime.engines import open_store
from tests.unit.messaging.harbour import START, Boat, Harbour, Sighting


def seen(harbour: Harbour) -> Sighting:
    return harbour.sightings.get(derived_id("sighting", "argo"))


def sail(folder: Path, *crews: int) -> None:
    """The boat leaves, the tower sees it, and everybody goes home."""
    harbour = Harbour(folder)
    if not harbour.boats.exists("argo"):
        harbour.boats.add(Boat(id="argo"))
    for crew in crews:
        harbour.boats.change("argo", lambda boat, crew=crew: boat.leave(crew, START))  # type: ignore[misc]
    harbour.settle()
    harbour.close()


def restored(folder: Path, service: str, meanwhile: Callable[[], None]) -> None:
    """A backup is made, time goes on, the backup comes back."""
    backup = folder / "backup"
    shutil.copy(folder / f"{service}.db", backup)
    meanwhile()
    for file in folder.glob(f"{service}.db*"):
        file.unlink()
    shutil.copy(backup, folder / f"{service}.db")


@pytest.mark.parametrize(("told", "crew", "times"), [(True, 9, 4), (False, 3, 3)])
def test_what_a_restored_producer_tells_is_taken_once_it_was_told(
        tmp_path: Path, told: bool, crew: int, times: int) -> None:
    sail(tmp_path, 1)
    restored(tmp_path, "port", lambda: sail(tmp_path, 2, 3))
    if told:
        harbour = Harbour(tmp_path)
        CliRunner().invoke(commands(lambda: harbour.workers[0]), ["restored"], catch_exceptions=False)
        harbour.close()

    sail(tmp_path, 9)

    harbour = Harbour(tmp_path)
    assert (seen(harbour).crew, seen(harbour).times) == (crew, times)
    harbour.close()


@pytest.mark.parametrize("new", [(), (9,)])
def test_a_restored_consumer_takes_what_it_had_lost_and_then_what_is_new(tmp_path: Path, new: tuple[int, ...]) -> None:
    sail(tmp_path, 1)

    restored(tmp_path, "tower", lambda: sail(tmp_path, 2, 3))
    sail(tmp_path, *new)

    harbour = Harbour(tmp_path)
    assert (seen(harbour).crew, seen(harbour).times) == ((1, 2, 3, *new)[-1], 3 + len(new))
    harbour.close()


def test_one_command_does_it_for_all_services_of_a_house(tmp_path: Path) -> None:
    environment(tmp_path, "http://127.0.0.1:8080", {})

    output = CliRunner().invoke(main, ["restored", "--data", str(tmp_path)], catch_exceptions=False).output

    assert len(output.splitlines()) == 4
    for service in ("matching", "surveys", "community", "notifications"):
        store = open_store(f"sqlite:{tmp_path}", service)
        assert store.generation == 2
        store.close()
