"""Unit, place and grade of the directory as rules and as terms, and what becomes of whoever has none."""

from dataclasses import replace
from typing import Any

import pytest

from services.matching.application.directory import Told
from services.matching.application.pairs import BarredByRule
from services.matching.contracts.hr_changes import HrPersonMoved
from services.matching.domain.person import Person, person_id
from services.matching.domain.programme import Programme
from services.matching.domain.programme_rules import KNOWN, with_known
from tests.unit.matching.house import MatchingHouse

M1, E1 = person_id("m1"), person_id("e1")
UNIT, PLACE, GRADE = "department", "location", "grade"
RULES: dict[str, dict[str, Any]] = {one["name"]: one for one in KNOWN["rules"]}
RULE_OF = {UNIT: "another-department", PLACE: "same-location", GRADE: "senior-mentor"}
TERM_OF = {UNIT: UNIT, PLACE: PLACE, GRADE: "seniority"}
FITTING = {UNIT: ("Sales", "Legal"), PLACE: ("Oslo", "Oslo"), GRADE: ("lead", "junior")}
BARRED = {UNIT: ("Sales", "Sales"), PLACE: ("Oslo", "Bonn"), GRADE: ("junior", "lead")}
EACH = pytest.mark.parametrize("column", [UNIT, PLACE, GRADE])


def a_row(name: str, **more: str) -> dict[str, str]:
    return {"id": name, "name": name.title(), "email": f"{name}@example.org", **more}


def two(house: MatchingHouse, rules: dict[str, Any], column: str, mentor: str, mentee: str) -> Programme:
    """A mentor and a mentee of whom the list says so much."""
    return house.a_full_programme(mentors=[a_row("m1", **{column: mentor})], mentees=[a_row("e1", **{column: mentee})],
                                  rules={"scales": KNOWN["scales"], "wishes": KNOWN["wishes"], **rules})


def only_rule(column: str, **more: Any) -> dict[str, Any]:
    return {"rules": [{**RULES[RULE_OF[column]], **more}], "terms": []}


def only_term(column: str) -> dict[str, Any]:
    return {"terms": [one for one in KNOWN["terms"] if one["name"] == TERM_OF[column]]}


def pairs_found(house: MatchingHouse, programme: Programme) -> int:
    run = house.a_proposed_run(programme)
    assert run.found
    house.matching.runs.cancel(run.id)
    return run.found.matched


@pytest.mark.feature("C10")
@EACH
def test_each_is_a_rule_that_runs_and_hands_keep_to(house: MatchingHouse, column: str) -> None:
    programme = two(house, only_rule(column), column, *BARRED[column])

    assert pairs_found(house, programme) == 0
    with pytest.raises(BarredByRule, match=RULE_OF[column]):
        house.matching.pairs.propose(programme.id, M1, E1, "carla")


@pytest.mark.feature("C10")
@EACH
def test_each_rule_lets_those_pass_who_fit(house: MatchingHouse, column: str) -> None:
    assert pairs_found(house, two(house, only_rule(column), column, *FITTING[column])) == 1


@pytest.mark.feature("C10")
@EACH
@pytest.mark.parametrize("blank", [("", "filled"), ("filled", ""), ("", "")], ids=["mentor", "mentee", "both"])
def test_whoever_has_no_value_passes_a_rule_unless_it_bars_blanks(
        house: MatchingHouse, column: str, blank: tuple[str, str]) -> None:
    filled = BARRED[column]
    values = [text and whole for text, whole in zip(blank, filled, strict=True)]

    assert pairs_found(house, two(house, only_rule(column), column, *values)) == 1
    if column != UNIT:
        assert pairs_found(house, two(house, only_rule(column, bar_blank=True), column, *values)) == 0


@pytest.mark.feature("C10")
@EACH
def test_each_is_a_term_whose_points_are_shown_and_a_missing_value_adds_nothing(
        house: MatchingHouse, column: str) -> None:
    same = {UNIT: ("Sales", "Sales"), PLACE: ("Oslo", "Oslo"), GRADE: ("lead", "junior")}[column]
    [term] = only_term(column)["terms"]

    for values, points in ((same, term["points"]), (("", same[1]), 0), ((same[0], ""), 0)):
        programme = two(house, only_term(column), column, *values)
        run = house.a_proposed_run(programme)
        [proposal] = house.matching.runs.proposals(run.id, 10, None).items
        assert {one.criterion: one.points for one in proposal.reasons} == ({TERM_OF[column]: points} if points else {})
        for side in ("m1", "e1"):
            house.matching.directory.revise(person_id(side), lambda person: without(person, column))


def without(person: Person, column: str) -> Told:
    """What the directory says from now on."""
    return Told(directory_id=person.directory_id, details=replace(person.details, **{column: ""}), state=person.state)


@pytest.mark.feature("C10")
@EACH
def test_a_mover_is_matched_by_the_directorys_newer_word_not_by_the_list(house: MatchingHouse, column: str) -> None:
    programme = two(house, only_rule(column), column, *FITTING[column])
    assert pairs_found(house, programme) == 1

    house.tell(HrPersonMoved(directory_id="e1", **{column: BARRED[column][1] if column != UNIT else FITTING[UNIT][0]}))

    assert pairs_found(house, programme) == 0


def test_what_was_answered_counts_where_the_directory_says_nothing(house: MatchingHouse) -> None:
    programme = two(house, only_rule(GRADE), GRADE, "junior", "lead")
    for side in ("m1", "e1"):
        house.matching.directory.revise(person_id(side), lambda person: without(person, GRADE))

    assert pairs_found(house, programme) == 0


def test_of_languages_people_know_best_themselves(house: MatchingHouse) -> None:
    rules = {"rules": [RULES["common-language"]], "terms": [], "wishes": KNOWN["wishes"]}
    programme = house.a_full_programme(mentors=[a_row("m1", languages="en; de")],
                                       mentees=[a_row("e1", languages="de")], rules=rules)

    house.tell(HrPersonMoved(directory_id="m1", languages=("en",)))

    assert pairs_found(house, programme) == 1


def test_each_can_be_switched_on_as_a_rule_and_as_a_term() -> None:
    offered = with_known({"rules": [], "terms": []})

    assert {one["name"] for one in offered["rules"] if one.get("off")} >= set(RULE_OF.values())
    assert {one["name"] for one in offered["terms"] if one.get("off")} >= set(TERM_OF.values())
