"""Who takes part and who has somebody: exact in a small programme, counted by the worker in a large one."""

import pytest

from services.matching.contracts.pairs import CloseReason
from services.matching.contracts.participants import Role
from services.matching.domain import headcount
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.quality import LoadClass
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    made = house.a_programme()
    house.bring(made, Role.MENTOR, MENTORS)
    house.bring(made, Role.MENTEE, MENTEES)
    house.settle()
    return made


def test_a_small_programme_is_counted_for_whoever_looks(house: MatchingHouse, programme: Programme) -> None:
    before = house.matching.summaries.of(programme.id)
    house.matching.people.leave(person_id("e3"))
    house.settle()
    after = house.matching.summaries.of(programme.id)

    assert (before.mentors, before.mentees, before.matched, before.seats, before.free_seats) == (2, 3, 0, 3, 3)
    assert (after.mentees, after.as_of) == (2, house.clock.now())
    assert not list(house.matching.summaries.headcounts.store.each({})), "nothing of a small one is kept"


def test_a_large_programme_is_counted_anew_by_the_worker_once_somebody_has_looked(
        house: MatchingHouse, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headcount, "QUICK", 4)
    house.matching.summaries.of(programme.id)
    first = house.clock.now()
    house.matching.people.leave(person_id("e3"))
    house.pass_time(seconds=30)

    looked = house.matching.summaries.of(programme.id)
    house.settle()
    again = house.matching.summaries.of(programme.id)

    assert (looked.mentees, looked.as_of) == (3, first)
    assert looked.funnel_as_of == house.clock.now(), "the funnel is counted by itself"
    assert (again.mentees, again.as_of) == (2, house.clock.now())


@pytest.mark.parametrize("quick", [headcount.QUICK, 4])
def test_proposals_of_which_nothing_came_are_counted_apart(
        house: MatchingHouse, programme: Programme, monkeypatch: pytest.MonkeyPatch, quick: int) -> None:
    monkeypatch.setattr(headcount, "QUICK", quick)
    pairs = house.matching.pairs
    asked = pairs.propose(programme.id, person_id("m1"), person_id("e1"), "carla")
    pairs.close(asked.id, CloseReason.DECLINED, "carla")
    house.settle()

    found = [house.matching.summaries.headcounts.of(programme.id) for _ in range(2)]

    assert [(one.pairs, one.completed, one.declined) for one in found] == [({"closed": 1}, 0, 1)] * 2


@pytest.mark.feature("C18")
def test_how_full_mentors_are_is_counted_with_the_rest(
        house: MatchingHouse, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = house.matching.pairs.propose(programme.id, person_id("m1"), person_id("e1"), "carla")
    house.matching.pairs.agree(pair.id, "carla")
    waiting = house.matching.summaries.of(programme.id).loads

    house.pass_gates(house.pair_of(programme, "e1"))
    house.settle()
    begun = house.matching.summaries.of(programme.id).loads
    monkeypatch.setattr(headcount, "QUICK", 4)
    kept = [house.matching.summaries.of(programme.id).loads for _twice in range(2)]

    assert waiting == (LoadClass(1, 1, 0, 0, 1), LoadClass(2, 1, 0, 1, 1))
    assert begun == (LoadClass(1, 1, 0, 0, 1), LoadClass(2, 1, 1, 0, 1))
    assert kept == [begun, begun]


def test_old_figures_of_a_large_programme_are_shown_to_nobody(
        house: MatchingHouse, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headcount, "QUICK", 3)
    house.matching.summaries.of(programme.id)
    house.matching.people.leave(person_id("e3"))
    house.pass_time(minutes=10)

    looked = house.matching.summaries.of(programme.id)

    assert (looked.mentees, looked.as_of) == (2, house.clock.now())
    assert house.matching.summaries.of(programme.id) == looked, "and it is kept"


def test_mentees_alone_are_those_in_no_pair_a_page_at_a_time(house: MatchingHouse, programme: Programme) -> None:
    alone = house.matching.summaries.headcounts.alone
    everybody = [one.person_id for one in alone(programme.id, 50, None).items]
    first = alone(programme.id, 2, None)
    rest = alone(programme.id, 2, first.after)
    house.a_published_run(programme)
    house.matching.pairs.close(house.pair_of(programme, "e2").id, "ended-early", "carla")
    house.settle()

    assert everybody == sorted(person_id(one) for one in ("e1", "e2", "e3"))
    assert [one.person_id for one in (*first.items, *rest.items)] == everybody
    assert rest.after is None
    assert [one.person_id for one in alone(programme.id, 50, None).items] == [person_id("e2")]
    matched = house.matching.summaries.headcounts.matched(programme.id, 50, None)
    assert [one.person_id for one in matched.items] == sorted(
        person_id(one) for one in ("e1", "e3"))
