"""The last weeks of a pair: when they begin, what goes on in them, and how they end."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from services.matching.contracts.pairs import PAIRS, CloseReason, PairState
from services.matching.contracts.participants import Role
from services.matching.contracts.programmes import PROGRAMMES
from services.matching.domain.cadence import BadCadence, Cadence
from services.matching.domain.pair import Pair
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.seats import NoFreeSeat
from services.surveys.contracts.journeys import AgreementTermsSet
from tests.unit.matching.builders import a_created_pair, a_programme, a_proposed_pair, an_active_pair, told
from tests.unit.matching.house import MENTEES, MONDAY, MatchingHouse
from tests.unit.matching.mortal import killed_after, revived
from tests.unit.matching.test_capacity import MENTOR
from tests.unit.matching.test_stepping_up import becomes_mentor

LATER = MONDAY + timedelta(days=9)


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    """From 1 March to 1 December 2027, with pairs under way: `MENTEES` are three."""
    found = house.a_full_programme(gates=(), ends_on="2027-11-30")
    house.a_published_run(found)
    return found


def states(house: MatchingHouse, programme: Programme) -> set[str]:
    return {pair.state.value for pair in house.pairs(programme)}


def agreed(house: MatchingHouse, pair: Pair, ends_on: str | None) -> None:
    house.tell(AgreementTermsSet(journey_id="j", pair_id=pair.id, programme_id=pair.programme_id,
                                 set_by=pair.mentee_id, meetings_every_days=14, ends_on=ends_on))


def until(house: MatchingHouse, day: str, hour: str = "00:00") -> None:
    """In Berlin, in winter."""
    house.clock.set(datetime.fromisoformat(f"{day}T{hour}:00+01:00"))
    house.settle()


@pytest.mark.parametrize(("before", "state", "news"), [
    (a_proposed_pair, PairState.PROPOSED, []), (a_created_pair, PairState.AWAITING_TRAINING, []),
    (an_active_pair, PairState.CLOSING, ["pair-closing"])])
def test_only_a_pair_that_is_under_way_begins_its_last_weeks_and_once(
        before: Callable[[], Pair], state: PairState, news: list[str]) -> None:
    pair = before()

    pair.close_from(MONDAY, MONDAY)
    pair.close_from(MONDAY, LATER)

    assert (pair.state, told(pair)) == (state, news)


def test_a_pair_that_pauses_is_closing_when_it_goes_on() -> None:
    pair = an_active_pair()
    pair.pause("mentor", MONDAY)
    pair.close_from(MONDAY, MONDAY)
    assert (pair.state, told(pair)) == (PairState.PAUSED, ["pair-paused"])

    pair.resume("mentor", LATER)

    assert (pair.state, told(pair)[1:]) == (PairState.CLOSING, ["pair-resumed", "pair-closing"])


def test_breaks_and_leaves_are_as_before_in_the_last_weeks() -> None:
    pair = an_active_pair()
    pair.close_from(MONDAY, MONDAY)

    pair.be_away("mentee", True, LATER)
    away = pair.state
    pair.be_away("mentee", False, LATER)

    assert (away, pair.state) == (PairState.PAUSED, PairState.CLOSING)
    assert told(pair) == ["pair-closing", "pair-paused", "pair-resumed", "pair-closing"]


@pytest.mark.parametrize("end", [
    lambda pair: pair.close(CloseReason.ENDED_EARLY, "mentee", LATER),
    lambda pair: pair.close(CloseReason.COMPLETED, "carla", LATER), lambda pair: pair.complete(LATER),
    lambda pair: pair.someone_left("mentor", LATER)])
def test_it_ends_in_one_step_and_frees_its_seats(end: Callable[[Pair], None]) -> None:
    pair = an_active_pair()
    pair.agreed_end = "2027-05-01"
    pair.close_from(LATER, MONDAY)
    pair.close_from(MONDAY, MONDAY)
    assert (pair.live, pair.seated) == (True, True)

    end(pair)

    assert (pair.state, pair.mentor_seat, pair.timers) == (PairState.CLOSED, "released/pair-1", {})
    assert told(pair) == ["pair-closing", "pair-closed"]


def test_an_end_that_is_moved_on_lets_a_pair_go_on_as_before() -> None:
    pair = an_active_pair()
    pair.close_from(MONDAY, MONDAY)

    pair.close_from(LATER, MONDAY)

    assert (pair.state, told(pair)[1:]) == (PairState.ACTIVE, ["pair-resumed"])


@pytest.mark.parametrize(("days", "agreed_end", "moment"), [
    (28, "", "2027-11-02T23:00:00+00:00"), (1, "", "2027-11-29T23:00:00+00:00"),
    (28, "2027-06-30", "2027-06-02T22:00:00+00:00"), (28, "2028-06-30", "2027-11-02T23:00:00+00:00")])
def test_the_days_before_the_end_are_counted_in_the_zone_of_the_programme(
        days: int, agreed_end: str, moment: str) -> None:
    programme = a_programme(cadence=Cadence(closing_days=days))

    found = programme.last_weeks_from(agreed_end)

    assert found
    assert found.isoformat() == moment


def test_pairs_begin_their_last_weeks_28_days_before_the_end_and_close_as_before(
        house: MatchingHouse, programme: Programme) -> None:
    until(house, "2027-11-02", "23:59")
    assert states(house, programme) == {"active"}

    until(house, "2027-11-03")

    assert states(house, programme) == {"closing"}
    assert house.told(PAIRS.name).count("pair-closing") == len(MENTEES)
    [*_, event] = house.world.heard(PAIRS.name)
    assert (event.data or {})["state"] == "closing"
    for _ in ("the programme is over", "it is closed"):
        house.pass_time(days=28)
    assert {(pair.state, pair.reason) for pair in house.pairs(programme)} == {
        (PairState.CLOSED, CloseReason.COMPLETED)}


def test_a_programme_says_how_long_the_last_weeks_are(house: MatchingHouse, programme: Programme) -> None:
    until(house, "2027-11-03")
    house.matching.programmes.change(programme.id, {"closing_days": 14}, None)
    house.settle()
    shorter = states(house, programme)
    until(house, "2027-11-17")

    assert (shorter, states(house, programme)) == ({"active"}, {"closing"})
    assert {(event.data or {})["closing_days"] for event in house.world.heard(PROGRAMMES.name)} == {28, 14}
    with pytest.raises(BadCadence):
        house.matching.programmes.change(programme.id, {"closing_days": 0}, None)


def test_a_pair_holds_its_seats_to_the_end(house: MatchingHouse) -> None:
    programme = house.a_full_programme([{**MENTOR, "capacity": "1"}], MENTEES[:2], gates=(), ends_on="2027-11-30")
    house.a_published_run(programme)
    [pair] = house.pairs(programme)
    until(house, "2027-11-03")
    other = next(person_id(one["id"]) for one in MENTEES[:2] if person_id(one["id"]) != pair.mentee_id)

    with pytest.raises(NoFreeSeat):
        house.matching.pairs.propose(programme.id, pair.mentor_id, other, "carla")

    heads = house.matching.summaries.of(programme.id)
    assert (heads.matched, heads.free_seats) == (1, 0)
    assert [one.person_id for one in house.matching.summaries.headcounts.alone(programme.id, 9, None).items] == [other]


def test_a_pair_that_begins_in_the_last_weeks_is_closing_at_once(house: MatchingHouse) -> None:
    programme = house.a_full_programme(gates=(), ends_on="2027-11-30")
    until(house, "2027-11-10")

    house.a_published_run(programme)

    assert states(house, programme) == {"closing"}


def test_what_the_two_agreed_on_ends_their_pair_before_the_programme(house: MatchingHouse,
                                                                     programme: Programme) -> None:
    pair, other, *_ = house.pairs(programme)
    agreed(house, pair, "2027-06-30")
    agreed(house, other, None)
    house.pass_time(days=93)
    before = states(house, programme)
    house.pass_time(days=1)

    assert (before, house.matching.pairs.get(pair.id).state) == ({"active"}, PairState.CLOSING)
    assert house.matching.pairs.get(other.id).state is PairState.ACTIVE
    house.matching.programmes.change(programme.id, {"name": "Rising again"}, None)
    house.settle()
    assert house.matching.pairs.get(pair.id).state is PairState.CLOSING
    agreed(house, pair, "2027-09-30")
    assert house.matching.pairs.get(pair.id).state is PairState.ACTIVE
    house.pass_time(days=95)
    assert house.matching.pairs.get(pair.id).state is PairState.CLOSING


def test_a_programme_that_is_longer_lets_its_pairs_go_on(house: MatchingHouse, programme: Programme) -> None:
    until(house, "2027-11-03")

    house.matching.programmes.change(programme.id, {"ends_on": "2028-03-31"}, None)
    house.settle()

    assert states(house, programme) == {"active"}
    until(house, "2028-03-10")
    assert states(house, programme) == {"closing"}


def test_events_that_come_again_tell_nothing_anew(house: MatchingHouse, programme: Programme) -> None:
    until(house, "2027-11-03")
    before = [(pair.id, pair.version) for pair in house.pairs(programme)]

    house.world.again()
    house.settle()
    house.matching.programmes.change(programme.id, {"name": "Rising again"}, None)
    house.settle()

    assert [(pair.id, pair.version) for pair in house.pairs(programme)] == before


@pytest.mark.slow
@pytest.mark.parametrize("writes", range(1, 7))
def test_a_crash_anywhere_leaves_no_pair_behind(house: MatchingHouse, programme: Programme, writes: int) -> None:
    house.clock.set(datetime.fromisoformat("2027-11-03T00:00:00+01:00"))
    killed_after(house, writes)
    revived(house)
    house.settle()

    assert states(house, programme) == {"closing"}
    assert house.told(PAIRS.name).count("pair-closing") == len(MENTEES)


def test_the_last_pair_that_closes_still_asks_its_mentor_to_go_on(house: MatchingHouse, programme: Programme) -> None:
    until(house, "2027-11-03")
    pair = house.pairs(programme)[0]
    for one in house.pairs(programme):
        house.matching.pairs.close(one.id, CloseReason.COMPLETED, "carla")
    house.settle()

    assert house.matching.renewals.get(programme.id, pair.mentor_id)


def test_flash_pairs_have_no_last_weeks(house: MatchingHouse) -> None:
    programme = house.a_full_programme(template="flash", ends_on="2027-11-30")
    pair = house.matching.pairs.propose(programme.id, person_id("m1"), person_id("e1"), "carla")
    house.matching.pairs.agree(pair.id, "carla")
    until(house, "2027-11-20")

    assert house.matching.pairs.get(pair.id).state is PairState.ACTIVE
    assert house.matching.programmes.get(programme.id).last_weeks_from() is None


def test_a_mentee_may_become_a_mentor_while_their_pair_is_closing(house: MatchingHouse, programme: Programme) -> None:
    house.matching.programmes.change(programme.id, {"always_on": True}, None)
    until(house, "2027-11-03")

    becomes_mentor(house, programme)

    assert any(one.role is Role.MENTOR for one in house.matching.participants.of_person(person_id("e1")))
    assert "closing" in states(house, programme)
