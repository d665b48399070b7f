"""Reasons are said in the reader's language."""

import string

import pytest

from services.matching.domain import flaw_words
from services.matching.domain.matchmaking import words as tables
from services.matching.domain.matchmaking.people import Role
from services.matching.domain.matchmaking.reasons import BrokenWish, Reason, Unmatched
from services.matching.domain.matchmaking.wording import LANGUAGES, words

SHARED = Reason("skills", 3000, {"kind": "overlap", "shared": ["Python", "SQL"], "wanted": 3})
CONTEST = Unmatched("e", Role.MENTEE, "over-demanded", {"mentees": 9, "mentors": 2, "seats": 4})


@pytest.mark.feature("C8")
@pytest.mark.parametrize(
    ("said", "language", "expected"),
    [
        (SHARED, "en", "Skills: Python, SQL (2 of 3)"),
        (SHARED, "de", "Fähigkeiten: Python, SQL (2 von 3)"),
        (
            Reason("up_there", 1, {"kind": "above", "mentor": "7", "mentee": "5"}),
            "en",
            "up there: mentor 7 above mentee 5",
        ),
        (Reason("x", 1, {"kind": "same", "value": "Köln", "label_de": "Ort"}), "de", "Ort: beide Köln"),
        (Reason("wish", 1, {"kind": "wish", "rank": 2}), "en", "Wish: number 2 of the mentee"),
        (
            BrokenWish(1, "M7", "barred", {"rule": "same-manager"}),
            "en",
            "wish 1 (M7): barred by the rule “not with the same manager”",
        ),
        (
            BrokenWish(1, "M7", "barred", {"rule": "same-manager"}),
            "de",
            "Wunsch 1 (M7): durch die Regel „nicht mit derselben Führungskraft“ ausgeschlossen",
        ),
        (CONTEST, "en", "over-demanded: 9 mentees can only go to the same 2 mentors, who have 4 seats"),
        (CONTEST, "de", "zu gefragt: 9 Mentees können nur zu denselben 2 Mentor/innen, die 4 Plätze haben"),
    ],
)
def test_codes_and_facts_become_sentences(said: Reason | BrokenWish | Unmatched, language: str, expected: str) -> None:
    assert words(said, language) == expected


@pytest.mark.parametrize("table", [tables.REASONS, tables.BROKEN, tables.UNMATCHED, tables.NAMES, flaw_words.WORDS])
def test_every_language_says_everything_with_the_same_facts(table: dict[str, dict[str, str]]) -> None:
    assert set(table) == set(LANGUAGES)
    for code, text in table["en"].items():
        assert fields(table["de"][code]) == fields(text), code
    assert table["de"].keys() == table["en"].keys()


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
