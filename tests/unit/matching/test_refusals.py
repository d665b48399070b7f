"""Reasons to say no: exact in a small programme, counted by the worker in a large one."""

import pytest

from services.matching.domain import refusal_report
from services.matching.domain.choice import DeclineReason
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.suppression import Suppression
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_offers import a_request

REFUSED = {"no-time": 12, "too-close": 8}


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    """In which twenty said no."""
    people = [{"id": f"{side}{n}", "name": f"{side} {n}", "email": f"{side}{n}@example.org", "manager": f"x{side}{n}"}
              for side in "me" for n in range(1, 22)]
    made = house.a_full_programme(people[:21], people[21:], requests_allowed=True)
    for n, reason in enumerate([DeclineReason.NO_TIME] * 12 + [DeclineReason.TOO_CLOSE] * 8, 1):
        say_no(house, made, n, reason)
    return made


def say_no(house: MatchingHouse, programme: Programme, n: int, reason: DeclineReason) -> None:
    request = a_request(house, programme, person_id(f"e{n}"), person_id(f"m{n}"))
    house.matching.requests.decline(request.id, person_id(f"m{n}"), reason, "")


def test_of_a_small_programme_they_are_counted_for_whoever_looks(house: MatchingHouse, programme: Programme) -> None:
    assert house.matching.refusals.of(programme.id).reasons == REFUSED
    assert not list(house.matching.refusals.store.each({})), "nothing of a small one is kept"


@pytest.mark.feature("C17")
def test_of_a_large_programme_no_page_reads_all_requests(
        house: MatchingHouse, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusal_report, "QUICK", 19)

    first = house.matching.refusals.of(programme.id).reasons
    house.settle()
    with monkeypatch.context() as reading:
        reading.setattr(type(house.matching.requests.store), "each", lambda *_: pytest.fail("all are read"))
        again = house.matching.refusals.of(programme.id).reasons

    assert (first, again) == ({}, REFUSED)


def test_what_was_counted_for_smaller_groups_is_not_shown(
        house: MatchingHouse, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusal_report, "QUICK", 19)
    refusals = house.matching.refusals
    refusals.of(programme.id)
    house.settle()
    object.__setattr__(refusals, "suppression", Suppression(6))

    hidden = refusals.of(programme.id).reasons

    assert hidden == {}
