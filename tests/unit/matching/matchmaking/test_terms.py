"""What each term adds, and when it counts."""

import pytest

from services.matching.domain.matchmaking.people import Role
from services.matching.domain.matchmaking.terms import Above, Close, Condition, Overlap, Same, Scale, Term
from services.matching.domain.matchmaking.wishes import Wishes
from tests.unit.matching.matchmaking.builders import a_person

BOTH = {"name": "x", "mentor": "x", "mentee": "x"}
GRADES = Scale((("junior",), ("senior", "expert"), ("lead",)))


def points(term: Term, mentor: str, mentee: str) -> int:
    reason = term.reason(a_person("m", x=mentor), a_person("e", x=mentee))
    return reason.points if reason else 0


@pytest.mark.parametrize(
    ("mentor", "mentee", "expected"),
    [
        ("Python; SQL", "sql;  PYTHON", 900),
        ("python", "Python, SQL, R", 300),
        ("a|b\nc", "c", 900),
        ("python", "java", 0),
        ("", "java", 0),
        ("java", "", 0),
        ("Straße", "STRASSE", 900),
    ],
)
def test_overlap_counts_the_part_of_the_mentees_list(mentor: str, mentee: str, expected: int) -> None:
    assert points(Overlap(**BOTH, points=900), mentor, mentee) == expected


@pytest.mark.parametrize(("mentee", "expected"), [("a", 900), ("a;b", 900), ("a;x;y", 450), ("x;y", 0)])
def test_a_few_shared_entries_can_be_enough(mentee: str, expected: int) -> None:
    assert points(Overlap(**BOTH, points=900, full_at=2), "a;b;c", mentee) == expected


@pytest.mark.parametrize(
    ("mentor", "mentee", "expected"), [("Berlin, Mitte", "berlin,  mitte", 5), ("Berlin", "Bern", 0), ("", "", 0)]
)
def test_equality_looks_at_the_whole_cell(mentor: str, mentee: str, expected: int) -> None:
    assert points(Same(**BOTH, points=5), mentor, mentee) == expected


@pytest.mark.parametrize(
    ("mentor", "mentee", "expected"),
    [("5", "5", 1000), ("6", "5", 666), ("5", "6,5", 500), ("2", "5", 0), ("9", "1", 0), ("x", "5", 0), ("", "5", 0)],
)
def test_closeness_of_numbers_falls_to_nothing_at_the_span(mentor: str, mentee: str, expected: int) -> None:
    assert points(Close(**BOTH, points=1000), mentor, mentee) == expected


@pytest.mark.parametrize(
    ("mentor", "mentee", "expected"),
    [("senior", "Expert", 1000), ("lead", "senior", 500), ("lead", "junior", 0), ("boss", "junior", 0)],
)
def test_closeness_follows_the_steps_of_a_scale(mentor: str, mentee: str, expected: int) -> None:
    assert points(Close(**BOTH, points=1000, scale=GRADES, span=2000), mentor, mentee) == expected


@pytest.mark.parametrize(
    ("mentor", "mentee", "expected"), [("lead", "senior", 7), ("lead", "junior", 7), ("senior", "expert", 0)]
)
def test_the_mentor_stands_at_least_one_grade_above(mentor: str, mentee: str, expected: int) -> None:
    assert points(Above(**BOTH, points=7, scale=GRADES), mentor, mentee) == expected


@pytest.mark.parametrize(("mentor", "expected"), [("5", 0), ("6", 7), ("8", 7), ("9", 0)])
def test_above_has_an_upper_end_where_it_is_given(mentor: str, expected: int) -> None:
    assert points(Above(**BOTH, points=7, by=1000, at_most=3000), mentor, "5") == expected


def test_a_reverse_programme_wants_the_mentor_below() -> None:
    term = Above(**BOTH, points=7, by=-5000, at_most=-1000)

    assert (points(term, "3", "5"), points(term, "5", "5"), points(term, "6", "5")) == (7, 0, 0)


@pytest.mark.parametrize(
    ("asked", "expected"), [("yes", 5), ("JA", 5), ("x", 5), ("no", 0), ("", 0), ("yes; please", 5)]
)
def test_a_condition_counts_only_when_the_mentee_asked_for_it(asked: str, expected: int) -> None:
    term = Same(**BOTH, points=5, when=(Condition(Role.MENTEE, "wants", frozenset({"yes", "ja", "x"})),))
    mentor, mentee = a_person("m", x="Berlin", wants="yes"), a_person("e", x="Berlin", wants=asked)

    reason = term.reason(mentor, mentee)

    assert (reason.points if reason else 0) == expected


def test_conditions_of_both_sides_must_hold() -> None:
    conditions = (
        Condition(Role.MENTEE, "matters", frozenset({"place"})),
        Condition(Role.MENTOR, "remote", frozenset({"no"})),
    )
    term = Same(**BOTH, points=5, when=conditions)
    mentee = a_person("e", x="Berlin", matters="language; place")

    found = [term.reason(a_person("m", x="Berlin", remote=remote), mentee) for remote in ("no", "yes")]

    assert found[0]
    assert found[0].points == 5
    assert found[1] is None


@pytest.mark.parametrize("columns", [("wishes",), ("first", "second", "third")])
def test_wishes_come_in_one_column_or_in_three(columns: tuple[str, ...]) -> None:
    wishes = Wishes(side=Role.MENTEE, columns_of_wishes=columns)
    mentee = a_person("e", wishes="M1; M2;m1; M3; M4", first="M1", second="M2", third="M3")

    assert wishes.of(mentee) == {"m1": 1, "m2": 2, "m3": 3}


def test_wishes_of_mentors_and_by_another_column_count_too() -> None:
    wishes = Wishes(side=Role.MENTOR, columns_of_wishes=("wishes",), points=(9, 4), refers_to="email")
    mentor, mentee = a_person("m", wishes="x@y; e@y"), a_person("e", email="E@y")

    reason = wishes.reason(mentor, mentee)

    assert reason
    assert (reason.criterion, reason.points, reason.params["rank"]) == ("mentor-wish", 4, 2)
