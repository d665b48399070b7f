"""Whom each hard rule bars."""

import pytest

from services.matching.domain.matchmaking.hard_rules import (
    ExcludedPairs,
    HardRule,
    MustBeAbove,
    MustDiffer,
    MustShare,
    NotSelf,
    OwnManager,
)
from services.matching.domain.matchmaking.people import Person, Role, Roster
from services.matching.domain.matchmaking.rules import Rulebook
from services.matching.domain.matchmaking.terms import Condition
from tests.unit.matching.matchmaking.builders import a_person, a_problem, proposals

BOTH = {"name": "x", "mentor": "x", "mentee": "x"}


def bars(rule: HardRule, mentor: Person, mentee: Person, *others: Person) -> bool:
    return rule.bars(mentor, mentee, Roster((mentor, mentee, *others)))


def test_nobody_mentors_themselves() -> None:
    assert bars(NotSelf(), a_person("A1"), a_person("a1"))


@pytest.mark.feature("C9")
@pytest.mark.parametrize(
    ("mentor", "mentee", "barred"),
    [
        (a_person("boss"), a_person("e", manager="BOSS"), True),
        (a_person("m", manager="e"), a_person("e"), True),
        (a_person("top"), a_person("e", manager="mid"), True),
        (a_person("m", manager="mid"), a_person("top"), True),
        (a_person("m", manager="top"), a_person("e", manager="mid"), False),
        (a_person("m"), a_person("e"), False),
    ],
)
def test_manager_and_skip_level_manager_are_barred_both_ways(mentor: Person, mentee: Person, barred: bool) -> None:
    mid = a_person("mid", manager="top")

    assert bars(OwnManager(), mentor, mentee, mid) is barred


def test_a_column_may_say_the_managers_manager() -> None:
    rule = OwnManager(managers=("manager", "second"))

    assert bars(rule, a_person("top"), a_person("e", manager="unknown", second="top"))


def test_levels_say_how_far_up_is_looked() -> None:
    mentee, chain = a_person("e", manager="a"), [a_person("a", manager="b"), a_person("b", manager="c")]

    found = [bars(OwnManager(levels=levels), a_person("c"), mentee, *chain) for levels in (1, 2, 3)]

    assert found == [False, False, True]


def test_a_ring_of_managers_ends() -> None:
    ring = [a_person("a", manager="b"), a_person("b", manager="a")]

    assert bars(OwnManager(levels=20), ring[0], ring[1])


def test_managers_may_be_named_by_another_column() -> None:
    rule = OwnManager(refers_to="email")

    assert bars(rule, a_person("m", email="boss@x"), a_person("e", email="e@x", manager="Boss@x"))


@pytest.mark.parametrize(("mentor", "mentee", "barred"), [("b1", "B1", True), ("b1", "b2", False), ("", "", False)])
def test_the_same_manager_is_a_must_differ(mentor: str, mentee: str, barred: bool) -> None:
    assert bars(MustDiffer(**BOTH), a_person("m", x=mentor), a_person("e", x=mentee)) is barred


@pytest.mark.parametrize(
    ("mentor", "mentee", "barred"),
    [
        (a_person("M"), a_person("E"), True),
        (a_person("m2"), a_person("e"), False),
        (a_person("m2", never="e"), a_person("e"), True),
        (a_person("m2"), a_person("e", avoid="x; M2"), True),
    ],
)
def test_excluded_pairs_come_from_the_rules_and_from_either_side(mentor: Person, mentee: Person, barred: bool) -> None:
    rule = ExcludedPairs(pairs=frozenset({("m", "e")}), mentor="never", mentee="avoid")

    assert bars(rule, mentor, mentee) is barred


@pytest.mark.parametrize(
    ("mentor", "mentee", "blank", "barred"),
    [("en; de", "de", False, False), ("en", "de", False, True), ("", "de", False, False), ("", "de", True, True)],
)
def test_must_share_bars_the_empty_only_where_told(mentor: str, mentee: str, blank: bool, barred: bool) -> None:
    assert bars(MustShare(**BOTH, bar_blank=blank), a_person("m", x=mentor), a_person("e", x=mentee)) is barred


@pytest.mark.parametrize(
    ("mentor", "mentee", "barred"), [("6", "5", False), ("5", "5", True), ("8", "5", True), ("", "5", False)]
)
def test_must_be_above_has_two_ends(mentor: str, mentee: str, barred: bool) -> None:
    assert bars(MustBeAbove(**BOTH, at_most=2000), a_person("m", x=mentor), a_person("e", x=mentee)) is barred


def test_a_hard_rule_may_count_only_when_asked_for() -> None:
    rule = MustShare(**BOTH, when=(Condition(Role.MENTEE, "insists", frozenset({"yes"})),))

    found = [bars(rule, a_person("m", x="a"), a_person("e", x="b", insists=word)) for word in ("yes", "no")]

    assert found == [True, False]


@pytest.mark.feature("C9")
def test_reporting_line_pairs_never_arise_by_run() -> None:
    line = [a_person("boss"), a_person("peer", manager="boss"), a_person("free", manager="x")]
    mentees = [a_person(f"e{place}", manager="boss") for place in range(3)]
    rulebook = Rulebook(hard_rules=(OwnManager(), MustDiffer(name="same-manager", mentor="manager", mentee="manager")))

    found = proposals(a_problem(line, mentees, rulebook))

    assert [pair.mentor_id for pair in found.pairs] == ["free"]
