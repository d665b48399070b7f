"""The doctor finds what is wrong and says what to do about it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from deploy.standalone.cli import main
from deploy.standalone.doctor import examine
from deploy.standalone.environment import environment
from deploy.standalone.house import SERVICES, House
from shared.kernel.clock import SystemClock
from shared.kernel.events import Sequence
from shared.messaging.dead_letters import DeadLetters
from shared.messaging.envelope import Received
from shared.runtime.backbone import Backbone
from shared.runtime.engines import open_backbone, open_log

EVENT = Received(id="1", source="/matching/pairs/p", sequence=Sequence(1, 1), type="mentoring.pair-created.v1",
                 topic="mentoring.pairs.v1", key="p", time="2027-03-01T08:00:00.000Z", data={})


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A house that was opened once."""
    found = environment(tmp_path, "http://127.0.0.1:8080", {})
    House(found).close()
    return found


@contextmanager
def surveys(environ: dict[str, str]) -> Iterator[Backbone]:
    with closing(open_log(environ["EVENTS_URL"])) as log, \
            closing(open_backbone("surveys", environ["STORE_URL"], log)) as backbone:
        yield backbone


def complaints(folder: Path, environ: dict[str, str]) -> list[tuple[str, str]]:
    return [(one.part, one.text) for one in examine(folder, environ) if not one.well]


def test_a_house_where_all_is_well_has_no_complaint(environ: dict[str, str], tmp_path: Path) -> None:
    assert complaints(tmp_path, environ) == []
    assert CliRunner().invoke(main, ["doctor", "--data", str(tmp_path)]).exit_code == 0


def test_every_engine_is_named_with_its_version_and_what_it_holds_to(environ: dict[str, str], tmp_path: Path) -> None:
    report = [(one.part, one.text) for one in examine(tmp_path, environ)]

    for part in ("event log", *SERVICES):
        which, holds_to = [text for name, text in report if name == part][:2]
        assert f"version {sqlite3.sqlite_version}, place {tmp_path}" in which
        assert "journal WAL, synchronous FULL" in holds_to


def test_parked_keys_and_failing_timers_are_named_with_what_to_do(environ: dict[str, str], tmp_path: Path) -> None:
    with surveys(environ) as backbone:
        DeadLetters("surveys", backbone.parked_keys, {}, SystemClock()).park(EVENT, RuntimeError("a bug"))
        backbone.failing_timers.note("check_ins", "1", "KeyError")

    assert complaints(tmp_path, environ) == [
        ("surveys", "1 key(s) parked: RuntimeError"), ("surveys", "1 timer(s) fail")]
    report = CliRunner().invoke(main, ["doctor", "--data", str(tmp_path)])
    assert report.exit_code == 1
    assert "dead-letters list" in " ".join(report.output.split())


def test_a_log_that_is_away_is_the_only_complaint(environ: dict[str, str], tmp_path: Path) -> None:
    [(part, text)] = complaints(tmp_path, {**environ, "EVENTS_URL": "kafka://127.0.0.1:9?patience=1"})

    assert part == "event log"
    assert "does not answer" in text
