"""Rules as somebody writes them, right and wrong."""

from typing import Any

import pytest

from services.matching.adapters.rules_yaml import read_rules
from services.matching.domain.matchmaking.default_rules import default_rulebook
from services.matching.domain.matchmaking.hard_rules import OwnManager
from services.matching.domain.matchmaking.people import Role
from services.matching.domain.matchmaking.rules_file import WrongRules, rulebook_from
from services.matching.domain.matchmaking.terms import Above, Close, Overlap

TERM = {"name": "t", "kind": "equal", "column": "x", "points": 1}


def problems(given: Any) -> list[str]:
    with pytest.raises(WrongRules) as caught:
        rulebook_from(given)
    return list(caught.value.problems)


def test_a_whole_file_is_understood() -> None:
    book = read_rules(b"""
mentors: {id: Mentor ID, capacity: {column: Places, default: 2, most: 4}}
mentees: {id: Mentee-ID, mentors: 2}
scales: {grades: [low, [mid, middle], high]}
rules:
  - {kind: own-manager, columns: [Boss, Boss's boss], levels: 3, refers_to: E-Mail}
terms:
  - {name: skills, kind: overlap, mentor: Can, mentee: Wants, points: 5, full_at: 2, label: {en: Can do, de: Kann}}
  - {name: near, kind: near, column: age, span: 2.5, points: 3, when: close}
  - {name: up, kind: above, column: grade, scale: grades, by: -1, at_most: 2, points: 2, when: [{mentor: a, is: [no]}]}
wishes: {columns: [First, Second], points: [9, 8]}
""")

    assert (book.mentor.id, book.mentee.id, book.mentors_per_mentee.default) == ("mentor_id", "mentee_id", 2)
    assert (book.capacity.column, book.capacity.default, book.capacity.most) == ("places", 2, 4)
    assert book.hard_rules == (OwnManager(managers=("boss", "boss's_boss"), refers_to="e_mail", levels=3),)
    skills, near, up = book.terms
    assert isinstance(skills, Overlap)
    assert (skills.mentor, skills.mentee, skills.full_at, skills.label["de"]) == ("can", "wants", 2, "Kann")
    assert isinstance(near, Close)
    assert (near.span, near.when[0].side, near.when[0].column) == (2500, Role.MENTEE, "close")
    assert isinstance(up, Above)
    assert (up.by, up.at_most, up.scale.level("Middle"), up.when[0].words) == (-1000, 2000, 1000, {"no"})
    assert book.wishes
    assert (book.wishes.columns_of_wishes, book.highest_score) == (("first", "second"), 19)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"x": 1}, "x: is not known here; known are mentees, mentor_wishes, mentors, rules, scales, terms, wishes"),
        ({"rules": "no"}, "rules: a list is expected"),
        ({"rules": [3]}, "rules[0]: names with values are expected"),
        ({"rules": [{"kind": "x"}]}, ("rules[0].kind: one of own-manager, same-manager, excluded-pairs, must-differ, "
                                     "must-share, must-be-above is expected")),
        ({"rules": [{"kind": "must-share"}]}, "rules[0].column: is missing; or say mentor and mentee"),
        ({"rules": [{"kind": "own-manager", "levels": 0}]}, "rules[0].levels: a whole number from 1 to 20 is expected"),
        ({"rules": [{"kind": "excluded-pairs", "pairs": [["a"]]}]}, ("rules[0].pairs: a list of [mentor, mentee] is "
                                                                   "expected")),
        ({"terms": [{"kind": "equal", "column": "x"}]}, "terms[0].points: is missing"),
        ({"terms": [{**TERM, "points": -1}]}, "terms[0].points: a whole number from 0 to 1000000 is expected"),
        ({"terms": [{**TERM, "points": 1.5}]}, "terms[0].points: a whole number from 0 to 1000000 is expected"),
        ({"terms": [{**TERM, "points": True}]}, "terms[0].points: a whole number from 0 to 1000000 is expected"),
        ({"terms": [{**TERM, "span": 1}]}, ("terms[0].span: is not known here; known are column, kind, label, mentee, "
                                           "mentor, name, off, optional, points, when")),
        ({"terms": [{**TERM, "kind": "near", "span": 0}]}, "terms[0].span: a number is expected above 0"),
        ({"terms": [{**TERM, "kind": "near", "scale": "g"}]}, "terms[0].scale: no scale has this name; there are none"),
        ({"terms": [{**TERM, "kind": "above", "by": 2, "at_most": 1}]}, "terms[0].at_most: is less than by"),
        ({"terms": [{**TERM, "when": {"is": ["yes"]}}]}, ("terms[0].when: either a column of the mentee or one of the "
                                                         "mentor is expected")),
        ({"terms": [TERM, TERM]}, "t: two rules or terms have this name"),
        ({"scales": {"g": ["a"]}}, "scales.g: a list of at least two steps is expected, the lowest first"),
        ({"scales": {"g": ["a", ["b", "A"]]}}, "scales.g: a step is there twice"),
        ({"wishes": {"points": [1]}}, "wishes.columns: is missing"),
        ({"wishes": {"columns": "w", "points": ["a"]}}, ("wishes.points: a list of whole numbers from 0 to 1000000 is "
                                                        "expected, the first wish first")),
        ({"mentors": {"capacity": {"most": -1}}}, "mentors.capacity.most: a whole number from 0 to 1000 is expected"),
        ({"mentors": {"capacity": "many"}}, "mentors.capacity: names with values are expected"),
        ({"mentors": {"id": []}}, "mentors.id: a text is expected"),
        ([], "names with values are expected"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(given: Any, expected: str) -> None:
    assert problems(given) == [expected]


def test_all_mistakes_are_named_at_once() -> None:
    found = problems({"terms": [{"kind": "equal"}, {"kind": "?"}], "rules": {}, "what": 1})

    assert [one.split(":")[0] for one in found] == [
        "rules", "terms[0].points", "terms[0].column", "terms[1].kind", "what"]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"terms: [", "is no YAML: line 1"),
        (b"a: b\n c: [", "is no YAML: line 2"),
        (b"\xff\xfe\x00", "is no YAML"),
        (b"- 1", "names with values are expected"),
        (b"!!python/object:os.system {}", "is no YAML: line 1"),
    ],
)
def test_what_is_no_rules_file_is_refused(data: bytes, expected: str) -> None:
    with pytest.raises(WrongRules) as caught:
        read_rules(data)

    assert caught.value.problems[0].startswith(expected)


def test_an_empty_file_pairs_by_nothing_but_the_rules_that_always_hold() -> None:
    book = read_rules(b"")

    assert (book.terms, book.hard_rules, book.highest_score) == ((), (), 0)


def test_the_default_is_left_with_what_the_sheets_have() -> None:
    book, left_out = default_rulebook().fitted(["id", "skills", "manager"], ["id", "goals"])

    assert [term.name for term in book.terms] == ["skills"]
    assert [rule.name for rule in book.hard_rules] == ["own-manager"]
    assert set(left_out) == {
        "same-manager", "common-language", "excluded-by-mentee", "excluded-by-mentor", "seniority", "interests",
        "location", "same-department", "wish", "capacity", "mentors"}  # fmt: skip
    assert book.wishes is None
    assert book.capacity.column is None
