"""Files as HR departments send them: what is imported, what is wrong with the rest."""

import pytest

from services.matching.adapters.spreadsheet import read_sheet
from services.matching.contracts.participants import PARTICIPANTS, Role
from services.matching.contracts.people import PEOPLE
from services.matching.domain.checking import MOST_BAD_LINES, MOST_LINES, Check, check, flaws_of
from services.matching.domain.columns import guess
from services.matching.domain.import_job import ImportState, NotReady
from services.matching.domain.person import person_id
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse

HEAD = "id,name,email,manager,capacity\n"


def checked(text: str) -> Check:
    sheet = read_sheet(text.encode())
    return check(sheet.rows, guess(sheet.columns), flaws_of(sheet.problems), sheet.columns)


def faults(text: str) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.code) for one in checked(text).errors]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("1,Ada,ada(at)example.org,,", (2, "email", "bad-email")),
        ("1,Ada,ada@example,,", (2, "email", "bad-email")),
        ("1,Ada,a b@example.org,,", (2, "email", "bad-email")),
        ("1,,ada@example.org,,", (2, "name", "missing-name")),
        (",Ada,ada@example.org,,", (2, "id", "missing-id")),
        ("1,Ada,ada@example.org,1,", (2, "manager", "own-manager")),
        ("1,Ada,ada@example.org,,-1", (2, "capacity", "bad-capacity")),
        ("1,Ada,ada@example.org,,many", (2, "capacity", "bad-capacity")),
        ("1,Ada,ada@example.org,,51", (2, "capacity", "bad-capacity")),
        ("1,Ada", (2, "", "short-line")),
        ("1,Ada,ada@example.org,,1,more", (2, "", "long-line")),
    ],
)
def test_a_bad_line_is_named_with_its_column(line: str, fault: tuple[int, str, str]) -> None:
    assert faults(HEAD + line + "\n") == [fault]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("1,Ada,ada@example.org,,\n1,Ben,ben@example.org,,\n", (3, "id", "doubled-id")),
        ("1,Ada,ada@example.org,,\n2,Ben,ADA@example.org,,\n", (3, "email", "doubled-email")),
    ],
)
def test_nobody_comes_twice_in_a_file(lines: str, fault: tuple[int, str, str]) -> None:
    assert faults(HEAD + lines) == [fault]


@pytest.mark.parametrize(
    ("columns", "cells", "code"),
    [
        ("wishes", "me", "own-wish"),
        ("wishes,exclude", "b,b", "wished-and-excluded"),
        ("language", "klingon!", "bad-language"),
        ("time_zone", "Mars/Olympus", "bad-time-zone"),
        ("story", "x" * 4001, "long-cell"),
    ],
)
def test_contradictions_and_nonsense_are_found(columns: str, cells: str, code: str) -> None:
    assert [one.code for one in checked(f"id,name,email,{columns}\nme,Me,me@example.org,{cells}\n").errors] == [code]


def test_a_fault_never_repeats_what_the_cell_holds() -> None:
    found = checked(HEAD + "1,Ada,secret(at)x,,secret\n").errors

    assert "secret" not in "".join(f"{one.text}{one.params}" for one in found)


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("id,name\n1,Ada\n", {"field": "email"}),
        ("id,name,email,email\n1,Ada,a@b.example,a@b.example\n", {"times": "2"}),
        (HEAD + "1,Ada,ada@example.org,,51\n", {"most": "50"}),
        (HEAD + "1,Ada\n", {"cells": "2", "columns": "5"}),
    ],
)
def test_a_fault_says_in_figures_what_its_sentence_says(text: str, params: dict[str, object]) -> None:
    assert checked(text).errors[0].params == params


def test_a_heading_alone_is_nothing_to_import() -> None:
    found = checked(HEAD)

    assert ([one.code for one in found.errors], found.fatal) == (["nobody-there"], True)


@pytest.mark.parametrize(
    "heading",
    [
        "Personalnummer;Vorname;Nachname;E-Mail;Führungskraft;Kapazität;Kompetenzen",
        "Employee ID;First name;Surname;Mail address;Line manager;Max mentees;Expertise",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_headings_are_understood_in_english_and_german_in_any_encoding(heading: str, encoding: str) -> None:
    sheet = read_sheet(f"{heading}\r\n7;Zoë;Größe;zoe@example.org;3;2;Löten\r\n".encode(encoding))

    mapping = guess(sheet.columns)

    assert list(mapping) == ["id", "given_name", "family_name", "email", "manager", "capacity", "skills"]
    assert sheet.rows[0].cells[mapping["family_name"]] == "Größe"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty-file"),
        ("id,team\n1,x\n", "missing-column"),
        ("id,name,name,email\n1,A,B,a@example.org\n", "doubled-column"),
    ],
)
def test_a_file_that_cannot_be_read_as_people_is_refused(house: MatchingHouse, text: str, code: str) -> None:
    job = house.matching.imports.check(house.a_programme().id, Role.MENTOR, text.encode())

    assert job.state is ImportState.REFUSED
    assert code in {one.code for one in job.errors}
    with pytest.raises(NotReady):
        house.matching.imports.start(job.id)


def test_bad_lines_are_left_out_and_all_others_come_in(house: MatchingHouse) -> None:
    rows = [*MENTORS, {"id": "m9", "name": "Nobody", "email": "none"}]

    job = house.bring(house.a_programme(), Role.MENTOR, rows)

    assert (job.state, job.results.added, job.results.left_out) == (ImportState.DONE, 2, 1)
    assert job.progress == 1.0


def test_lines_with_too_few_cells_count_among_the_lines_and_among_those_left_out(house: MatchingHouse) -> None:
    good = "".join(f"{at},Ada {at},a{at}@example.org,,\n" for at in range(3))
    imports = house.matching.imports

    job = imports.check(house.a_programme().id, Role.MENTOR, f"{HEAD}{good}8,Ben\n9,Eva,not-a-mail\n".encode())

    assert (job.lines, job.importable, job.refused, job.bad_lines) == (5, 3, 2, 2)
    imports.start(job.id)
    house.settle()
    done = imports.get(job.id)
    assert (done.results.added, done.results.left_out, done.refused) == (3, 2, 2)


def test_of_a_file_that_is_refused_nothing_can_be_imported(house: MatchingHouse) -> None:
    job = house.matching.imports.check(house.a_programme().id, Role.MENTOR, b"id,name\n1,Ada\n2\n")

    assert (job.state, job.lines, job.importable, job.refused) == (ImportState.REFUSED, 2, 0, 2)


def test_the_same_file_again_changes_nothing(house: MatchingHouse) -> None:
    programme = house.a_full_programme()

    job = house.bring(programme, Role.MENTOR, MENTORS)

    assert (job.results.unchanged, job.results.added, job.results.changed) == (2, 0, 0)
    assert house.told(PEOPLE.name) == ["person-added"] * 5
    assert house.told(PARTICIPANTS.name) == ["participant-approved"] * 5


def test_a_changed_line_changes_that_person_only(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    moved = [{**MENTORS[0], "department": "Finance", "capacity": "3"}, MENTORS[1]]

    job = house.bring(programme, Role.MENTOR, moved)

    assert (job.results.changed, job.results.unchanged) == (1, 1)
    assert house.told(PEOPLE.name)[-1:] == ["person-changed"]
    assert house.matching.people.get(person_id("m1")).details.department == "Finance"


def test_what_a_second_file_does_not_say_stays_as_it_was(house: MatchingHouse) -> None:
    programme = house.a_full_programme()

    house.bring(programme, Role.MENTEE, [{"id": "m1", "name": "Mia Torres", "email": "mia@example.org"}])

    assert house.matching.people.get(person_id("m1")).details.department == "Sales"


def test_an_old_file_does_not_bring_back_who_has_left(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.matching.people.leave(person_id("m1"))
    house.settle()

    job = house.bring(programme, Role.MENTOR, MENTORS)

    assert (job.results.left_out, job.results.unchanged) == (1, 1)
    assert house.matching.people.get(person_id("m1")).has_left


def test_a_formula_stays_a_text(house: MatchingHouse) -> None:
    row = {"id": "f", "name": "=1+1", "email": "f@example.org", "skills": "+2"}

    house.bring(house.a_programme(), Role.MENTOR, [row])

    assert house.matching.people.get(person_id("f")).details.name == "=1+1"


@pytest.mark.feature("B4")
def test_one_person_is_mentor_and_mentee_of_one_programme(house: MatchingHouse) -> None:
    programme = house.a_full_programme()

    house.bring(programme, Role.MENTEE, [{**MENTORS[0], "wishes": ""}])

    roles = [
        one.role
        for one in house.matching.participants.find(programme.id, 50, None).items
        if one.person_id == person_id("m1")
    ]
    assert sorted(roles) == [Role.MENTEE, Role.MENTOR]
    assert house.told(PEOPLE.name).count("person-added") == 5


def test_two_programmes_share_a_person(house: MatchingHouse) -> None:
    first, second = house.a_programme(), house.a_programme(coordinator="otto")

    house.bring(first, Role.MENTEE, MENTEES)
    house.bring(second, Role.MENTEE, MENTEES)

    assert house.told(PEOPLE.name).count("person-added") == 3
    assert house.told(PARTICIPANTS.name).count("participant-approved") == 6


def test_too_many_bad_lines_mean_that_it_is_the_wrong_file() -> None:
    found = checked("id,name,email\n" + "".join(f"{n},A,no\n" for n in range(MOST_BAD_LINES + 1)))

    assert found.fatal
    assert (len(found.errors), found.count) == (200, MOST_BAD_LINES + 2)
    assert found.errors[0].code == "too-many-errors"


@pytest.mark.slow
def test_a_hundred_thousand_lines_are_checked_and_begun(house: MatchingHouse) -> None:
    lines = [f"p{n},Person {n},p{n}@example.org,python;sales\n" for n in range(MOST_LINES)]
    text = "id,name,email,skills\n" + "".join(lines)

    job = house.matching.imports.check(house.a_programme().id, Role.MENTOR, text.encode())
    house.matching.imports.start(job.id)
    for _ in range(3):
        house.worker.clock.step()

    begun = house.matching.imports.get(job.id)
    assert (job.rows, job.chunks, job.state) == (MOST_LINES, 500, ImportState.CHECKED)
    assert (begun.cursor, begun.results.added) == (3, 600)


@pytest.mark.slow
def test_one_line_more_is_refused() -> None:
    found = checked("id,name,email\n" + "".join(f"p{n},P {n},p{n}@example.org\n" for n in range(MOST_LINES + 1)))

    assert found.fatal
    assert found.errors[0].code == "too-many-lines"
