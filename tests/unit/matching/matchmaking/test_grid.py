"""The arrays say the same of every pair as the rules do, to the unit."""

import random

import pytest

from services.matching.domain.matchmaking.grid import grid_of
from services.matching.domain.matchmaking.hard_rules import (
    ExcludedPairs,
    MustBeAbove,
    MustDiffer,
    MustShare,
    OwnManager,
)
from services.matching.domain.matchmaking.people import Person, Role
from services.matching.domain.matchmaking.problem import Problem, unwatched
from services.matching.domain.matchmaking.rules import Rulebook
from services.matching.domain.matchmaking.terms import Above, Close, Condition, Overlap, Same, Scale
from services.matching.domain.matchmaking.wishes import Wishes

WORDS = ["", "a", "b", "A", "c", "a; b", "b, c", "a;b;c", "d"]
LEVELS = ["", "1", "2", "2,5", "3", "7", "x"]
STEPS = ["", "low", "mid", "high", "top", "?"]
SCALE = Scale((("low",), ("mid", "middle"), ("high",), ("top",)))
ASKED = (Condition(Role.MENTEE, "asks", frozenset({"a", "b"})),)
OFFERED = (*ASKED, Condition(Role.MENTOR, "asks", frozenset({"a", "c"})))


def a_rulebook(dice: random.Random) -> Rulebook:
    when, blank = dice.choice([(), ASKED, OFFERED]), dice.random() < 0.3
    by, most = dice.choice([-1000, 0, 1000]), dice.choice([None, 2000])
    return Rulebook(
        hard_rules=(
            OwnManager(managers=dice.choice([("manager",), ("manager", "second")]), levels=dice.randint(1, 3)),
            ExcludedPairs(pairs=frozenset({("m1", "e1")}), mentor="avoid", mentee="avoid"),
            MustDiffer(name="differ", mentor="list", mentee="other", when=when),
            MustShare(name="share", mentor="list", mentee="list", bar_blank=blank, when=when),
            MustBeAbove(name="up", mentor="step", mentee="step", scale=SCALE, by=by, at_most=most, bar_blank=blank),
        ),
        terms=(
            Overlap(name="overlap", mentor="list", mentee="other", points=999, when=when),
            Overlap(name="enough", mentor="other", mentee="list", points=1000, full_at=2),
            Same(name="same", mentor="list", mentee="list", points=7, when=when),
            Close(name="close", mentor="number", mentee="number", points=1001, span=2500, when=when),
            Close(name="steps", mentor="step", mentee="step", points=100, scale=SCALE),
            Above(name="above", mentor="number", mentee="number", points=13, by=by, at_most=most),
        ),
        wishes=Wishes(side=Role.MENTEE, columns_of_wishes=("wishes",)),
        mentor_wishes=Wishes(side=Role.MENTOR, columns_of_wishes=("wishes",), points=(11,), refers_to="mail"),
    )


def a_row(dice: random.Random) -> dict[str, str]:
    ids = ["", "m0", "m1", "m2", "e0", "e1", "e2", "M1; m3", "boss"]
    texts = {name: dice.choice(WORDS) for name in ("list", "other", "asks")}
    people = {name: dice.choice(ids) for name in ("manager", "second", "avoid", "wishes", "mail")}
    return {**texts, **people, "number": dice.choice(LEVELS), "step": dice.choice(STEPS)}


def a_side(dice: random.Random, letter: str) -> tuple[Person, ...]:
    both = [Person("both", a_row(dice))] if dice.random() < 0.3 else []
    return (*(Person(f"{letter}{place}", a_row(dice)) for place in range(dice.randint(0, 6))), *both)


@pytest.mark.feature("C7")
@pytest.mark.parametrize("seed", range(150))
def test_arrays_and_rules_agree_on_every_pair(seed: int) -> None:
    dice = random.Random(seed)
    rulebook, others = a_rulebook(dice), (Person("boss", {"manager": "m2"}),)
    problem = Problem(a_side(dice, "m"), a_side(dice, "e"), rulebook, others)

    grid = grid_of(problem, unwatched)

    for row, mentee in enumerate(problem.mentees):
        for column, mentor in enumerate(problem.mentors):
            barring = rulebook.barred_by(mentor, mentee, problem.roster)
            first = grid.rules[grid.barred[row, column] - 1] if grid.barred[row, column] else None
            assert grid.scores[row, column] == sum(one.points for one in rulebook.reasons(mentor, mentee))
            assert first == (barring[0] if barring else None)
    removed = sum(
        len(rulebook.barred_by(mentor, mentee, problem.roster))
        for mentee in problem.mentees
        for mentor in problem.mentors
    )
    assert grid.removed_by_mentee.sum() == grid.removed_by_mentor.sum() == removed
