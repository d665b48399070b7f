"""The workbench of a run: what it says at each of its stands, filters of the pairs, and locks for many at once."""

import re
from html import unescape
from typing import Any

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import PROGRAMME, PROPOSALS, QUALITY, RULINGS, RUN, FakeServices, problem

PAGE = "/runs/run-4"
LONGEST_LINE = 4094
"""Bytes that gunicorn takes of a request's first line."""
REFUSED = {"proposal_id": "o2", "code": "no-free-seat", "mentor_id": "helena", "mentee_id": "jun-seo", "rules": [],
           "alone": False}
FORESEEN: dict[str, Any] = {"looked_at": 3, "refused_count": 1, "refused": [REFUSED], "ending": 2}


def said(browser: Browser, page: str = PAGE) -> str:
    return unescape(browser.get(page).text)


def test_a_run_says_when_it_was_begun(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "created_at": "2027-01-11T09:30:00.000Z"})

    assert "Begun 11 January 2027, 10:30 · Objective:" in said(office)


@pytest.mark.feature("C8")
def test_a_broken_wish_names_whom_it_was_for_in_the_list_and_in_the_file(office: Browser) -> None:
    assert "wish 1, Marguerite Duclos: seats went to others" in said(office)
    assert "wish 1, Marguerite Duclos: seats went to others" in office.get(f"{PAGE}/proposals.csv").text


@pytest.mark.parametrize("which", ["broken-wish", "changed", "locked"])
def test_pairs_are_shown_by_a_filter_and_so_is_the_file(office: Browser, fakes: FakeServices, which: str) -> None:
    asked = list[str]()

    def answer(request: Any) -> list[Any]:
        asked.append(request.args.get("which", ""))
        return PROPOSALS[:1] if asked[-1] else PROPOSALS

    fakes.answer("matching", "GET /runs/run-(?:4|5)/proposals", answer)
    assert f'href="?state={which}#proposed"' in office.get(PAGE).text

    page = said(office, f"{PAGE}?state={which}")
    office.get(f"{PAGE}/proposals.csv?state={which}")

    assert asked == ["", which, which]
    assert f"{PAGE}/proposals.csv?state={which}" in page
    assert "Jun-seo Baek" not in page.split('id="proposed"')[1]


def test_a_filter_that_no_pair_passes_says_so(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-(?:4|5)/proposals", [])

    assert "No proposed pair is like that." in said(office, f"{PAGE}?state=locked")
    assert "The run found no pair that passes the fixed rules" in said(office, f"{PAGE}?state=dancing")


@pytest.mark.feature("C3")
def test_why_none_of_a_whole_page_was_locked_fits_into_an_address(office: Browser, fakes: FakeServices) -> None:
    ids = [f"{at:08}-dead-4eef-9bad-c0ffee{at:06}" for at in range(100)]
    shown = [{**PROPOSALS[1], "mentor_id": mentor, "mentee_id": mentee}
             for mentor, mentee in zip(ids[:50], ids[50:], strict=True)]
    fakes.answer("matching", "GET /runs/run-(?:4|5)/proposals", shown)
    fakes.answer("matching", "POST /programmes/rising/(?:locks|exclusions)", lambda _request: problem(
        409, "already-together"))

    answer = office.send(f"{PAGE}/locks", {"all": "1", "do": "1", "shown": [
        f"{one['mentor_id']}+{one['mentee_id']}" for one in shown]}, page=PAGE)

    assert len(f"GET {answer.location} HTTP/1.1\r\n") <= LONGEST_LINE
    assert said(office, answer.location).count("The two are a pair, or were one.") == 50


@pytest.mark.feature("C3")
def test_a_mentee_with_two_mentors_reads_why_beside_the_one_who_was_refused(office: Browser, fakes: FakeServices
                                                                           ) -> None:
    fakes.answer("matching", "GET /runs/run-(?:4|5)/proposals", [
        {**PROPOSALS[1], "mentor_id": mentor, "mentee_id": "hanh"} for mentor in ("helena", "haakon")])
    fakes.answer("matching", "POST /programmes/rising/(?:locks|exclusions)", lambda _request: problem(
        409, "already-together"))

    answer = office.send(f"{PAGE}/locks", {"one": "haakon+hanh", "do": "1"}, page=PAGE)

    rows = said(office, answer.location).split("<tr>")
    assert ["The two are a pair" in row for row in rows if 'name="one"' in row] == [False, True]


@pytest.mark.feature("C3")
@pytest.mark.parametrize("which", ["", "broken-wish"])
def test_a_press_for_many_keeps_the_filter(office: Browser, which: str) -> None:
    form = office.get(f"{PAGE}?state={which}").text.partition(f'action="{PAGE}/locks"')[2]

    assert re.findall('name="state" value="([^"]*)"', form)[0] == which


@pytest.mark.feature("C3")
def test_all_shown_are_locked_by_one_press_but_those_that_are(office: Browser, fakes: FakeServices) -> None:
    page = office.get(PAGE).text
    assert page.count('name="one"') == 2
    assert "All 2 that may be locked" in page

    answer = office.send(f"{PAGE}/locks", {"all": "1", "shown": ["helena+amara", "helena+jun-seo"], "do": "1",
                                           "state": "broken-wish"}, page=PAGE)

    assert answer.location == f"{PAGE}?state=broken-wish"
    sent = [one.body for one in fakes.sent if one.path == "/v1/programmes/rising/locks"]
    assert sent == [{"mentor_id": "helena", "mentee_id": one} for one in ("amara", "jun-seo")]
    assert "2 pairs are locked: every run keeps them together." in said(office)


def test_a_pair_that_cannot_be_locked_says_why_in_its_row(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /programmes/rising/(?:locks|exclusions)", lambda _request: problem(
        422, "barred-by-rule", "a rule of the programme does not allow these two: own-manager"))

    answer = office.send(f"{PAGE}/locks", {"one": ["helena+jun-seo"], "do": "1"}, page=PAGE)

    assert "A fixed rule of the programme or an exclusion forbids the two." in said(office, answer.location)


def test_nothing_is_locked_in_a_run_that_is_published(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "state": "published"})

    assert "Approve and lock" not in said(office)


def test_a_published_run_says_what_became_of_it(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {
        **RUN, "state": "published", "published": 0, "matched": 0, "unmatched": 0, "refused": [REFUSED, REFUSED]})

    page = said(office)

    assert "0 pairs came of this run. 2 proposals could not become pairs." in page
    assert "The run proposes" not in page
    assert "by this run" not in page
    assert "No mentee stays unmatched" in page
    assert "0 mentees stay" not in page


def test_mentors_whom_nobody_needs_are_no_unmatched_mentees(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "unmatched": 0})

    page, all_ = said(office), said(office, f"{PAGE}/unmatched")

    assert page.index("Left over as a mentor") < page.index("Håkon Lindqvist")
    assert "mentor · Not needed: the mentees are better placed with others." in page.lower().replace(
        "not needed", "Not needed")
    assert "No mentee stays unmatched" in page
    assert "No mentee stays unmatched" in all_


def test_nobody_without_a_partner_is_said_in_words(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "unmatched": 0})
    found = {**QUALITY["found"], "unmatched": 0}
    fakes.answer("matching", "GET /runs/run-(?:4|5)/quality", {**QUALITY, "found": found})

    page = said(office)

    assert "and leaves nobody without one." in page
    assert "No mentee stays without a mentor." in page


def test_a_run_in_which_nobody_took_part_says_so(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "matched": 0, "unmatched": 0, "histogram": [0] * 10,
                                                 "changes": None})
    for part in ("proposals", "unmatched"):
        fakes.answer("matching", f"GET /runs/run-(?:4|5)/{part}", [])
    nobody = {"lowest_5": 0, "choices": [{"rank": rank, "mentees": 0} for rank in (1, 2, 3, 0, None)], "groups": []}
    fakes.answer("matching", "GET /runs/run-(?:4|5)/fairness", nobody)

    page = said(office)

    assert "Nobody took part in this run who could have chosen anybody." in page
    assert "How many received which choice" not in page
    assert "Choices and groups below are as found by the run" not in page
    for text in ("Nothing to publish", "Nobody takes part who has room for a mentor", "There was nobody to match"):
        assert text in page
    for text in ("Ready for you to look at", "Everybody who asked has a partner", "beside the names above"):
        assert text not in page


def test_the_list_of_runs_says_of_a_run_without_pairs_what_its_page_says(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/runs", [{**RUN, "matched": 0}])

    page = office.get("/programmes/rising/matching").text

    assert "Nothing to publish" in page
    assert "Ready for you to look at" not in page


def test_a_run_that_waits_shows_when_it_leaves_and_no_progress(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "state": "releasing", "release_at": "2027-01-11T09:30:00.000Z"})

    page = said(office)

    assert "It leaves by itself at 10:30; until then you can undo it." in page
    assert "Leaving soon, can be undone · 100" not in page


@pytest.mark.feature("C6")
@pytest.mark.parametrize(("minutes", "words"), [
    (0, "It leaves at once, and cannot be taken back"), (1, "You can take it back for one minute"),
    (10, "You can take it back for 10 minutes; nothing leaves before.")])
def test_publishing_says_how_long_it_can_be_taken_back(office: Browser, fakes: FakeServices, minutes: int, words: str
                                                       ) -> None:
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "undo_minutes": minutes})

    assert words in said(office, f"{PAGE}/publish")


@pytest.mark.feature("C6")
def test_publishing_says_which_pairs_cannot_become_one(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-(?:4|5)/publication", FORESEEN)

    page = said(office, f"{PAGE}/publish")

    assert "Publish 2 pairs?" in page
    assert "One proposal cannot become a pair now" in page
    assert "Jun-seo Baek with Helena Novotná" in page
    assert "One of the two has no free seat any more." in page
    assert "2 pairs that wait for a yes end by it" in page


@pytest.mark.feature("C6")
@pytest.mark.parametrize(("matched", "is_said"), [(3, False), (10_000, True)])
def test_of_a_large_run_publishing_says_how_many_were_looked_at(office: Browser, fakes: FakeServices, matched: int,
                                                                is_said: bool) -> None:
    fakes.answer("matching", "GET /runs/run-(?:4|5)/publication", FORESEEN)
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "matched": matched})

    page = said(office, f"{PAGE}/publish")
    assert ("The first 3 of 10,000 pairs were looked at" in page) is is_said
    assert ("By the others, too, pairs that wait for a yes may end." in page) is is_said
    assert ("Publish up to 9,999 pairs?" if is_said else "Publish 2 pairs?") in page


@pytest.mark.feature("C6")
@pytest.mark.parametrize(("matched", "comes"), [
    (3, "2 pairs come of this run."), (10_000, "Up to 9,999 pairs come of this run.")])
def test_a_release_says_how_many_pairs_come_of_it(office: Browser, fakes: FakeServices, matched: int, comes: str
                                                  ) -> None:
    fakes.answer("matching", "GET /runs/run-(?:4|5)/publication", FORESEEN)
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "matched": matched, "state": "releasing"})

    release = said(office, f"{PAGE}/release")
    assert ("Release up to 9,999 pairs now?" if matched > 3 else "Release 2 pairs now?") in release
    assert ("The first 3 of 10,000 pairs were looked at" in release) is (matched > 3)
    assert comes in said(office)


@pytest.mark.feature("C6")
def test_a_run_of_which_nothing_can_be_published_is_set_aside(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-(?:4|5)/publication", {**FORESEEN, "refused_count": 3})

    page = said(office, f"{PAGE}/publish")

    assert "No pair can be published any more" in page
    assert "Publish and tell everyone" not in page
    assert "Set it aside" in page


def test_a_run_without_pairs_has_nothing_to_publish(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-(?:4|5)/publication", {**FORESEEN, "refused_count": 0, "refused": []})
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "matched": 0})

    page = said(office, f"{PAGE}/publish")

    assert "Nothing to publish" in page
    assert "Each mentor and mentee gets one mail" not in page
    assert "Publish and tell everyone" not in page


def test_the_page_of_matching_says_until_when_a_publication_can_be_taken_back(
        office: Browser, fakes: FakeServices) -> None:
    leaving = {**RUN, "id": "run-5", "state": "releasing", "release_at": "2027-01-11T09:30:00.000Z"}
    fakes.answer("matching", "GET /programmes/rising/runs", [leaving, RUN])

    page = said(office, "/programmes/rising/matching")

    assert "it leaves by itself at 10:30; until then you can undo it." in page
    assert '<a href="/runs/run-5">See it, or take it back</a>' in page
    assert page.count("until then you can undo it") == 1


@pytest.mark.parametrize("state", ["solving", "releasing", "publishing", "published", "discarded"])
def test_only_a_run_that_waits_for_it_asks_whether_to_publish(office: Browser, fakes: FakeServices, state: str) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "state": state})

    assert office.get(f"{PAGE}/publish").location == PAGE


def test_a_draft_that_was_overtaken_says_so(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "state": "discarded", "why": "superseded"})

    assert "Others were published or paired since" in said(office)


@pytest.mark.parametrize("is_lifted", [True, False])
def test_right_after_a_swap_the_two_are_locked(office: Browser, fakes: FakeServices, *, is_lifted: bool) -> None:
    one = {**PROPOSALS[1], "decided_by": "lock"}
    lifted = [{**RULINGS[0], "mentor_id": one["mentor_id"], "mentee_id": one["mentee_id"], "state": "lifted"}]
    fakes.answer("matching", "GET /runs/run-4/proposals/(o[0-9])", lambda _request, id: one)
    fakes.answer("matching", "GET /programmes/rising/rulings", lambda request: lifted if (
        is_lifted and request.args.get("state") == "lifted") else [])

    page = said(office, f"{PAGE}/proposals/o2")

    assert ("Lock the two" in page) is is_lifted
    assert ("Every run keeps the two together, whatever else changes." in page) is not is_lifted


@pytest.mark.feature("C3")
def test_an_excluded_pair_bears_its_badge_and_is_not_offered_for_locking(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/rulings", [
        {**RULINGS[1], "mentor_id": "helena", "mentee_id": "jun-seo"}])

    [row, *_others] = office.get(PAGE).text.split('id="proposed"')[1].split("<tbody><tr>")[1].split("<tr>")

    assert "Excluded" in row
    assert 'name="one"' not in row
