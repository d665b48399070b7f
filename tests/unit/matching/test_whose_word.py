"""A list never overrules the directory, and never gives one human's record to another."""

from dataclasses import replace

import pytest

from services.matching.application.directory import Told
from services.matching.application.directory_files import Uploaded
from services.matching.contracts.hr_changes import HrPersonJoined, HrPersonMoved
from services.matching.contracts.participants import Role
from services.matching.domain.directory import Details, Entry
from services.matching.domain.person import Person, person_id, with_word_of_directory
from tests.unit.matching.house import MENTORS, MatchingHouse

ADA = "ada@example.org"


def told(name: str, directory_id: str, **more: str) -> Told:
    return Told(directory_id=directory_id, details=Details(
        name=name, language="en", time_zone="Europe/Berlin", **{"email": directory_id, **more}))


def ada_renamed(house: MatchingHouse) -> Person:
    """She married: ada@example.org is nobody's name any more."""
    ada = house.matching.directory.enter(told("Ada Schulz", ADA))
    return house.matching.directory.follow(ada.id, told("Ada Schulz", "ada.schulz@example.org"))


def test_a_list_never_gives_the_record_of_whoever_was_renamed_to_somebody_else(house: MatchingHouse) -> None:
    ada = ada_renamed(house)
    programme = house.a_programme()

    job = house.bring(programme, Role.MENTOR, [{"name": "Adam Blum", "email": ADA}])

    [adam] = house.matching.people.named([ADA]).values()
    [takes_part] = house.matching.participants.find(programme.id, 10, None).items
    assert (job.results.added, takes_part.person_id) == (1, adam.id)
    assert adam.id == person_id(ADA, 2)
    assert house.matching.people.get(ada.id).details.name == "Ada Schulz"


def test_the_same_list_again_finds_the_namesake(house: MatchingHouse) -> None:
    ada_renamed(house)
    programme, adam = house.a_programme(), [{"name": "Adam Blum", "email": ADA}]
    house.bring(programme, Role.MENTOR, adam)

    job = house.bring(programme, Role.MENTOR, adam)

    assert (job.results.added, job.results.unchanged) == (0, 1)


@pytest.mark.parametrize("way", ["list", "directory"])
def test_whoever_reports_to_a_name_does_not_report_to_who_bore_it_once(house: MatchingHouse, way: str) -> None:
    ada_renamed(house)

    if way == "list":
        house.bring(house.a_programme(), Role.MENTEE, [{"name": "Eva", "email": "eva@example.org", "manager": ADA}])
    else:
        house.matching.hr.joined("eva@example.org", {"name": "Eva", "email": "e@example.org", "manager_id": ADA}, None)
    adam = house.matching.directory.enter(told("Adam Blum", ADA))

    [eva] = house.matching.people.named(["eva@example.org"]).values()
    assert eva.details.manager_id == adam.id == person_id(ADA, 2)

LISTED = told("The Chief", "ceo@example.org", department="Board")


@pytest.mark.parametrize("way", ["directory", "hr", "file"])
def test_no_list_overrules_what_the_directory_has_told(house: MatchingHouse, way: str) -> None:
    programme = house.a_programme()
    tell_of_the_chief(house, way)

    job = house.bring(programme, Role.MENTEE, [
        {"id": "ceo@example.org", "name": "Me", "email": "me@elsewhere.org", "department": "Kitchen", "grade": "E 4"}])

    details = house.matching.people.get(person_id("ceo@example.org")).details
    assert (details.name, details.email, details.department) == ("The Chief", "ceo@example.org", "Board")
    assert details.grade == "E 4"
    assert (job.results.added, job.error_count) == (1, 0)
    assert [(one.line, one.column, one.code) for one in job.differing] == [
        (2, column, "differs-from-directory") for column in ("name", "email", "department")]


def tell_of_the_chief(house: MatchingHouse, way: str) -> None:
    if way == "directory":
        house.matching.directory.enter(LISTED)
    elif way == "hr":
        house.tell(HrPersonJoined(directory_id="CEO@example.org", name="The Chief", email="ceo@example.org",
                                  department="Board"))
    else:
        house.bring(house.a_programme(), Role.MENTOR, [
            {"name": "The Chief", "email": "ceo@example.org", "department": "Board"}])
        a_file_of_the_directory(house, b"name,email,department\nThe Chief,ceo@example.org,Board\n")


def a_file_of_the_directory(house: MatchingHouse, data: bytes) -> None:
    files = house.matching.directory_files
    file = files.check(Uploaded(data=data, full=False, mapping={}))
    house.settle()
    files.apply(file.id, None)
    house.settle()


def test_an_old_manager_column_undoes_no_move(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.tell(HrPersonMoved(directory_id="m1", manager_id="new"))

    job = house.bring(programme, Role.MENTOR, MENTORS)

    assert house.matching.people.get(person_id("m1")).details.manager_id == person_id("new")
    assert [(one.line, one.column) for one in job.differing] == [(2, "manager")]


def test_another_mapping_is_compared_anew_and_letters_of_another_size_do_not_differ(house: MatchingHouse) -> None:
    house.matching.directory.enter(LISTED)
    data = b"name,email,unit,division\nthe chief,CEO@Example.org,Kitchen,BOARD\n"
    job = house.matching.imports.check(house.a_programme().id, Role.MENTEE, data)

    again = house.matching.imports.map(job.id, {"name": "name", "email": "email", "department": "division"}, None)

    assert [(one.line, one.column) for one in job.differing] == [(2, "unit")]
    assert (again.differing, again.differing_count) == ([], 0)


def test_a_language_that_the_directory_leaves_open_may_come_from_a_list(house: MatchingHouse) -> None:
    house.matching.directory.enter(replace(LISTED, entry=Entry(user_name="ceo@example.org")))

    job = house.bring(house.a_programme(), Role.MENTEE, [
        {"name": "The Chief", "email": "ceo@example.org", "language": "Deutsch", "time_zone": "Europe/Vienna"}])

    details = house.matching.people.get(person_id("ceo@example.org")).details
    assert (details.language, details.time_zone, job.differing) == ("de", "Europe/Vienna", [])


def test_whom_scim_told_of_before_this_was_kept_is_known_to_be_of_it(house: MatchingHouse) -> None:
    ceo = house.matching.directory.enter(replace(LISTED, entry=Entry(user_name="CEO@example.org")))
    documents = house.matching.people.store.documents
    old = {key: one for key, one in (documents.get(ceo.id) or {}).items() if key != "of_directory"}
    assert with_word_of_directory(old)["of_directory"]
    assert not with_word_of_directory({**old, "entry": {}})["of_directory"]
