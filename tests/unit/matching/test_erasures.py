"""Whoever follows the topic of erasures hears every service, and when the receipt is whole."""

from collections.abc import Iterator
from typing import Any

import pytest

from services.community.contracts.erasures import ErasureCompleted
from services.matching.contracts.erasures import ERASURES, ErasureReceiptCompleted
from services.matching.domain.application import Application
from services.matching.domain.erasure import SERVICES, ErasureState
from services.matching.domain.participant import Participant
from services.matching.domain.person import person_id
from shared.kernel.aggregate import Aggregate
from shared.store.repository import Repository
from tests.unit.matching.house import MatchingHouse

MIA, EVA = person_id("m1"), person_id("e1")


def forgotten_here(house: MatchingHouse) -> None:
    house.a_full_programme()
    house.matching.erasures.ask(MIA, by="office")
    for _ in range(5):
        house.pass_time(seconds=2)


def answered(house: MatchingHouse, *services: str) -> None:
    for service in services:
        house.tell(ErasureCompleted(person_id=MIA, service=service, counts={"things": 1}))


@pytest.mark.feature("P6")
def test_matching_answers_once_for_what_it_held_and_does_not_count_itself_twice(house: MatchingHouse) -> None:
    forgotten_here(house)

    erasure = house.matching.erasures.get(MIA)
    [told] = house.world.heard(ERASURES.name)
    assert (told.key, told.data["service"], told.data["counts"]) == (MIA, "matching", erasure.counts)
    assert [one.service for one in erasure.receipts] == ["matching"]


@pytest.mark.feature("P6")
def test_the_last_answer_makes_the_receipt_whole_and_a_repeat_tells_nothing_more(house: MatchingHouse) -> None:
    forgotten_here(house)
    answered(house, "surveys", "community")
    before = house.told(ERASURES.name)

    answered(house, "notifications", "notifications")

    [whole] = [one for one in house.world.heard(ERASURES.name) if one.type == ErasureReceiptCompleted.type]
    assert "erasure-receipt-completed" not in before
    assert whole.data == {"person_id": MIA, "services": list(SERVICES)}
    assert house.matching.erasures.get(MIA).state is ErasureState.COMPLETE


@pytest.mark.feature("P6")
def test_what_others_answered_is_looked_through_without_loading_who_they_are(
        house: MatchingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[type[Aggregate]] = []
    each = Repository.each

    def watched(store: Repository[Any], where: Any, *more: Any) -> Iterator[Any]:
        loaded.extend([store.kind] if not where else [])
        return each(store, where, *more)

    monkeypatch.setattr(Repository, "each", watched)
    forgotten_here(house)

    wishes = [one.answers.get("wishes") for one in house.matching.participants.store.each({"person_id": EVA})]
    assert wishes == [""]
    assert not {Participant, Application} & {*loaded}
