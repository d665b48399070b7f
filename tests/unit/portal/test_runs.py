"""Matching runs: progress, proposals with reasons, publishing and undoing."""

import re
from typing import Any

import pytest

from services.portal.pages.security import PREVIEW_POLICY
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import PEOPLE, PROGRAMME, RUN, FakeServices, problem

PREVIEW = "/v1/programmes/rising/previews/introduction"


def test_a_run_is_begun_and_followed(office: Browser, fakes: FakeServices) -> None:
    answer = office.send("/programmes/rising/runs", page="/programmes/rising/matching")

    assert answer.location == "/runs/run-5"
    assert "40%" in office.get("/runs/run-5").text


def test_a_run_that_cannot_begin_says_why(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /programmes/rising/runs", lambda _request: problem(409, "wrong-state"))

    answer = office.send("/programmes/rising/runs", page="/programmes/rising/matching")

    assert answer.location == "/programmes/rising/matching"
    assert "something changed in between" in office.get(answer.location).text


def test_a_run_says_by_which_objective_it_was_solved_and_is_repeated_by_the_same(office: Browser,
                                                                                 fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "objective": "maximin"})

    page = office.get("/runs/run-4").text
    office.send("/programmes/rising/runs", {"objective": "maximin"}, page="/runs/run-4")

    assert "Objective: the weakest pair as strong as can be" in page
    assert '<input type="hidden" name="objective" value="maximin">' in page
    assert fakes.last().body == {"objective": "maximin"}


@pytest.mark.parametrize(("code", "words"), [
    ("objective-for-one-mentor", "for mentees with one mentor each"), ("matching-too-large", "too many people")])
def test_a_run_that_cannot_be_solved_says_why(office: Browser, fakes: FakeServices, code: str, words: str) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "state": "failed", "objective": "maximin", "why": code})

    assert words in office.get("/runs/run-4").text


def test_a_script_is_told_to_load_the_page_once_the_run_stands_still(office: Browser) -> None:
    asking = {"HX-Request": "true"}

    assert "HX-Refresh" not in office.get("/runs/run-5", headers=asking).headers
    assert office.get("/runs/run-4", headers=asking).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("state", ["releasing", "publishing"])
def test_whoever_asks_each_second_how_far_it_is_has_no_pair_looked_up(office: Browser, fakes: FakeServices, state: str
                                                                      ) -> None:
    looked_up: list[str] = []
    for path in ("proposals", "unmatched", "publication"):
        fakes.answer("matching", f"GET /runs/run-4/{path}", lambda request: looked_up.append(request.path) or [])
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "state": state, "progress": 40})

    polled = office.get("/runs/run-4", headers={"HX-Request": "true"}).text
    asked, whole = [*looked_up], office.get("/runs/run-4").text

    progress = [page.split('id="progress"')[1].split("</section>")[0] for page in (polled, whole)]
    assert [re.sub('(nonce|value)="[^"]*"', "", one) for one in progress] == 2 * [
        re.sub('(nonce|value)="[^"]*"', "", progress[0])]
    assert (asked, bool(looked_up)) == ([], True)


def test_proposals_are_shown_weakest_first_with_reasons(office: Browser) -> None:
    page = office.get("/runs/run-4").text.split('id="proposed"')[1]

    assert page.index("Jun-seo Baek") < page.index("Amara Okonkwo")
    assert "skills (leading, Python) · languages" in page
    assert "wish 1, Marguerite Duclos: seats went to others" in page


@pytest.mark.parametrize(("late", "said"), [
    ("proposals", "The run found no pair that passes the fixed rules"),
    ("unmatched", "Everybody who asked has a partner.")])
def test_a_part_that_is_late_is_a_gap_and_no_statement(office: Browser, fakes: FakeServices, late: str, said: str
                                                       ) -> None:
    fakes.answer("matching", f"GET /runs/run-4/{late}", lambda _request: problem(503, "unavailable"))

    page = office.get("/runs/run-4").text

    assert "This part did not arrive in time." in page
    assert said not in page


def test_all_who_stay_unmatched_have_a_page_of_their_own(office: Browser) -> None:
    assert '/runs/run-4/unmatched"' in office.get("/runs/run-4").text
    page = office.get("/runs/run-4/unmatched").text

    assert "Håkon Lindqvist" in page
    assert "Nobody is allowed; the rule “not in the own reporting line” removes most." in page


def test_who_stays_unmatched_is_shown_with_the_reason(office: Browser) -> None:
    page = office.get("/runs/run-4").text

    assert "One mentee stays unmatched" in page
    assert "Nobody is allowed; the rule “not in the own reporting line” removes most." in page


def test_scores_are_drawn_and_told(office: Browser) -> None:
    page = office.get("/runs/run-4").text

    assert "Histogram of pair scores" in page
    assert '<tr><th scope="row">50</th><td class="ith-num">4</td></tr>' in page


@pytest.mark.feature("C18")
def test_who_got_which_choice_is_told_by_group_too_but_not_of_small_ones(office: Browser) -> None:
    page = office.get("/runs/run-4").text

    assert "five of a hundred 29 or less." in page
    assert re.search(r"choice 1</th><td[^>]*>12</td><td[^>]*>50%", page)
    assert "none of their choices" in page
    assert re.search(r"Grid planning</th><td[^>]*>14</td><td[^>]*>93%", page)
    assert "2 groups are not shown: somebody in them could be known." in page
    assert "Score and choice by place" in page


def test_a_run_without_pairs_cannot_be_published_but_set_aside(office: Browser, fakes: FakeServices) -> None:
    nothing = {**RUN, "matched": 0, "unmatched": 4, "histogram": [0] * 10}
    fakes.answer("matching", "GET /runs/run-4", nothing)
    fakes.answer("matching", "GET /runs/run-4/proposals", [])
    fakes.answer("matching", "GET /runs/run-(?:4|5)/quality", {"best": 100, "found": None, "now": None})

    page = office.get("/runs/run-4").text

    assert "Set it aside" in page
    assert "/runs/run-4/publish" not in page
    assert "No pairs, no scores." in page


def test_publishing_asks_once_more(office: Browser, fakes: FakeServices) -> None:
    assert "Publish 3 pairs?" in office.get("/runs/run-4/publish").text
    assert not [one for one in fakes.sent if one.path != PREVIEW]

    answer = office.send("/runs/run-4/publication", page="/runs/run-4/publish")

    assert answer.location == "/runs/run-4"
    assert (fakes.last().method, fakes.last().path) == ("POST", "/v1/runs/run-4/publication")


def test_a_release_asks_once_more_and_is_offered_beside_the_undo(office: Browser, fakes: FakeServices) -> None:
    assert "/runs/run-4/release" not in office.get("/runs/run-4").text
    assert "Nothing waits here" in office.get("/runs/run-4/release").text
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "state": "releasing"})
    fakes.answer("matching", "POST /runs/run-4/release", (202, {**RUN, "state": "publishing"}, {}))

    assert 'href="/runs/run-4/release"' in office.get("/runs/run-4").text
    assert "Release 3 pairs now?" in office.get("/runs/run-4/release").text
    assert "POST" not in {one.method for one in fakes.sent}
    answer = office.send("/runs/run-4/release", page="/runs/run-4/release", follow_redirects=True)

    assert (fakes.last().path, fakes.last().key) == ("/v1/runs/run-4/release", "key-1")
    assert "Released: mentors and mentees hear of it now." in answer.text


def test_both_mails_are_shown_before_they_go_out(office: Browser, fakes: FakeServices) -> None:
    page = office.get("/runs/run-4/publish").text

    assert "Amara Okonkwo with Helena Novotná, in your language" in page
    assert "You are the mentor of Amara Okonkwo" in page
    assert "Helena Novotná is your mentor" in page
    assert 'src="/runs/run-4/introductions/mentee"' in page
    assert [one.path for one in fakes.sent] == [PREVIEW]


@pytest.mark.parametrize(("side", "subject"), [("mentor", "You are the mentor of"), ("mentee", "is your mentor")])
def test_a_mail_is_shown_in_a_frame_that_may_run_nothing(office: Browser, side: str, subject: str) -> None:
    frame = office.get(f"/runs/run-4/introductions/{side}")

    assert subject in frame.text
    assert frame.headers["Content-Security-Policy"] == PREVIEW_POLICY


def test_mails_are_shown_in_the_language_of_whoever_looks(office: Browser, fakes: FakeServices) -> None:
    office.send("/language", {"language": "de", "next": "/"})

    page = office.get("/runs/run-4/publish").text

    assert "Was sie lesen werden" in page
    assert fakes.last().body["language"] == "de"


def test_a_run_without_a_pair_shows_no_mail_and_no_button(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "matched": 0})
    fakes.answer("matching", "GET /runs/run-4/proposals", [])

    page = office.get("/runs/run-4/publish").text

    assert "There is no pair in this run" in page
    assert "Publish and tell everyone" not in page
    assert not fakes.sent


def test_a_pair_of_somebody_who_is_gone_shows_no_mail_and_says_so(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /people", [PEOPLE["helena"]])

    assert "one of the two is not known here any more" in office.get("/runs/run-4/publish").text
    assert office.get("/runs/run-4/introductions/mentor").status_code == 404


def test_mails_that_cannot_be_written_are_no_error_of_the_page(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("notifications", f"POST {PREVIEW.removeprefix('/v1')}", problem(422, "invalid-input"))

    assert "The mails of this run cannot be shown" in office.get("/runs/run-4/publish").text


def test_publishing_does_not_wait_for_a_preview(office: Browser, fakes: FakeServices) -> None:
    fakes["notifications"].down = True

    page = office.get("/runs/run-4/publish").text

    assert "This part did not arrive in time." in page
    assert "Publish and tell everyone" in page


@pytest.mark.parametrize("path", ["/runs/run-4/introductions/sponsor", "/runs/nothing/introductions/mentor",
                                  "/runs/nothing/publish"])
def test_there_is_no_mail_to_anybody_else(office: Browser, path: str) -> None:
    assert office.get(path).status_code == 404


def test_a_release_can_be_undone_while_it_waits(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "state": "releasing"})
    assert "/runs/run-4/undo" in office.get("/runs/run-4").text

    office.send("/runs/run-4/undo", page="/runs/run-4")

    assert (fakes.last().method, fakes.last().path) == ("DELETE", "/v1/runs/run-4/publication")


@pytest.mark.feature("C6")
@pytest.mark.parametrize(("state", "page", "action"), [
    ("proposed", "/runs/run-4/publish", "publication"), ("releasing", "/runs/run-4/release", "release"),
    ("releasing", "/runs/run-4", "undo")])
def test_what_was_shown_is_what_is_published_released_or_undone(
        office: Browser, fakes: FakeServices, state: str, page: str, action: str) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "state": state, "swaps": 2})
    fakes.answer("matching", "POST /runs/run-4/release", (202, RUN, {}))
    [form] = re.findall(rf'action="/runs/run-4/{action}">(.*?)</form>', office.get(page).text)
    values = dict(re.findall(r'name="(version|state|swaps)" value="([^"]*)"', form))

    office.send(f"/runs/run-4/{action}", values, page=page)

    assert values == {"version": "5", "state": state, "swaps": "2"}
    assert fakes.last().version == '"5"'


@pytest.mark.feature("C6")
@pytest.mark.parametrize(("now", "words"), [
    ({"swaps": 3}, "Somebody else swapped mentors meanwhile."),
    ({"state": "releasing"}, "the run is now “Leaving soon, can be undone”"),
    ({}, "Somebody else changed the run meanwhile.")])
def test_whoever_looks_at_a_run_of_before_is_told_what_has_changed(
        office: Browser, fakes: FakeServices, now: dict[str, Any], words: str) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "swaps": 2, **now, "version": 6})
    fakes.answer("matching", "POST /runs/run-4/publication", problem(412, "stale"))

    answer = office.send("/runs/run-4/publication", {"version": "5", "state": "proposed", "swaps": "2"},
                         page="/runs/run-4", follow_redirects=True)

    assert f"{words}" in answer.text
    assert "Nothing was done. Look at it again, then decide." in answer.text


def test_a_run_in_the_works_can_be_cancelled(office: Browser, fakes: FakeServices) -> None:
    office.send("/runs/run-5/cancellation", page="/runs/run-5")

    assert fakes.last().path == "/v1/runs/run-5/cancellation"


def test_a_run_says_who_would_move_since_the_last_proposal_for_how_much_and_why(office: Browser) -> None:
    page = office.get("/runs/run-4").text
    changed = page[page.index('id="changed"'):page.index("</section>", page.index('id="changed"'))]

    assert "2 people would move, for 12 points more. One more has a mentor. One has none any more." in changed
    assert "3 mentees are new." in changed
    for sentence in ("from Håkon Lindqvist to Helena Novotná", "The two fit otherwise now",
                     "The rule “not in one reporting line” forbids the two of before.", "now with Marguerite Duclos",
                     "The mentor is new.", "no longer with Marguerite Duclos"):
        assert sentence in changed
    assert 'href="/runs/run-3"' in changed


def test_before_it_is_published_the_same_is_said(office: Browser, fakes: FakeServices) -> None:
    assert "2 people would move, for 12 points more." in office.get("/runs/run-4/publish").text

    for points, words in ((0, "for as many points as before"), (-1, "at the cost of one point"), (1, "for one point")):
        told = {**RUN["changes"], "moved": 1, "could_stay": 1, "placed": 0, "lost": 0, "points": points}
        fakes.answer("matching", "GET /runs/run-4", {**RUN, "changes": told})
        assert f"One person would move, {words}" in office.get("/runs/run-4/publish").text

    forced = {**RUN["changes"], "moved": 2, "could_stay": 0, "placed": 0, "lost": 0, "points": 0}
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "changes": forced})
    assert "2 people would move. 3 mentees are new." in office.get("/runs/run-4/publish").text
    nobody = {**RUN["changes"], "moved": 0, "could_stay": 0, "placed": 1, "lost": 0, "points": 0}
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "changes": nobody})
    assert "Nobody would move. One more has a mentor." in office.get("/runs/run-4/publish").text


@pytest.mark.parametrize(("swaps", "words"), [
    (0, "Since the last proposal"), (1, "Since the last proposal, before the swap"),
    (2, "Since the last proposal, before the 2 swaps")])
def test_what_a_run_changes_is_told_as_it_was_before_the_swaps(
        office: Browser, fakes: FakeServices, swaps: int, words: str) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "swaps": swaps})

    assert f"{words}</h2>" in office.get("/runs/run-4").text
    assert f"{words}: 2 people would move" in office.get("/runs/run-4/publish").text


@pytest.mark.parametrize(("newer", "is_kept"), [
    ([], True), ([{"state": "cancelled"}], True), ([{"state": "published", "mentee_id": "amara"}], True),
    ([{"state": "published"}], False), ([{"state": "releasing"}], False)])
def test_a_run_keeps_what_the_newest_proposal_says_unless_a_newer_one_is_published(
        office: Browser, fakes: FakeServices, newer: list[dict[str, Any]], *, is_kept: bool) -> None:
    fakes.answer("matching", "GET /programmes/rising/runs", [*({**RUN, "id": "run-5", **one} for one in newer), RUN])

    assert ("A run keeps together whom the last proposal" in office.get("/programmes/rising/matching").text) == is_kept


@pytest.mark.parametrize("changes", [None, {
    "since": "run-3", "moved": 0, "placed": 0, "lost": 0, "joined": 0, "left": 0, "points": 0, "told": []}])
def test_a_run_that_changes_nothing_says_so_and_a_first_run_says_nothing(
        office: Browser, fakes: FakeServices, changes: dict[str, Any] | None) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "changes": changes})

    page = office.get("/runs/run-4").text

    assert ("Nobody of the last proposal would move." in page) == (changes is not None)


def refused_as(code: str, **more: Any) -> dict[str, Any]:
    return {"proposal_id": "o1", "code": code, "mentor_id": "helena", "mentee_id": "amara", "rules": [], "alone": True,
            **more}


@pytest.mark.feature("C6")
@pytest.mark.parametrize(("refused", "words"), [
    (refused_as("barred-by-rule", rules=["reporting-line"]), "forbids the two: not in one reporting line."),
    (refused_as("no-free-seat"), "no free seat any more"), (refused_as("not-taking-part"), "takes no part any more"),
    (refused_as("already-together"), "a pair already"), (refused_as("programme-not-open"), "was over by then"),
    (refused_as("no-seat-in-organisation"), "in all programmes together")])
def test_who_could_not_become_a_pair_is_named_with_the_reason_and_a_way(office: Browser, fakes: FakeServices,
                                                                       refused: dict[str, Any], words: str) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "state": "published", "refused": [refused]})

    [page] = re.findall(r'aria-labelledby="refused".*?</section>', office.get("/runs/run-4").text, re.DOTALL)

    assert "One proposal could not become a pair" in page
    assert "Amara Okonkwo with Helena Novotná" in page
    assert words in page
    assert 'href="/programmes/rising/mentor-for/amara"' in page
    assert 'href="/runs/run-4/proposals/o1"' in page


def test_who_has_another_mentor_is_not_to_be_paired_by_hand(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {
        **RUN, "state": "published", "refused": [refused_as("no-free-seat", alone=False)]})

    [page] = re.findall(r'aria-labelledby="refused".*?</section>', office.get("/runs/run-4").text, re.DOTALL)

    assert "/mentor-for/" not in page


def test_what_an_earlier_version_refused_is_shown_without_names(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {
        **RUN, "state": "published", "refused": [{"proposal_id": "o1", "code": "no-free-seat"}] * 60})

    page = office.get("/runs/run-4").text

    assert "60 proposals could not become pairs" in page
    assert "The first 50 are shown." in page
    assert "A proposed pair" in page


@pytest.mark.feature("C6")
@pytest.mark.parametrize(("state", "offered"), [("running", True), ("closing", False), ("closed", False)])
def test_a_draft_of_a_programme_that_is_over_is_only_set_aside(office: Browser, fakes: FakeServices, state: str,
                                                              offered: bool) -> None:
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "state": state})

    page = office.get("/runs/run-4").text

    assert ('href="/runs/run-4/publish"' in page) is offered
    assert ('action="/programmes/rising/runs"' in page) is offered
    assert ('action="/runs/run-4/cancellation"' in page) is not offered
