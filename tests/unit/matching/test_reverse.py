"""Reverse mentoring: the mentor is the junior of the two, in a run, by hand and by request."""

import pytest

from services.matching.application.pairs import BarredByRule
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from tests.unit.matching.house import MatchingHouse

MENTORS = [
    {"id": "jo", "name": "Jo Kim", "email": "jo@example.org", "manager": "x1", "skills": "python",
     "languages": "en", "grade": "junior", "capacity": "1"},
    {"id": "del", "name": "Del Ruiz", "email": "del@example.org", "manager": "x2", "skills": "python",
     "languages": "en", "grade": "director", "capacity": "1"},
]
MENTEES = [
    {"id": "dan", "name": "Dan Holt", "email": "dan@example.org", "manager": "x3", "goals": "python",
     "languages": "en", "grade": "director"},
    {"id": "jil", "name": "Jil Sato", "email": "jil@example.org", "manager": "x4", "goals": "python",
     "languages": "en", "grade": "junior"},
]
ALLOWED = {("jo", "dan")}
"""Of a junior and a director on each side, one couple alone has the junior as its mentor."""


@pytest.fixture
def reverse(house: MatchingHouse) -> Programme:
    return house.a_full_programme(MENTORS, MENTEES, template="reverse", requests_allowed=True)


@pytest.mark.feature("C13")
def test_a_run_turns_the_rule_of_seniority_round(house: MatchingHouse, reverse: Programme) -> None:
    house.a_published_run(reverse)

    assert {(pair.mentor_id, pair.mentee_id) for pair in house.pairs(reverse)} == {
        (person_id(mentor), person_id(mentee)) for mentor, mentee in ALLOWED}


@pytest.mark.feature("C13")
@pytest.mark.parametrize("mentor", ["jo", "del"])
@pytest.mark.parametrize("mentee", ["dan", "jil"])
def test_so_do_pairs_by_hand_and_by_request(house: MatchingHouse, reverse: Programme, mentor: str, mentee: str) -> None:
    two = person_id(mentor), person_id(mentee)

    def tried() -> list[str]:
        matching, refused = house.matching, []
        for ask in (lambda: matching.requests.open(reverse.id, two[1], [two[0]]),
                    lambda: matching.pairs.propose(reverse.id, *two, by="carla")):
            try:
                ask()
            except BarredByRule as error:
                refused.append(str(error))
        return refused

    said = tried()

    assert len(said) == (0 if (mentor, mentee) in ALLOWED else 2)
    assert all("mentor-is-junior" in one for one in said)


def test_where_the_mentor_is_the_senior_the_same_people_are_matched_the_other_way(house: MatchingHouse) -> None:
    rules = {"scales": {"grades": ["junior", "director"]}, "terms": [],
             "rules": [{"kind": "must-be-above", "name": "senior-mentor", "mentor": "grade", "mentee": "grade",
                        "scale": "grades"}]}
    usual = house.a_full_programme(MENTORS, MENTEES, rules=rules)

    house.a_published_run(usual)

    assert {(pair.mentor_id, pair.mentee_id) for pair in house.pairs(usual)} == {(person_id("del"), person_id("jil"))}
