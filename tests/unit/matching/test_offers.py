"""Whom mentees are offered, and what coordinators hear of refusals."""

import pytest

from services.matching.domain.choice import DeclineReason
from services.matching.domain.matchmaking.people import Role as Side
from services.matching.domain.matchmaking.reasons import Reason
from services.matching.domain.matchmaking.rules import Rulebook
from services.matching.domain.matchmaking.terms import Waited
from services.matching.domain.matchmaking.wishes import Wishes
from services.matching.domain.offer import offer
from services.matching.domain.participant import NotTakingPart
from services.matching.domain.person import person_id
from services.matching.domain.programme import NoRequests, Programme
from services.matching.domain.suppression import Suppression
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_requests import E1, E2, M1, M2, M3, M4, a_programme, a_request, decline


def offered(house: MatchingHouse, programme: Programme, mentee: str = E1) -> list[str]:
    return [one.mentor_id for one in house.matching.offering.offers(programme.id, mentee)]


@pytest.mark.feature("C11")
def test_offers_rank_by_score_less_the_price_that_the_newest_run_found(house: MatchingHouse) -> None:
    programme = a_programme(house)
    by_score = offered(house, programme)

    run = house.a_proposed_run(programme)

    scores = {one.mentor_id: one.score for one in house.matching.offering.offers(programme.id, E1)}
    prices = {one.mentor_id: one.price for one in house.matching.runs.proposals(run.id, 50, None).items}
    assert prices[M1] > 0, "all three wish for M1"
    assert by_score[0] == M1
    assert offered(house, programme) == sorted(scores, key=lambda one: (prices.get(one, 0) - scores[one], one))
    assert offered(house, programme) != by_score


SKILLED = [
    {"id": "m1", "name": "M 1", "email": "m1@example.org", "capacity": "2", "manager": "b1", "skills": "sql; python",
     "location": "Hamburg", "wishes": "e1"},
    {"id": "m2", "name": "M 2", "email": "m2@example.org", "capacity": "1", "manager": "b2", "skills": "welding",
     "location": "Hamburg", "wishes": "e2"},
]
LEARNERS = [
    {"id": "e1", "name": "E 1", "email": "e1@example.org", "manager": "x1", "goals": "python; leading",
     "location": "Hamburg", "wishes": "m1"},
    {"id": "e2", "name": "E 2", "email": "e2@example.org", "manager": "x2", "goals": "welding", "wishes": "m2"},
]


@pytest.mark.feature("C2")
def test_a_mentee_finds_by_words_whom_they_may_ask_and_nobody_else(house: MatchingHouse) -> None:
    programme = house.a_full_programme(SKILLED, LEARNERS, requests_allowed=True)

    def found(text: str, mentee: str = E1) -> list[str]:
        return [one.mentor_id for one in house.matching.offering.offers(programme.id, mentee, text)]

    assert found("WELD") == found("m 2") == found("hamburg weld") == [M2]
    assert found("python welding") == found("e1") == found("nobody") == []
    assert set(found("hamburg")) == {M1, M2} == set(found("  "))
    a_request(house, programme, E2, M2)
    assert found("welding") == [], "others wait for the seat"


@pytest.mark.feature("C2")
def test_whoever_stands_behind_the_best_is_found_all_the_same(
        house: MatchingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    programme = house.a_full_programme(SKILLED, LEARNERS, requests_allowed=True)
    monkeypatch.setattr("services.matching.application.offering.MOST_OFFERS", 1)
    [first] = house.matching.offering.offers(programme.id, E1)

    [found] = house.matching.offering.offers(programme.id, E1, "welding")

    assert (first.mentor_id, found.mentor_id) == (M1, M2)


@pytest.mark.feature("S4.12")
def test_mentors_are_recommended_to_a_mentee_with_what_the_two_have_in_common(house: MatchingHouse) -> None:
    programme = house.a_full_programme(SKILLED, LEARNERS, requests_allowed=True)
    a_request(house, programme, E2, M1)

    first, second = house.matching.offering.offers(programme.id, E1)

    told = {one.criterion: one.params for one in first.reasons}
    assert (first.mentor_id, first.room, second.mentor_id, second.room) == (M1, 1, M2, 1)
    assert told["wish"]["rank"] == 1
    assert told["skills"]["shared"] == ["python"]
    assert [one.points for one in first.reasons] == sorted((one.points for one in first.reasons), reverse=True)
    assert "skills" not in {one.criterion for one in second.reasons}, "what e2 learns is nothing to e1"


def test_a_mentee_is_told_no_wish_of_a_mentor_and_nothing_that_holds_of_everybody() -> None:
    found = (Reason("mentor-wish", 900, {"kind": "mentor-wish", "rank": 1}), Reason("waited", 800, {"rounds": 2}),
             Reason("grade", 700, {"kind": "above", "mentor": "12", "mentee": "9"}),
             *(Reason(f"a{n}", 600 - n, {"kind": "same", "value": "x"}) for n in range(4)))
    book = Rulebook(terms=(Waited(name="waited", mentor="", mentee="rounds", points=800, rounds=2),),
                    mentor_wishes=Wishes(side=Side.MENTOR, columns_of_wishes=("wishes",)))

    told = offer("m1", 1, found, book)

    assert [one.criterion for one in told.reasons] == ["grade", "a0", "a1"]
    assert "12" not in str(told.reasons)
    assert told.score == sum(one.points for one in found), "all of it counts"


@pytest.mark.feature("C11")
def test_a_mentor_whose_seats_are_taken_or_asked_for_is_not_offered(house: MatchingHouse) -> None:
    programme = a_programme(house)
    a_request(house, programme, person_id("e3"), M2)
    house.matching.requests.accept(a_request(house, programme, E2, M1).id, M1)
    house.settle()

    assert set(offered(house, programme)) == {M3, M4}
    decline(house, house.matching.requests.of_person(person_id("e3"))[0], M2)
    assert set(offered(house, programme)) == {M2, M3, M4}


@pytest.mark.feature("C11")
def test_who_said_no_or_yes_to_this_mentee_is_not_offered_to_them_again(house: MatchingHouse) -> None:
    programme = house.a_full_programme(
        [{"id": f"m{n}", "name": f"M {n}", "email": f"m{n}@example.org", "capacity": "2"} for n in range(1, 5)],
        [{"id": f"e{n}", "name": f"E {n}", "email": f"e{n}@example.org", "capacity": "2"} for n in (1, 2)],
        requests_allowed=True)
    request = a_request(house, programme, E1, M1, M2)
    decline(house, request, M1)
    house.matching.requests.accept(request.id, M2)
    house.settle()

    assert set(offered(house, programme)) == {M3, M4}
    assert set(offered(house, programme, E2)) == {M1, M2, M3, M4}


def test_offers_are_for_mentees_of_programmes_with_requests(house: MatchingHouse) -> None:
    programme = a_programme(house)

    with pytest.raises(NotTakingPart):
        offered(house, programme, M1)
    house.matching.programmes.change(programme.id, {"requests_allowed": False}, None)
    with pytest.raises(NoRequests):
        offered(house, programme)


@pytest.mark.feature("C17")
@pytest.mark.parametrize(("counts", "shown"), [
    ({"a": 5, "b": 7}, {"b": 7, "a": 5}),
    ({"a": 4}, {}),
    ({"a": 9, "b": 4}, {}),
    ({"a": 9, "b": 6, "c": 1}, {"a": 9}),
    ({"a": 9, "b": 3, "c": 2}, {"a": 9}),
])
def test_no_small_count_is_shown_and_none_is_what_is_left_of_the_whole(counts: dict[str, int],
                                                                      shown: dict[str, int]) -> None:
    assert Suppression().large_enough(counts) == shown


@pytest.mark.feature("C17")
def test_while_all_refusals_have_one_reason_it_is_not_told(house: MatchingHouse) -> None:
    people = [{"id": f"{side}{n}", "name": f"{side} {n}", "email": f"{side}{n}@example.org", "manager": f"x{side}{n}"}
              for side in "me" for n in range(1, 21)]
    programme = house.a_full_programme(people[:20], people[20:], requests_allowed=True)

    for n in range(1, 21):
        request = a_request(house, programme, person_id(f"e{n}"), person_id(f"m{n}"))
        house.matching.requests.decline(request.id, person_id(f"m{n}"), DeclineReason.NO_TIME, "")

    assert house.matching.refusals.of(programme.id).reasons == {}


@pytest.mark.feature("C17")
def test_reasons_are_counted_by_fives_so_that_one_more_refusal_tells_nothing(house: MatchingHouse) -> None:
    people = [{"id": f"{side}{n}", "name": f"{side} {n}", "email": f"{side}{n}@example.org", "manager": f"x{side}{n}"}
              for side in "me" for n in range(1, 27)]
    programme = house.a_full_programme(people[:26], people[26:], requests_allowed=True)
    reasons = [DeclineReason.NO_TIME] * 14 + [DeclineReason.TOO_CLOSE] * 12
    counted = []

    for n, reason in enumerate(reasons, 1):
        request = a_request(house, programme, person_id(f"e{n}"), person_id(f"m{n}"))
        house.matching.requests.decline(request.id, person_id(f"m{n}"), reason, "")
        counted.append(house.matching.refusals.of(programme.id).reasons)

    assert counted == [{}] * 19 + [{"no-time": 14, "too-close": 6}] * 5 + [{"no-time": 14, "too-close": 11}] * 2
