"""Files of people that nobody goes on with: what stood in them goes, by itself and when somebody is forgotten."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from services.matching.application.directory_files import Uploaded
from services.matching.application.imports import Imports
from services.matching.contracts.participants import Role
from services.matching.domain.chunk import RowsOfJob
from services.matching.domain.import_job import Import, ImportState, NotReady
from services.matching.domain.person import person_id
from shared.store.repository import Repository
from tests.unit.matching.house import MatchingHouse, as_csv

HER = {"id": "zoe-1", "name": "Zoe Stone", "email": "zoe@example.org", "skills": "python", "languages": "en"}
HIS = {"id": "yan-1", "name": "Yan Wood", "email": "yan@example.org", "skills": "python", "languages": "en"}


class Killed(Exception):
    """The process ends here."""


@dataclass(frozen=True)
class Killing:
    """A store of jobs that never gets the one that is added."""

    store: Repository[Import]

    def __getattr__(self, name: str) -> object:
        if name == "add":
            raise Killed
        return getattr(self.store, name)


@dataclass(frozen=True)
class Overtaken:
    """A store of jobs; what is added comes after somebody was forgotten."""

    store: Repository[Import]
    imports: Imports

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)

    def add(self, job: Import) -> Import:
        vars(self.imports)["store"] = self.store
        assert self.imports.forget({"zoe-1", "zoe@example.org"}) == 1
        return self.store.add(job)


def overtaken(house: MatchingHouse) -> Import:
    """An upload during which she was forgotten."""
    imports = house.matching.imports
    vars(imports)["store"] = Overtaken(imports.store, imports)
    return checked(house, HER, HIS)


def checked(house: MatchingHouse, *rows: dict[str, str]) -> Import:
    return house.matching.imports.check(house.a_programme().id, Role.MENTOR, as_csv([*rows]), "coordinator")


def broken_off(house: MatchingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both kinds of files, between their rows and their job."""
    imports, files, programme = house.matching.imports, house.matching.directory_files, house.a_programme()
    data = as_csv([HER, HIS])
    for one, upload in ((imports, lambda: imports.check(programme.id, Role.MENTOR, data)),
                        (files, lambda: files.check(Uploaded(data=data, full=False, mapping={})))):
        with monkeypatch.context() as patch:
            patch.setitem(vars(one), "store", Killing(one.store))  # type: ignore[arg-type]
            with pytest.raises(Killed):
                upload()


def chunks(house: MatchingHouse) -> list[RowsOfJob]:
    return [*house.matching.imports.chunks.each({}), *house.matching.directory_files.chunks.each({})]


def forgotten(house: MatchingHouse) -> dict[str, int]:
    house.matching.erasures.ask(person_id("zoe-1"), by="office")
    for _ in range(5):
        house.pass_time(seconds=2)
    return house.matching.erasures.get(person_id("zoe-1")).counts


@pytest.mark.feature("P6")
@pytest.mark.parametrize(("rows", "state"), [([HER, HIS], "checked"), ([{"id": "zoe-1", "name": "Zoe"}], "refused")])
def test_what_nobody_starts_is_gone_after_seven_days(house: MatchingHouse, rows: list[dict[str, str]], state: str
                                                     ) -> None:
    job = checked(house, *rows)
    house.pass_time(days=6, hours=23)
    before = house.matching.imports.get(job.id)

    house.pass_time(hours=2)

    after = house.matching.imports.get(job.id)
    assert (before.state, bool(before.sample)) == (state, True)
    assert (after.state, after.sample, after.answered) == (ImportState.DISCARDED, [], [])
    assert [row for one in chunks(house) for row in one.rows] == []
    assert after.timers == {}
    with pytest.raises(NotReady):
        house.matching.imports.start(job.id)


def test_a_large_file_goes_chunk_by_chunk_whatever_is_repeated(house: MatchingHouse) -> None:
    job = checked(house, *({**HIS, "id": f"y{n}", "email": f"y{n}@example.org"} for n in range(450)))
    house.clock.set(house.clock.now() + timedelta(days=7))
    for _ in range(2):
        house.matching.imports.ring(job.id, house.clock.now())

    house.matching.imports.store.change(job.id, lambda one: one.emptied(0))
    house.settle()

    assert house.matching.imports.get(job.id).state is ImportState.DISCARDED
    assert [row for one in chunks(house) for row in one.rows] == []


def test_what_was_started_stays_imported(house: MatchingHouse) -> None:
    job = checked(house, HER)
    house.matching.imports.start(job.id)
    house.settle()

    house.pass_time(days=8)

    assert house.matching.imports.get(job.id).state is ImportState.DONE
    assert [one.outcomes for one in house.matching.imports.chunks.each({})] == [["added"]]


@pytest.mark.feature("P6")
def test_rows_whose_job_never_came_go_after_seven_days(house: MatchingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    broken_off(house, monkeypatch)
    assert len(chunks(house)) == 2

    house.pass_time(days=7, seconds=1)

    assert chunks(house) == []


@pytest.mark.feature("P6")
def test_who_is_forgotten_stands_in_no_rows_whose_job_never_came(house: MatchingHouse,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    house.bring(house.a_programme(), Role.MENTOR, [HER])
    broken_off(house, monkeypatch)

    counts = forgotten(house)

    rows = [row for one in chunks(house) for row in one.rows]
    assert (counts["import_rows"], counts["directory_rows"]) == (1, 1)
    assert sorted(map(any, rows)) == [False, False, True, True]
    assert "Zoe" not in str(rows)


@pytest.mark.feature("P6")
@pytest.mark.parametrize("at_once", [True, False])
def test_who_is_forgotten_during_an_upload_stands_nowhere_and_others_are_imported(house: MatchingHouse, *, at_once: bool
                                                                                  ) -> None:
    job = overtaken(house)
    if not at_once:
        house.settle()
        seen = house.matching.imports.get(job.id)
        assert ([one["id"] for one in seen.sample], seen.left_out, seen.answered) == (["yan-1"], [2], [])

    house.matching.imports.start(job.id)
    house.settle()

    done = house.matching.imports.get(job.id)
    assert (done.state, done.sample) == (ImportState.DONE, [])
    assert (done.results.added, done.results.left_out) == (1, 1)
    assert [one.directory_id for one in house.matching.people.store.each({})] == ["yan-1"]
    assert [*house.backbone.failing_timers.all()] == []


def test_a_second_look_changes_nothing_where_nobody_was_forgotten(house: MatchingHouse) -> None:
    job = checked(house, HER, {**HIS, "id": ""})

    house.settle()

    after = house.matching.imports.get(job.id)
    assert (after.sample, after.left_out, list(after.timers)) == (job.sample, [3], ["expiry"])


@pytest.mark.feature("P6")
def test_an_import_from_before_any_was_discarded_is_gone_after_a_start(house: MatchingHouse) -> None:
    job, started = checked(house, HER), checked(house, HIS)
    house.matching.imports.start(started.id)
    house.settle()
    house.matching.imports.store.change(job.id, lambda one: one.clear_timer("expiry"))
    house.pass_time(days=8)
    assert house.matching.imports.get(job.id).state is ImportState.CHECKED

    house.a_worker()
    house.settle()

    assert house.matching.imports.get(job.id).state is ImportState.DISCARDED
    assert house.matching.imports.get(started.id).timers == {}
    assert [row for one in chunks(house) for row in one.rows] == []
