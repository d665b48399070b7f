"""The HR system tells of people by events, with the same effects as the directory."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.matching.application.directory import Told
from services.matching.contracts.hr_changes import (
    HR_CHANGES,
    HrLeaveBegun,
    HrLeaveEnded,
    HrPersonJoined,
    HrPersonLeft,
    HrPersonMoved,
)
from services.matching.contracts.pairs import CloseReason, PairState
from services.matching.contracts.people import PEOPLE, PersonState
from services.matching.domain.directory import Details, Leave
from services.matching.domain.person import person_id
from shared.kernel.events import Event
from shared.messaging.envelope import Outgoing
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_moves import an_active_pair

ADA = HrPersonJoined(directory_id="A-1", name="Ada Blum", email="ada@example.org", manager_id="M-1", grade="lead",
                     languages=("en", "de"), working_days=("mon", "tue"))


def test_who_joins_is_known_with_all_that_hr_says(house: MatchingHouse) -> None:
    house.tell(ADA)

    details = house.matching.people.get(person_id("a-1")).details
    assert (details.name, details.manager_id, details.languages) == ("Ada Blum", person_id("m-1"), ("en", "de"))
    assert house.told(PEOPLE.name) == ["person-added"]


def test_the_whole_topic_a_second_time_changes_nothing(house: MatchingHouse) -> None:
    for news in (ADA, HrPersonMoved(directory_id="a-1", department="Sales"), HrPersonLeft(directory_id="a-1"), ADA):
        house.tell(news)
    before = house.matching.people.get(person_id("a-1"))

    house.world.again()
    house.settle()

    assert house.matching.people.get(person_id("a-1")) == before
    assert (before.state, before.details.department) == (PersonState.ACTIVE, "Sales")


@pytest.mark.feature("O8")
def test_who_left_ends_their_pairs(house: MatchingHouse) -> None:
    _, pair = an_active_pair(house)

    house.tell(HrPersonLeft(directory_id="M1"))

    ended = house.matching.pairs.get(pair.id)
    assert (ended.state, ended.reason) == (PairState.CLOSED, CloseReason.MENTOR_LEFT)


@pytest.mark.feature("O8")
def test_a_leave_pauses_from_its_first_day_until_somebody_is_back(house: MatchingHouse) -> None:
    _, pair = an_active_pair(house)

    house.tell(HrLeaveBegun(directory_id="m1", starts_on="2027-03-10"))
    early = house.matching.pairs.get(pair.id).state
    house.pass_time(days=10)
    away = house.matching.pairs.get(pair.id).state
    house.tell(HrLeaveEnded(directory_id="m1", back_on="2027-03-11"))

    assert (early, away) == (PairState.ACTIVE, PairState.PAUSED)
    assert house.matching.pairs.get(pair.id).state is PairState.ACTIVE
    assert house.matching.people.get(pair.mentor_id).due_at is None


@pytest.mark.feature("O8")
def test_who_moves_under_their_mentor_is_a_task(house: MatchingHouse) -> None:
    programme, pair = an_active_pair(house)

    house.tell(HrPersonMoved(directory_id="e1", manager_id="m1"))

    assert [one.pair_id for one in house.matching.tasks.find(programme.id, 10, None).items] == [pair.id]


EVERYTHING = (
    HrPersonMoved(directory_id="Nobody", department="Sales", grade="E 4", manager_id="m-1"),
    HrLeaveBegun(directory_id="nobody", starts_on="2027-03-01", ends_on="2027-03-20"),
    HrLeaveBegun(directory_id="nobody", starts_on="2027-06-01"),
    HrLeaveEnded(directory_id="nobody", back_on="2027-03-12"),
)
TOLD = Told(directory_id="nobody", details=Details(
    name="N", email="n@example.org", language="en", time_zone="Europe/Berlin", department="Research"))


@pytest.mark.parametrize("news", [*EVERYTHING, HrPersonLeft(directory_id="nobody")])
def test_news_of_people_who_are_not_ours_wait_for_no_operator_and_lapse(
        house: MatchingHouse, news: Event, capfd: pytest.CaptureFixture[str]) -> None:
    house.tell(news)
    house.pass_time(days=7, seconds=1)

    told = capfd.readouterr().out
    assert ("hr_news_not_ours" in told, "obody" in told) == (True, False)
    assert list(house.matching.hr.store.each({})) == list(house.matching.people.store.each({})) == []


def test_who_is_entered_a_little_later_has_what_hr_told_before(house: MatchingHouse) -> None:
    for news in EVERYTHING:
        house.tell(news)
    house.pass_time(days=2)

    person = house.matching.directory.enter(TOLD)
    house.settle()

    known = house.matching.people.get(person.id)
    assert (known.details.department, known.details.grade) == ("Research", "E 4")
    assert known.details.manager_id == person_id("m-1")
    assert known.details.leaves == (Leave(starts_on="2027-03-01", ends_on="2027-03-11"),)
    assert known.state is PersonState.ON_LEAVE
    assert list(house.matching.hr.store.each({})) == []


def test_what_was_taken_up_is_not_told_again_by_a_repeat(house: MatchingHouse) -> None:
    house.tell(EVERYTHING[0])
    person = house.matching.directory.enter(TOLD)
    house.settle()
    house.matching.directory.follow(person.id, replace(TOLD, details=replace(TOLD.details, grade="E 5")))

    house.world.again()
    house.settle()

    assert house.matching.people.get(person.id).details.grade == "E 5"


def test_what_cannot_be_of_anybody_holds_nobody_up(house: MatchingHouse) -> None:
    house.tell(HrPersonMoved(directory_id="nobody", grade="x" * 300))

    house.matching.directory.enter(TOLD)
    house.settle()

    assert list(house.matching.hr.store.each({})) == []


def test_whoever_left_before_they_came_is_here_all_the_same(house: MatchingHouse) -> None:
    for news in (*EVERYTHING, HrPersonLeft(directory_id="nobody")):
        house.tell(news)

    person = house.matching.directory.enter(TOLD)
    house.settle()

    assert house.matching.people.get(person.id).state is PersonState.ACTIVE
    assert house.matching.people.get(person.id).details.grade == ""


def test_who_is_forgotten_is_in_no_news_that_wait(house: MatchingHouse) -> None:
    boss = house.matching.directory.enter(replace(TOLD, directory_id="m-1"))
    house.tell(EVERYTHING[0])

    house.matching.erasures.ask(boss.id, by="office")
    for _ in range(5):
        house.pass_time(seconds=2)
    house.tell(HrPersonMoved(directory_id="m-1", grade="E 9"))

    [left] = house.matching.hr.store.each({})
    assert left.facts == {"department": "Sales", "grade": "E 4"}


def test_what_cannot_be_read_is_a_dead_letter(house: MatchingHouse) -> None:
    now = datetime(2027, 3, 1, tzinfo=UTC).isoformat()
    broken = Outgoing(id="1", source="/hr", sequence=house.world._sequences["/hr"].next(1), type=HrLeaveBegun.type,
                      topic=HR_CHANGES.name, key="m1", time=now, data={"directory_id": "m1", "starts_on": "soon"})

    house.log.publish([broken])
    house.worker.settle()

    assert [parked.key for parked in house.worker.dead_letters.waiting()] == ["m1"]
