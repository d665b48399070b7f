"""A list never overrules the directory, and never gives one human's record to another."""

import pytest

from services.matching.application.directory import Told
from services.matching.contracts.participants import Role
from services.matching.domain.directory import Details
from services.matching.domain.person import Person, person_id
from tests.unit.matching.house import MatchingHouse

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
