"""The directory as a file: first the difference, then the change, and nothing the second time."""

from datetime import timedelta
from pathlib import Path

import pytest

from services.matching.application.directory_files import Uploaded
from services.matching.contracts.pairs import PAIRS, PairState
from services.matching.contracts.people import PEOPLE, PersonState
from services.matching.domain.directory_chunk import FileChunk, Finding, Kind, ShownLine
from services.matching.domain.directory_file import DirectoryFile, FileNotReady, FileOutdated, FileState, ManyWouldLeave
from services.matching.domain.person import Person, person_id
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse, as_csv
from tests.unit.matching.mortal import killed_after, revived

Rows = list[dict[str, str]]
STAFF = [
    {"id": f"p{number}", "name": f"Person {number}", "email": f"p{number}@example.org", "department": "Sales",
     "manager": "p0" if number else "", "other managers": "", "working days": "Mo; Tu; We"}
    for number in range(12)
]


def uploaded(house: MatchingHouse, rows: Rows | bytes, *, full: bool = False,
             mapping: dict[str, str] | None = None) -> DirectoryFile:
    data = rows if isinstance(rows, bytes) else as_csv(rows)
    files = house.matching.directory_files
    file = files.check(Uploaded(data=data, full=full, mapping=mapping or {}))
    house.settle()
    return files.get(file.id)


def applied(house: MatchingHouse, rows: Rows | bytes, *, full: bool = False, confirmed: int | None = None,
            ) -> DirectoryFile:
    files = house.matching.directory_files
    file = uploaded(house, rows, full=full)
    files.apply(file.id, confirmed)
    house.settle()
    return files.get(file.id)


def lines(house: MatchingHouse, file: DirectoryFile, kind: Kind | None = None) -> list[ShownLine]:
    return house.matching.directory_files.lines(file, kind, 200, None).items


def person(house: MatchingHouse, directory_id: str) -> Person:
    return house.matching.people.get(person_id(directory_id))


def erased(house: MatchingHouse, *directory_ids: str) -> None:
    for one in directory_ids:
        house.matching.erasures.ask(person_id(one), by="hr")
    for _ in range(9):
        house.pass_time(seconds=1)


def counted(counts: dict[str, int]) -> dict[str, int]:
    return {kind: count for kind, count in counts.items() if count}


@pytest.mark.feature("O3")
def test_a_file_is_compared_first_and_changes_nobody(house: MatchingHouse) -> None:
    file = uploaded(house, STAFF, full=True)

    assert file.state is FileState.CHECKED
    assert counted(file.difference) == {"new": 12}
    assert house.matching.directory.size() == 0


@pytest.mark.feature("O3")
def test_the_difference_names_what_changes_of_whom(house: MatchingHouse) -> None:
    applied(house, STAFF)
    house.matching.people.leave(person_id("p11"))
    moved = {**STAFF[1], "department": "Finance", "manager": "p2"}
    newcomer = {**STAFF[1], "id": "p99", "name": "Nia New", "email": "nia@example.org"}

    wrong = {**STAFF[1], "id": "bad", "email": "none"}
    file = uploaded(house, [STAFF[0], moved, *STAFF[3:], newcomer, wrong], full=True)

    assert counted(file.difference) == {"leaving": 1, "back": 1, "new": 1, "changed": 1, "refused": 1, "unchanged": 9}
    assert [(one.line, one.name, one.finding.fields) for one in lines(house, file, Kind.CHANGED)] == [
        (3, "Person 1", ("department", "manager_id"))]
    assert [(one.line, one.name) for one in lines(house, file, Kind.LEAVING)] == [(0, "Person 2")]
    assert [one.finding.person_id for one in lines(house, file, Kind.BACK)] == [person_id("p11")]
    assert [(one.line, one.code) for one in file.errors] == [(14, "bad-email")]
    assert len(lines(house, file)) == 5


@pytest.mark.feature("O3")
def test_the_same_file_again_changes_nothing(house: MatchingHouse) -> None:
    first = applied(house, STAFF, full=True)
    told, versions = house.told(PEOPLE.name), [one.version for one in house.matching.directory.each()]

    again = applied(house, STAFF, full=True)

    assert (counted(first.results), counted(again.results)) == ({"new": 12}, {"unchanged": 12})
    assert house.told(PEOPLE.name) == told == ["person-added"] * 12
    assert [one.version for one in house.matching.directory.each()] == versions


@pytest.mark.feature("O3")
def test_managers_of_the_file_are_managers_wherever_their_lines_stand(house: MatchingHouse) -> None:
    rows = [{**STAFF[1], "manager": "p3", "other managers": "P2; p0"}, *STAFF[2:4], STAFF[0]]

    applied(house, rows)

    assert person(house, "p1").details.managers == (person_id("p3"), person_id("p2"), person_id("p0"))
    assert house.matching.people.reporting_to(person_id("p3")) == [person_id("p1")]


@pytest.mark.feature("O3")
def test_an_empty_cell_takes_away_and_a_missing_column_does_not(house: MatchingHouse) -> None:
    applied(house, STAFF[:2])

    applied(house, [{"id": "p1", "name": "Person 1", "email": "p1@example.org", "department": ""}])

    details = person(house, "p1").details
    assert (details.department, details.manager_id) == ("", person_id("p0"))
    assert [day.value for day in details.working_days] == ["mon", "tue", "wed"]


@pytest.mark.feature("O3", "O8")
def test_whoever_is_missing_in_a_full_file_leaves_with_all_that_follows(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.a_published_run(programme)
    pair = house.pair_of(programme, "e1")
    rest = [one for one in (*MENTORS, *MENTEES) if person_id(one["id"]) != pair.mentor_id]

    applied(house, as_csv(rest), full=True, confirmed=1)

    closed = house.matching.pairs.get(pair.id)
    assert (closed.state, closed.reason) == (PairState.CLOSED, "mentor-left")
    assert "pair-closed" in house.told(PAIRS.name)
    assert house.matching.people.get(pair.mentor_id).state is PersonState.LEFT


@pytest.mark.feature("O3")
def test_nobody_leaves_by_a_partial_file_and_no_external_by_any(house: MatchingHouse) -> None:
    guest = {**STAFF[11], "sponsor": "p0", "external until": "2027-12-31"}
    applied(house, [*({**one, "sponsor": "", "external until": ""} for one in STAFF[:11]), guest])

    partial = uploaded(house, STAFF[:2])
    full = uploaded(house, STAFF[:11], full=True)

    assert (partial.leaving, full.leaving) == (0, 0)
    assert person(house, "p11").details.external is not None


@pytest.mark.feature("O3")
def test_many_leave_only_when_their_number_is_said(house: MatchingHouse) -> None:
    applied(house, STAFF)
    files = house.matching.directory_files
    file = uploaded(house, STAFF[:10], full=True)

    for said in (None, 3):
        with pytest.raises(ManyWouldLeave, match="2 of 12"):
            files.apply(file.id, said)
    files.apply(file.id, 2)
    house.settle()

    assert house.matching.directory.here() == 10


def test_a_line_that_is_refused_still_says_that_somebody_is_there(house: MatchingHouse) -> None:
    applied(house, STAFF)

    wrong = [{**STAFF[0], "email": "none"}, {**STAFF[1], "working days": "never"}]
    file = uploaded(house, [*wrong, *STAFF[2:]], full=True)

    assert counted(file.difference) == {"refused": 2, "unchanged": 10}
    assert {one.code for one in file.errors} == {"bad-email", "bad-working-days"}


@pytest.mark.parametrize("line", ["p1,Person 1\n", ",Person 1,p1@example.org\n"])
def test_a_full_file_with_lines_of_nobody_knows_whom_is_refused(house: MatchingHouse, line: str) -> None:
    data = f"id,name,email\np0,Person 0,p0@example.org\n{line}".encode()

    full, partial = uploaded(house, data, full=True), uploaded(house, data)

    assert (full.state, partial.state) == (FileState.REFUSED, FileState.CHECKED)
    assert "unsure-who-is-there" in {one.code for one in full.errors}
    assert counted(partial.difference) == {"new": 1, "refused": 1}


@pytest.mark.parametrize("data", [b"", b"id,name,email\n", b"id,team\n1,x\n"])
def test_a_file_that_says_nothing_of_people_is_refused(house: MatchingHouse, data: bytes) -> None:
    file = uploaded(house, data, full=True)

    assert file.state is FileState.REFUSED
    with pytest.raises(FileNotReady):
        house.matching.directory_files.apply(file.id, None)


def test_columns_may_be_named_where_their_headings_do_not_say_them(house: MatchingHouse) -> None:
    rows = [{"Nr": "p7", "Wer": "Person 7", "Wohin": "p7@example.org"}]

    file = uploaded(house, rows, mapping={"id": "Nr", "name": "Wer", "email": "Wohin"})

    assert counted(file.difference) == {"new": 1}


@pytest.mark.feature("O3", "O4")
def test_who_was_erased_is_refused_and_named_as_a_manager_no_more(house: MatchingHouse) -> None:
    applied(house, STAFF)
    erased(house, "p0")

    file = applied(house, STAFF, full=True)

    assert counted(file.results) == {"refused": 1, "unchanged": 11}
    assert [one.code for one in file.errors] == ["erased-id"]
    assert person(house, "p1").details.managers == ()


@pytest.mark.feature("O4")
def test_files_that_wait_forget_somebody_too(house: MatchingHouse) -> None:
    applied(house, STAFF)
    file = uploaded(house, [{**one, "department": "Finance"} for one in STAFF[:11]], full=True)
    erased(house, "p0", "p11")

    kept = str([chunk.rows for chunk in house.matching.directory_files.chunks.each({})]).casefold()
    house.matching.directory_files.apply(file.id, 1)
    house.settle()

    assert all(f"'{one}'" not in kept and f"person {one[1:]}'" not in kept for one in ("p0", "p11"))
    assert counted(house.matching.directory_files.get(file.id).results)["refused"] == 1
    assert person(house, "p1").details.department == "Finance"


def test_rows_are_gone_when_they_are_applied_and_after_a_week(house: MatchingHouse) -> None:
    done, forgotten = applied(house, STAFF), uploaded(house, STAFF, full=True)

    house.pass_time(days=8)

    files = house.matching.directory_files
    assert [chunk.rows for chunk in files.chunks.each({})] == [[], []]
    assert files.get(forgotten.id).state is FileState.DISCARDED
    assert [one.finding.kind for one in lines(house, done, Kind.NEW)] == [Kind.NEW] * 12


def test_a_file_from_before_the_last_one_is_not_applied(house: MatchingHouse) -> None:
    old = uploaded(house, STAFF)
    house.clock.set(house.clock.now() + timedelta(minutes=1))
    applied(house, [{**STAFF[0], "department": "Finance"}])

    with pytest.raises(FileOutdated):
        house.matching.directory_files.apply(old.id, None)


def test_one_file_is_applied_at_a_time(house: MatchingHouse) -> None:
    first, second = uploaded(house, STAFF), uploaded(house, STAFF[:3])
    files = house.matching.directory_files
    files.apply(first.id, None)

    with pytest.raises(FileNotReady, match="another file"):
        files.apply(second.id, None)


def test_whoever_is_renamed_meanwhile_does_not_leave(house: MatchingHouse) -> None:
    applied(house, STAFF)
    file = uploaded(house, STAFF[:11], full=True)
    told = house.matching.people.get(person_id("p11"))
    house.matching.people.store.change(told.id, lambda one: setattr(one, "directory_id", "p11b"))

    house.matching.directory_files.apply(file.id, None)
    house.settle()

    assert not person(house, "p11").has_left


def test_leaves_and_the_end_of_externals_are_read_from_their_columns(house: MatchingHouse) -> None:
    away = {**STAFF[0], "leave from": "2027-02-01", "leave until": "2027-03-05", "external until": ""}
    over = {**STAFF[1], "leave from": "", "leave until": "", "external until": "2027-02-28"}

    applied(house, [away, {**over, "external until": "2027-03-01"}])
    state = person(house, "p0").state
    house.pass_time(days=10)
    again = uploaded(house, [away, over])

    assert (state, person(house, "p0").state) == (PersonState.ON_LEAVE, PersonState.ACTIVE)
    assert person(house, "p1").has_left
    assert counted(again.difference) == {"unchanged": 2}


@pytest.mark.slow
def test_many_chunks_find_exactly_who_is_missing(house: MatchingHouse) -> None:
    staff = [{"id": f"n{number:04}", "name": f"N {number}", "email": f"n{number}@example.org"} for number in range(900)]
    applied(house, staff)
    gone = {0, 1, 199, 200, 201, 450, *range(600, 850), 899}

    file = uploaded(house, [one for number, one in enumerate(staff) if number not in gone], full=True)
    house.matching.directory_files.apply(file.id, file.leaving)
    house.settle()

    here = {one.directory_id for one in house.matching.directory.each() if not one.has_left}
    assert file.leaving == len(gone)
    assert here == {one["id"] for number, one in enumerate(staff) if number not in gone}


@pytest.mark.slow
@pytest.mark.feature("O3")
@pytest.mark.parametrize("writes", range(1, 9))
def test_a_file_killed_after_any_write_is_applied_once(tmp_path: Path, writes: int) -> None:
    house = MatchingHouse(tmp_path)
    applied(house, STAFF[:4])
    file = uploaded(house, [{**STAFF[1], "department": "Finance"}, *STAFF[2:6]], full=True)
    house.matching.directory_files.apply(file.id, 1)

    was_killed = killed_after(house, writes)
    revived(house)

    done = house.matching.directory_files.get(file.id)
    assert was_killed == (writes <= 7), "who is new comes in one write"
    assert (done.state, counted(done.results)) == (
        FileState.DONE, {"leaving": 1, "new": 2, "changed": 1, "unchanged": 2})
    assert house.told(PEOPLE.name) == ["person-added"] * 6 + ["person-changed", "person-left"]
    house.close()


@pytest.mark.slow
@pytest.mark.feature("O3")
@pytest.mark.parametrize("writes", range(1, 7))
def test_a_comparison_killed_after_any_write_loses_nobody_who_leaves(tmp_path: Path, writes: int) -> None:
    """Somebody else is missing by the time it is compared again, and around another chunk as well."""
    house = MatchingHouse(tmp_path)
    staff = [{"id": f"n{number:04}", "name": f"N {number}", "email": f"n{number}@example.org"} for number in range(500)]
    applied(house, staff)
    gone = {*range(10, 215), 450}
    files = house.matching.directory_files
    file = files.check(Uploaded(data=as_csv([one for at, one in enumerate(staff) if at not in gone]), full=True,
                                mapping={}))

    was_killed = killed_after(house, writes)
    house.matching.people.leave(person_id("n0010"))
    revived(house)

    found = files.get(file.id)
    left = [line.finding.person_id for line in files.lines(found, Kind.LEAVING, 1000, None).items]
    assert was_killed
    assert found.leaving == len(left) == len(set(left))
    assert {person_id(f"n{number:04}") for number in gone - {10}} <= set(left)
    house.close()


def a_chunk(rows: Rows, **settings: object) -> FileChunk:
    return FileChunk(id="c", file_id="f", number=0, lines=list(range(len(rows))),
                     rows=[list(row.values()) for row in rows], **settings)  # type: ignore[arg-type]


def test_a_chunk_that_was_applied_has_nobody_to_forget_and_gets_no_rows_back(house: MatchingHouse) -> None:
    file, chunk = uploaded(house, STAFF, full=True), a_chunk(STAFF)

    chunk.applied_as([Finding(Kind.NEW)] * len(STAFF), house.clock.now())
    chunk.forget(file, {"p1"})
    chunk.note([])

    assert (chunk.names_anybody(file, {"p1"}), chunk.rows, len(chunk.findings)) == (False, [], len(STAFF))


def test_somebody_is_forgotten_while_a_file_is_applied(house: MatchingHouse) -> None:
    staff = [{**STAFF[0], "id": f"p{n}", "email": f"p{n}@example.org", "manager": ""} for n in range(300)]
    file, files = uploaded(house, staff), house.matching.directory_files
    files.apply(file.id, None)
    first = next(iter(files.chunks.each({"file_id": file.id, "number": 0})))
    files.chunks.change(first.id, lambda one: one.applied_as(one.findings, house.clock.now()))

    assert files.forget({"p299"}) == 1


@pytest.mark.parametrize(("days", "worked"), [
    ("Mon, Wednesday", ["mon", "wed"]), ("Mo. Di. Sonnabend", ["mon", "tue", "sat"]), ("so", ["sun"])])
def test_days_worked_are_read_by_name(house: MatchingHouse, days: str, worked: list[str]) -> None:
    applied(house, [{**STAFF[0], "working days": days}])

    assert [day.value for day in person(house, "p0").details.working_days] == worked


@pytest.mark.parametrize("wrong", [
    {"working days": "Mo-Fr"}, {"working days": "monatlich"}, {"external until": "20261101"},
    {"leave from": "2027-W01-1"}])
def test_days_that_could_be_misread_are_refused(house: MatchingHouse, wrong: dict[str, str]) -> None:
    file = uploaded(house, [{**STAFF[0], **wrong}])

    assert counted(file.difference) == {"refused": 1}
