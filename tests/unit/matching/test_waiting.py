"""Waiting: who is next, what it is worth in the next run, and what the person is told."""

import pytest

from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import Role
from services.matching.domain.matchmaking.people import Person
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.programme_rules import rulebook_of
from services.matching.domain.verdict import DeclineReason, Outcome
from tests.unit.matching.house import MENTORS, MatchingHouse
from tests.unit.matching.test_applications import an_application, decided, people
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_

E = [{"id": f"e{number}", "name": f"Eva {number}", "email": f"e{number}@example.org", "goals": "python",
      "languages": "en", "grade": "junior"} for number in range(1, 6)]
GOOD = {**E[3], "interests": "chess; tea; go"}
"""Fits `ANOTHER` a little better than the others do."""
ANOTHER = {**MENTORS[0], "id": "m9", "email": "m9@example.org", "capacity": "1", "interests": "chess"}


def waiting(house: MatchingHouse, programme: Programme, *names: str) -> None:
    """Each has applied, a day after the other, and is on the waiting list."""
    people(house, *names)
    for name in names:
        decided(house, programme, [an_application(house, programme, person_id(name))], Outcome.WAIT)
        house.pass_time(days=1)


def places(house: MatchingHouse, *names: str) -> list[tuple[str, int, int]]:
    return [(one.waits_for, one.position, one.rounds) for name in names
            for one in house.matching.waiting.places(person_id(name))]


@pytest.mark.feature("B7")
def test_the_waiting_list_goes_by_rounds_then_by_date_and_each_sees_their_own_place(house: MatchingHouse,
                                                                                    as_: As) -> None:
    programme = house.a_full_programme(always_on=True)
    waiting(house, programme, "anna", "ben")
    house.a_published_run(programme)
    waiting(house, programme, "cleo")

    listed = house.matching.applications.find(programme.id, 10, None, state=ApplicationState.WAITING).items
    [mine] = as_(person_id("ben")).get("/me/places").json["items"]

    assert [(one.person_id, one.rounds) for one in listed] == [
        (person_id("anna"), 1), (person_id("ben"), 1), (person_id("cleo"), 0)]
    assert places(house, "anna", "ben", "cleo") == [("place", 1, 1), ("place", 2, 1), ("place", 3, 0)]
    assert mine == {"programme_id": programme.id, "role": "mentee", "waits_for": "place", "position": 2, "rounds": 1}
    decided(house, programme, [listed[0].id], Outcome.DECLINE, reason=DeclineReason.TOO_LATE)
    assert places(house, "anna", "ben") == [("place", 1, 1)]


@pytest.mark.feature("B7")
def test_mentees_without_a_mentor_stand_in_line_until_they_have_one(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=MENTORS[:1], mentees=E[:4])
    house.a_published_run(programme)
    alone = sorted(set(range(1, 5)) - {int(pair.mentee_id == person_id(f"e{one}")) * one
                                       for pair in house.pairs(programme) for one in range(1, 5)})
    names = [f"e{one}" for one in alone]
    assert sorted(places(house, *names)) == [("mentor", 1, 1), ("mentor", 1, 1)]

    house.bring(programme, Role.MENTOR, [ANOTHER])
    house.a_published_run(programme)

    assert places(house, *(f"e{one}" for one in range(1, 5))) == [("mentor", 1, 2)]


@pytest.mark.feature("B7")
def test_the_next_run_gives_whoever_waited_the_documented_bonus_and_says_so(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "1"}], mentees=E[:2])
    house.a_published_run(programme)
    [alone] = [one for one in ("e1", "e2") if places(house, one)]
    house.bring(programme, Role.MENTOR, [ANOTHER])
    house.bring(programme, Role.MENTEE, [GOOD])

    run = house.a_proposed_run(programme)

    [proposal] = house.matching.runs.proposals(run.id, 10, None).items
    bonus = next(one for one in proposal.reasons if one.criterion == "waited")
    assert proposal.mentee_id == person_id(alone)
    assert run.found
    assert (bonus.points, bonus.params["rounds"], run.found.best) == (5, 1, 104)
    assert proposal.score == sum(one.points for one in proposal.reasons)
    assert run.found.total == proposal.score - bonus.points


@pytest.mark.feature("B7")
@pytest.mark.parametrize(("rounds", "points"), [("", 0), ("1", 5), ("2", 10), ("3", 15), ("9", 15)])
def test_each_round_is_worth_five_percent_of_the_best_score_and_three_count(rounds: str, points: int) -> None:
    book = rulebook_of(None)

    assert book.highest_score == 104
    assert book.score(Person("m", {}), Person("e", {"rounds_waited": rounds})) == points


@pytest.mark.feature("B7")
def test_rounds_on_the_waiting_list_count_when_a_place_is_found(house: MatchingHouse) -> None:
    programme = house.a_full_programme(always_on=True)
    waiting(house, programme, "anna")
    house.a_published_run(programme)

    decided(house, programme, [house.matching.applications.of_person(person_id("anna"))[0].id])

    assert places(house, "anna") == [("mentor", 1, 1)]


def test_who_found_a_mentor_by_hand_before_the_pairs_leave_waited_no_round(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "1"}], mentees=E[:2])
    run = house.a_proposed_run(programme)
    [alone] = house.matching.runs.unmatched(run.id, 10, None).items
    house.bring(programme, Role.MENTOR, [ANOTHER])
    house.matching.pairs.propose(programme.id, person_id("m9"), alone.person_id, "carla")
    house.settle()

    house.matching.runs.publish(run.id)
    house.settle()

    assert house.matching.waiting.places(alone.person_id) == []


def test_a_run_for_one_mentee_is_no_round(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=MENTORS[:1], mentees=E[:3])
    house.a_published_run(programme)
    pair = house.pairs(programme)[0]
    house.matching.people.leave(pair.mentor_id)
    house.settle()
    run = house.matching.runs.queue_rematch(programme.id, pair.mentee_id, pair.id, cause=None)  # type: ignore[arg-type]
    house.settle()
    before = places(house, "e1", "e2", "e3")

    house.matching.runs.publish(run.id)
    house.settle()

    assert places(house, "e1", "e2", "e3") == before
