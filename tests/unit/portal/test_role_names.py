"""Pages call the two roles what their programme calls them, and the coordinator says what that is."""

import re
from typing import Any

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import CALLS, FORM, PROGRAMME, REQUESTS, RUN, FakeServices
from tests.unit.portal.test_setting_up import AS_IS, PAGE

BUDDIES = {"mentor": {"en": "buddy", "de": "Pate/Patin"}, "mentee": {"en": "newcomer", "de": "Neue/r"}}
REVERSED = {"mentor": {"en": "junior mentor", "de": "Junior-Mentor/in"},
            "mentee": {"en": "senior mentee", "de": "Senior-Mentee"}}
PEERS = {role: {"en": "peer", "de": "Peer"} for role in ("mentor", "mentee")}


def called(fakes: FakeServices, names: dict[str, Any]) -> None:
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "role_names": names})
    fakes.answer("matching", "GET /programmes/[a-z-]+/form", {**FORM, "role_names": names})
    fakes.answer("matching", "GET /calls", [{**one, "role_names": names} for one in CALLS])


def seen(browser: Browser, path: str, language: str) -> str:
    browser.send("/language", {"language": language, "next": "/"})
    return browser.get(path).text


@pytest.mark.feature("C15")
@pytest.mark.parametrize(("language", "path", "words"), [
    ("en", "/my", ["Your buddy"]), ("de", "/my", ["Begleitet dich als Pate/Patin"]),
    ("en", "/pairs/p1", ["Buddy · ", "Newcomer · "]), ("de", "/pairs/p1", ["Pate/Patin · ", "Neue/r · "]),
    ("en", "/programmes/first-bridge/apply/mentor", ["Apply as a buddy"]),
    ("de", "/programmes/first-bridge/apply/mentee", ["Als Neue/r bewerben"]),
    ("en", "/my/applications", ["Apply as a newcomer"]),
    ("en", "/runs/run-4/publish", ["To the buddy", "To the newcomer"]),
    ("de", "/runs/run-4/publish", ["An: Pate/Patin", "An: Neue/r"]),
])
def test_people_read_the_names_of_their_programme(browser: Browser, fakes: FakeServices, language: str, path: str,
                                                  words: list[str]) -> None:
    called(fakes, BUDDIES)
    browser.sign_in("amara")

    page = seen(browser, path, language)

    assert [one for one in words if one not in page] == []


@pytest.mark.feature("C15")
@pytest.mark.parametrize(("language", "words"), [
    ("en", ["Jun-seo Baek asks you to be their buddy", "would like you as a buddy", "You are the buddy"]),
    ("de", ["Jun-seo Baek wünscht sich dich als Pate/Patin", "Du bist Pate/Patin"]),
])
def test_so_does_whoever_is_asked(mentor: Browser, fakes: FakeServices, language: str, words: list[str]) -> None:
    called(fakes, BUDDIES)
    fakes.answer("matching", "GET /me/requests", [{**REQUESTS["r1"], "choices": [REQUESTS["r1"]["choices"][1]]}])

    page = seen(mentor, "/my", language)

    assert [one for one in words if one not in page] == []


@pytest.mark.feature("C15")
@pytest.mark.parametrize("path", ["/runs/run-4", "/programmes/rising/people"])
def test_so_does_the_coordinator(office: Browser, fakes: FakeServices, path: str) -> None:
    called(fakes, BUDDIES)

    page = office.get(path).text

    assert "Buddy" in page


@pytest.mark.feature("C13")
@pytest.mark.parametrize(("language", "words"), [
    ("en", ["Junior mentor · ", "Senior mentee · "]), ("de", ["Junior-Mentor/in · ", "Senior-Mentee · "])])
def test_a_reverse_pair_shows_who_is_the_junior(mentee: Browser, fakes: FakeServices, language: str,
                                                words: list[str]) -> None:
    called(fakes, REVERSED)

    page = seen(mentee, "/pairs/p1", language)

    assert [one for one in words if one not in page] == []


def test_two_of_one_name_are_told_apart_where_it_matters(browser: Browser, fakes: FakeServices) -> None:
    called(fakes, PEERS)
    browser.sign_in("hanh")

    page = seen(browser, "/my/applications", "en")

    assert "Apply as a peer (mentor)" in page
    assert "Apply as a peer (mentee)" in page


OF_COORDINATORS = (*(f"/programmes/rising{one}" for one in (
    "", "/funnel", "/funnel/people?role=mentee&step=matched", "/sponsor", "/people", "/pairs", "/matching")),
                   "/runs/run-4", "/runs/run-5", "/runs/run-4/unmatched")


def headings(page: str) -> list[str]:
    """What heads charts, tables, their columns and the ways to narrow them, seen or heard."""
    found = re.findall(r"<(?:h1|h2|th|caption|title)\b[^>]*>(.*?)</(?:h1|h2|th|caption|title)>|aria-label=\"([^\"]*)\""
                       r"|<nav class=\"ith-views(.*?)</nav>|<p class=\"ith-stat__label\">(.*?)</p>", page, re.DOTALL)
    return [re.sub(r"<[^>]*>", " ", one) for each in found for one in each if one]


@pytest.mark.feature("C15")
@pytest.mark.parametrize("path", OF_COORDINATORS)
@pytest.mark.parametrize(("language", "usual"), [("en", r"\b[Mm]ent(?:or|ee)s\b"), ("de", r"Mentor/innen|\bMentees\b")])
def test_charts_and_tables_call_nobody_what_they_are_not(office: Browser, fakes: FakeServices, path: str, language: str,
                                                         usual: str) -> None:
    for names in (BUDDIES, PEERS):
        called(fakes, names)

        page = seen(office, path, language)

        assert [one for one in headings(page) if re.search(usual, one)] == []


@pytest.mark.feature("C15")
@pytest.mark.parametrize(("names", "language", "path", "words"), [
    (BUDDIES, "en", "/funnel", ["As a buddy</h2>", "As a newcomer by step"]),
    (BUDDIES, "de", "/funnel", ["Als Pate/Patin</h2>", "Als Neue/r nach Schritten"]),
    (PEERS, "en", "/funnel", ["As a peer (mentor)</h2>", "As a peer (mentee)</h2>"]),
    (PEERS, "de", "/sponsor", ["Als Peer (Mentor/in)</th>", "Als Peer (Mentee)</th>"]),
    (PEERS, "en", "/people", ["Without a peer", "With a peer"]),
    (BUDDIES, "de", "/people", ["Ohne Pate/Patin", "Mit Pate/Patin"]),
    (REVERSED, "en", "", ["As a senior mentee by step"]),
    (BUDDIES, "en", "/matching", [">Without a buddy</th>"])])
def test_who_is_counted_is_called_as_the_programme_does(office: Browser, fakes: FakeServices, names: dict[str, Any],
                                                        language: str, path: str, words: list[str]) -> None:
    called(fakes, names)

    page = seen(office, f"/programmes/rising{path}", language)

    assert [one for one in words if one not in page] == []


@pytest.mark.parametrize(("unmatched", "en", "de"), [
    (2, "Unmatched as a newcomer: 2", "Ohne Tandem als Neue/r: 2"),
    (0, "Nobody stays unmatched as a newcomer", "Niemand bleibt ohne Tandem als Neue/r")])
def test_who_is_left_over_is_called_as_the_programme_does(office: Browser, fakes: FakeServices, unmatched: int, en: str,
                                                          de: str) -> None:
    called(fakes, BUDDIES)
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "unmatched": unmatched})

    for language, words in (("en", en), ("de", de)):
        assert words in seen(office, "/runs/run-4", language)
        assert words in seen(office, "/runs/run-4/unmatched", language)


def test_the_usual_two_are_mentors_and_mentees(office: Browser) -> None:
    assert "Mentors</h2>" in office.get("/programmes/rising/funnel").text
    assert "Mentees by step" in office.get("/programmes/rising").text


def test_without_the_programme_the_usual_words_do(mentee: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "role_names": None})

    assert "Your mentor" in mentee.get("/my").text


@pytest.mark.feature("C15")
def test_a_coordinator_says_what_the_roles_are_called(office: Browser, fakes: FakeServices) -> None:
    called(fakes, BUDDIES)
    page = office.get(PAGE).text
    assert 'value="Pate/Patin"' in page

    office.send(PAGE, AS_IS | {"mentor_en": " coach ", "mentor_de": "Coach", "mentee_en": "coachee",
                               "mentee_de": "Coachee"}, PAGE)

    assert fakes.last().body["role_names"] == {
        "mentor": {"en": "coach", "de": "Coach"}, "mentee": {"en": "coachee", "de": "Coachee"}}


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_role_without_a_name_that_fits_is_not_kept(office: Browser, fakes: FakeServices, name: str) -> None:
    answer = office.send(PAGE, AS_IS | {"mentee_de": name}, PAGE)

    assert answer.status_code == 422
    assert 'id="mentee_de-e"' in answer.text
    assert "Give it a name of at most 60 letters." in answer.text
    assert fakes.sent == [] or fakes.last().method != "PATCH"
