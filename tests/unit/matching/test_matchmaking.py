"""Rules bar, terms score, the solver is exact."""

import itertools
import random

import pytest

from services.matching.adapters.solver import ScipySolver
from services.matching.domain.matchmaking.matchmaker import match
from services.matching.domain.matchmaking.rulebook import DEFAULT, Bar, HardRule, Kind, Rulebook, Term
from services.matching.domain.matchmaking.scoring import Problem
from shared.kernel.errors import Invalid

ADA = {"id": "ada", "manager": "zoe", "languages": "en; de", "skills": "Python, leading", "grade": "lead"}
BOB = {"id": "bob", "manager": "yan", "languages": "en", "skills": "sales", "grade": "junior"}
MIA = {"id": "mia", "manager": "xia", "languages": "EN", "goals": "python; sales", "grade": "junior", "wishes": "bob"}


def a_problem(*mentees: dict[str, str], mentors: tuple[dict[str, str], ...] = (ADA, BOB),
              rulebook: Rulebook = DEFAULT) -> Problem:
    return Problem(mentors, mentees, rulebook)


@pytest.mark.feature("C7")
def test_a_score_is_the_sum_of_the_reasons_shown() -> None:
    problem = a_problem(MIA)

    reasons = problem.reasons(0, 0)

    assert [(one.criterion, one.points) for one in reasons] == [("skills", 3000), ("seniority", 1500)]
    assert reasons[0].detail == ("python",)
    assert sum(one.points for one in reasons) == problem.scores[0, 0]


@pytest.mark.parametrize(("mentee", "rule"), [
    ({"manager": "ada"}, "own manager"), ({"id": "zoe", "manager": ""}, "own report"),
    ({"manager": "zoe"}, "same manager"),
    ({"languages": "fr"}, "common language"), ({"exclude": "ada"}, "excluded"), ({"id": "ada"}, "oneself")])
def test_a_hard_rule_bars_and_is_named(mentee: dict[str, str], rule: str) -> None:
    problem = a_problem({**MIA, **mentee}, mentors=(ADA,))

    outcome = match(problem, ScipySolver())

    assert not outcome.matches
    assert (outcome.unmatched[0].code, outcome.unmatched[0].rule) == ("rule", rule)


def test_a_condition_counts_only_when_the_mentee_asked_for_it() -> None:
    mentor = {**ADA, "department": "sales"}

    asked = a_problem({**MIA, "department": "Sales", "same_department": "yes"}, mentors=(mentor,))
    silent = a_problem({**MIA, "department": "Sales"}, mentors=(mentor,))

    assert asked.scores[0, 0] - silent.scores[0, 0] == 500


def test_close_numbers_score_more_than_distant_ones() -> None:
    rules = Rulebook(terms=(Term(name="years", kind=Kind.NEAR, mentor="years", mentee="years", points=900, span=3),))

    scores = a_problem({"id": "m", "years": "5"}, mentors=tuple({"id": str(n), "years": str(n)} for n in (5, 6, 9)),
                       rulebook=rules).scores

    assert scores.tolist() == [[900, 600, 0]]


def test_a_wish_that_is_not_granted_is_named() -> None:
    taker = {**MIA, "id": "tom", "goals": "sales"}

    outcome = match(a_problem({**MIA, "goals": "python"}, taker), ScipySolver())

    by_mentee = {one.mentee: one for one in outcome.matches}
    assert by_mentee[0].broken_wishes == ("bob",)
    assert by_mentee[1].broken_wishes == ()


def test_somebody_stays_without_when_the_seats_are_fewer() -> None:
    outcome = match(a_problem(MIA, {**MIA, "id": "tom"}, mentors=(ADA,)), ScipySolver())

    assert len(outcome.matches) == 1
    assert outcome.unmatched[0].code == "over-demanded"


def test_a_mentor_with_no_seat_is_given_nobody() -> None:
    outcome = match(a_problem(MIA, mentors=({**ADA, "capacity": "0"},)), ScipySolver())

    assert [one.code for one in outcome.unmatched] == ["no-seats"]


def _best(problem: Problem) -> tuple[int, int]:
    """By trying everything: most pairs, then most points."""
    choices = [[-1, *(m for m in range(len(problem.mentors)) if problem.allowed[i, m])]
               for i in range(len(problem.mentees))]
    best = (0, 0)
    for chosen in itertools.product(*choices):
        if all(chosen.count(m) <= cap for m, cap in enumerate(problem.capacities)):
            pairs = [(i, m) for i, m in enumerate(chosen) if m >= 0]
            best = max(best, (len(pairs), sum(int(problem.scores[i, m]) for i, m in pairs)))
    return best


@pytest.mark.parametrize("seed", range(60))
def test_nothing_better_exists(seed: int) -> None:
    chance = random.Random(seed)
    people = [{"id": f"m{n}", "skills": ";".join(chance.sample("abcdef", 3)), "capacity": str(chance.randint(0, 2)),
               "manager": chance.choice("xyz")} for n in range(chance.randint(1, 4))]
    wishers = [{"id": f"e{n}", "goals": ";".join(chance.sample("abcdef", 2)), "manager": chance.choice("xyz"),
                "wishes": chance.choice(["m0", "m1", ""])} for n in range(chance.randint(1, 5))]
    problem = a_problem(*wishers, mentors=tuple(people))

    outcome = match(problem, ScipySolver())

    assert (len(outcome.matches), outcome.total) == _best(problem)


@pytest.mark.parametrize("wrong", [
    {"terms": [{"name": "x", "kind": "closeness", "mentor": "a", "mentee": "b", "points": 1}]},
    {"terms": [{"name": "x", "kind": "near", "mentor": "a", "mentee": "b", "points": -1}]},
    {"terms": [{"name": "x"}]}, {"colour": "red"}, {"rules": ["no"]}])
def test_a_wrong_rules_file_says_what_is_wrong(wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        Rulebook.from_mapping(wrong)


def test_rules_can_be_written_down() -> None:
    given = {"rules": [{"name": "team", "kind": "must-differ", "mentor": "team", "mentee": "team"}]}

    assert Rulebook.from_mapping(given).rules == (HardRule(name="team", kind=Bar.DIFFER, mentor="team", mentee="team"),)
