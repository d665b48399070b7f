"""From the pair to its training and its cohort's space, event by event, on the embedded engines."""

import pytest

from services.community.domain.assignment import AssignmentState
from services.community.domain.space import SpaceState
from services.matching.contracts.people import PersonAdded, PersonLeft, PersonState
from services.matching.contracts.programmes import Format, ProgrammeState
from tests.unit.community.house import CommunityHouse


def test_a_new_pair_brings_the_kick_off_for_both(house: CommunityHouse) -> None:
    house.create_pair()

    assert house.told() == [("assigned", "mentor-1"), ("assigned", "mentee-1")]
    assert house.assignment("mentor-1").module == "joint-kick-off"


@pytest.mark.feature("C14")
def test_a_flash_pair_has_nothing_to_prepare(house: CommunityHouse) -> None:
    house.world.open_programme(format=Format.FLASH)
    house.world.create_pair()
    house.settle()

    assert house.told() == []


def test_a_pair_waits_for_its_programme(house: CommunityHouse) -> None:
    house.world.create_pair()
    house.worker.settle()
    assert house.told() == []

    house.world.open_programme()
    house.settle()

    assert len(house.told()) == 2


def test_a_whole_delivery_repeated_changes_nothing(house: CommunityHouse) -> None:
    house.create_pair()
    house.community.training.complete(house.assignment("mentor-1").id, "mentor-1")
    house.world.close_pair()
    house.settle()
    before = list(house.community.training.store.each({}))

    house.world.again()
    house.settle()

    assert list(house.community.training.store.each({})) == before


def test_overdue_is_told_once_by_two_workers_and_over_restarts(house: CommunityHouse) -> None:
    house.create_pair()
    house.community.training.complete(house.assignment("mentor-1").id, "mentor-1")

    house.pass_days(15.5)
    house.a_worker().clock.step()
    house.worker.stop()
    house.worker = house.a_worker()
    house.pass_days(15)

    assert [told for told in house.told() if told[0] == "overdue"] == [("overdue", "mentee-1")]


def test_the_pairs_end_withdraws_what_is_left(house: CommunityHouse) -> None:
    house.create_pair()
    house.community.training.complete(house.assignment("mentor-1").id, "mentor-1")

    house.world.close_pair()
    house.settle()
    house.pass_days(30)

    states = [house.assignment(person).state for person in ("mentor-1", "mentee-1")]
    assert states == [AssignmentState.COMPLETED, AssignmentState.WITHDRAWN]
    assert "overdue" not in dict(house.told())


def test_the_first_pair_opens_the_cohorts_space_and_the_others_find_it(house: CommunityHouse) -> None:
    house.create_pair("1")
    opened = house.community.spaces.of_programme("programme-1")

    house.create_pair("2")

    assert house.community.spaces.of_programme("programme-1") == opened
    assert house.community.copies.count_members("programme-1") == {"mentors": 2, "mentees": 2}


def test_members_come_and_go_with_their_pairs(house: CommunityHouse) -> None:
    house.create_pair("1")
    house.create_pair("2")
    assert house.community.copies.takes_part("mentee-1", "programme-1")

    house.world.close_pair("1")
    house.settle()

    assert not house.community.copies.takes_part("mentee-1", "programme-1")
    assert house.community.copies.takes_part("mentee-2", "programme-1")
    assert [one.person_id for one in house.community.copies.seats("programme-1", limit=50, after=None).items] == [
        "mentor-2", "mentee-2"]


def test_whoever_left_the_organisation_is_no_member(house: CommunityHouse) -> None:
    house.create_pair()
    house.person(PersonAdded, "mentor-1", PersonState.ACTIVE)
    assert house.community.copies.takes_part("mentor-1", "programme-1")

    house.person(PersonLeft, "mentor-1", PersonState.LEFT)

    assert not house.community.copies.takes_part("mentor-1", "programme-1")
    assert [one.person_id for one in house.community.copies.seats("programme-1", limit=50, after=None).items] == [
        "mentee-1"]


def test_nothing_that_says_who_a_person_is_is_kept(house: CommunityHouse) -> None:
    house.person(PersonAdded, "mentor-1", PersonState.ACTIVE)

    row = house.community.copies.people.get("mentor-1")

    assert row
    assert not {"name", "email", "location"} & set(row)


def test_the_space_of_a_closed_programme_is_archived(house: CommunityHouse) -> None:
    house.create_pair()

    house.world.open_programme(state=ProgrammeState.CLOSED)
    house.settle()

    assert house.community.spaces.of_programme("programme-1").state == SpaceState.ARCHIVED


def test_the_summary_counts_every_state_and_what_is_overdue(house: CommunityHouse) -> None:
    for pair in ("1", "2", "3"):
        house.create_pair(pair)
    house.community.training.complete(house.assignment("mentor-1").id, "mentor-1")
    house.world.close_pair("3")
    house.settle()
    house.pass_days(16)

    summary = house.community.training.summary("programme-1")

    assert summary.states == {"assigned": 3, "completed": 1, "withdrawn": 2}
    assert (summary.overdue, summary.as_of) == (3, house.clock.now())
