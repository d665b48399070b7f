"""Whoever is forgotten is forgotten under every name and address they had."""

import pytest

from services.matching.contracts.participants import Role
from services.matching.domain.participant import application_id
from services.matching.domain.person import person_id
from services.matching.domain.saved_view import ListName
from tests.unit.matching.house import MENTORS, MatchingHouse
from tests.unit.matching.test_whose_word import told

OLD, NEW = "mia@example.org", "mia.lund@example.org"
ADMIRER = {"id": "e1", "name": "Eva Lund", "email": "eva@example.org", "wishes": f"{OLD}; m1; m2",
           "goals": f"as {OLD.upper()} said"}


def renamed(house: MatchingHouse) -> str:
    """Mia marries, and has another name, address and place in the directory; answers the programme."""
    programme = house.a_full_programme(mentees=[ADMIRER])
    mia = person_id("m1")
    house.matching.directory.follow(mia, told("Mia Lund", "m-77", email=NEW))
    house.settle()
    return programme.id


def forget(house: MatchingHouse, person: str) -> None:
    house.matching.erasures.ask(person, by="office")
    for _ in range(5):
        house.pass_time(seconds=2)
    assert house.matching.people.known([person]) == {}


def answers(house: MatchingHouse, programme: str) -> dict[str, str]:
    return dict(house.matching.participants.get(application_id(programme, person_id("e1"), Role.MENTEE)).answers)


@pytest.mark.feature("P6")
def test_former_addresses_and_names_are_erased_from_what_others_said(house: MatchingHouse) -> None:
    programme = renamed(house)

    forget(house, person_id("m1"))

    said = answers(house, programme)
    assert (said["wishes"].strip(), said["goals"]) == ("m2", "as … said")


@pytest.mark.feature("P6")
def test_what_is_somebody_elses_by_now_stays(house: MatchingHouse) -> None:
    programme = renamed(house)
    house.matching.directory.enter(told("Mia Other", "m-78", email=OLD))

    forget(house, person_id("m1"))

    assert answers(house, programme)["wishes"].replace(" ", "") == f"{OLD};m2"


@pytest.mark.feature("P6")
def test_an_old_list_does_not_bring_them_back(house: MatchingHouse) -> None:
    renamed(house)
    forget(house, person_id("m1"))

    job = house.bring(house.a_programme(), Role.MENTOR, [MENTORS[0], {"id": NEW, "name": "Mia", "email": NEW}])

    assert (job.results.added, job.results.left_out) == (0, 2)


@pytest.mark.feature("P6")
def test_a_view_that_looks_for_a_former_name_looks_for_nobody(house: MatchingHouse) -> None:
    programme = renamed(house)
    house.matching.saved_views.save(programme, "carla", list=ListName.PAIRS, name="hers", filter="", q="mia torres")

    forget(house, person_id("m1"))

    [view] = house.matching.saved_views.store.each({})
    assert view.q == ""


def test_no_event_carries_a_former_name(house: MatchingHouse) -> None:
    renamed(house)

    assert house.matching.people.get(person_id("m1")).former == ("m1", OLD)
    assert "former" not in house.world.heard("mentoring.people.v1")[-1].data
