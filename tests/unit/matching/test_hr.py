"""The HR system tells of people by events, with the same effects as the directory."""

from datetime import UTC, datetime

import pytest

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


@pytest.mark.parametrize("news", [HrPersonLeft(directory_id="nobody"), HrPersonMoved(directory_id="nobody", grade="x")])
def test_news_of_people_nobody_knows_wait_and_are_not_lost(house: MatchingHouse, news: Event) -> None:
    house.world.tell(news)
    house.worker.settle()

    [parked] = house.worker.dead_letters.waiting()
    assert (parked.topic, parked.key) == (HR_CHANGES.name, "nobody")

    house.world.tell(HrPersonJoined(directory_id="nobody", name="N", email="n@example.org"))
    house.worker.settle()
    assert parked.retry_at


def test_what_cannot_be_read_is_a_dead_letter(house: MatchingHouse) -> None:
    now = datetime(2027, 3, 1, tzinfo=UTC).isoformat()
    broken = Outgoing(id="1", source="/hr", sequence=house.world._sequences["/hr"].next(1), type=HrLeaveBegun.type,
                      topic=HR_CHANGES.name, key="m1", time=now, data={"directory_id": "m1", "starts_on": "soon"})

    house.log.publish([broken])
    house.worker.settle()

    assert [parked.key for parked in house.worker.dead_letters.waiting()] == ["m1"]
