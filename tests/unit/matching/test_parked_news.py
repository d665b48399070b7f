"""Dead letters of somebody who is forgotten, and those of others who name them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.matching.contracts.hr_changes import HR_CHANGES, HrPersonJoined, HrPersonMoved
from services.matching.domain.person import person_id
from shared.kernel.events import Event
from shared.messaging.envelope import Unreadable
from shared.messaging.parking import ParkedKey
from tests.unit.matching.house import MatchingHouse

HER = person_id("zoe-1")
NOWHERE = "Mars/Olympus"


@pytest.fixture
def house_with_her(house: MatchingHouse) -> MatchingHouse:
    house.a_full_programme()
    house.tell(HrPersonJoined(directory_id="Zoe-1", name="Zoe Stone", email="zoe@example.org"))
    return house


def parked(house: MatchingHouse, *news: Event) -> list[ParkedKey]:
    for one in news:
        house.world.tell(one)
    house.worker.settle()
    return keys(house)


def keys(house: MatchingHouse) -> list[ParkedKey]:
    return list(house.backbone.parked_keys.each({}))


def forgotten(house: MatchingHouse) -> int:
    house.matching.erasures.ask(HER, by="office")
    for _ in range(6):
        house.clock.set(house.clock.now() + timedelta(seconds=2))
        house.worker.settle()
    return house.matching.erasures.get(HER).counts["dead_letters"]


@pytest.mark.feature("P6")
def test_what_could_not_be_handled_of_her_goes(house_with_her: MatchingHouse) -> None:
    found = parked(house_with_her, HrPersonMoved(directory_id="Zoe-1", name="Zoe Blum", time_zone=NOWHERE),
                   HrPersonMoved(directory_id="Zoe-1", name="Zoe Berg", grade="x" * 300))

    assert forgotten(house_with_her) == len(found)

    assert keys(house_with_her) == []


@pytest.mark.feature("P6")
def test_a_key_of_hers_that_nothing_waits_for_any_more_goes_too(house_with_her: MatchingHouse) -> None:
    [one] = parked(house_with_her, HrPersonMoved(directory_id="Zoe-1", time_zone=NOWHERE))
    house_with_her.worker.dead_letters.discard(one.id, one.waiting[0].id)

    forgotten(house_with_her)

    assert keys(house_with_her) == []


@pytest.mark.feature("P6")
def test_what_is_about_somebody_else_waits_on_and_names_her_no_more(house_with_her: MatchingHouse) -> None:
    parked(house_with_her, HrPersonMoved(directory_id="m2", manager_id="ZOE-1", department="Sales", time_zone=NOWHERE),
           HrPersonMoved(directory_id="m1", manager_id="chief", time_zone=NOWHERE))

    assert forgotten(house_with_her) == 1

    said = {one.key: one.waiting[0].data for one in keys(house_with_her) if one.waiting[0].data}
    assert (said["m2"]["manager_id"], said["m2"]["department"]) == (None, "Sales")
    assert said["m1"]["manager_id"] == "chief"


@pytest.mark.feature("P6")
@pytest.mark.parametrize("place", ["value", "headers", "key"])
def test_what_cannot_be_read_goes_where_it_may_name_her(house_with_her: MatchingHouse, place: str) -> None:
    said: dict[str, Any] = {"value": b'{"who": "Zoe@example.org"', "headers": (("who", b"ZOE-1"),), "key": "Zoe-1"}
    usual = Unreadable(topic=HR_CHANGES.name, key="x", partition=0, offset=0, error="none", value=b"?", headers=())
    for one in (usual, replace(usual, offset=1, **{place: said[place]})):
        house_with_her.worker.dead_letters.park_unreadable(one)

    assert forgotten(house_with_her) == 1

    assert [event.offset for one in keys(house_with_her) for event in one.waiting] == [0]
