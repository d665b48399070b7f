"""Programmes: list, overview, people, and a new one."""

import re
from typing import Any

import pytest
from flask import Request

from services.notifications.domain.letters import LETTERS
from services.portal.pages.mail_words import TEMPLATES
from shared.kernel.clock import SettableClock, parse
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import NOW, PAIRS, PROGRAMME, REQUESTS, RUN, SUMMARY, FakeServices, problem

ONE_OF = {"pairs": [*PAIRS.values()][:1], "requests": [REQUESTS["r1"]], "participants": [
    {"person_id": "p1", "role": "mentee", "state": "active", "capacity": 1}]}


def test_the_overview_begins_with_what_is_to_do(office: Browser) -> None:
    page = office.get("/programmes/rising").text

    assert (
        page.index("mentees without a mentor")
        < page.index("Next step for the programme")
        < page.index("Match rate")
    )
    assert re.findall(r'ith-todo__n">(\d+)', page) == ["2", "1", "19", "1", "1", "3", "29", "3", "7"]
    assert "No drafts to publish" in page


@pytest.mark.parametrize(("pairs", "button"), [(3, "Review and publish"), (0, "See tasks")])
def test_a_run_is_next_only_when_there_is_something_to_publish(
    office: Browser, fakes: FakeServices, pairs: int, button: str
) -> None:
    fakes.answer("matching", "GET /programmes/rising/runs", [{**RUN, "matched": pairs}])

    assert f">{button}</a>" in office.get("/programmes/rising").text


def test_figures_stand_with_their_base_and_time(office: Browser) -> None:
    page = office.get("/programmes/rising").text

    assert "212</a> of 241 mentees · target 70%" in page
    assert "1 : 1.3" in page
    assert "as of 11:42" in page


def test_answers_this_time_stand_beside_those_of_the_cohort_before(office: Browser, fakes: FakeServices) -> None:
    page = office.get("/programmes/rising").text

    assert 'check-ins?period=2&amp;state=answered">60</a> of <a' in page
    assert "answered check-in 2 · the cohort before 80%" in page
    assert ">75%</a>" in page
    fakes.answer("surveys", "GET /programmes/rising-2025/check-ins/summary", lambda _request: problem(404, "not-found"))
    assert "the cohort before –" in office.get("/programmes/rising").text


def test_every_number_leads_to_its_rows(office: Browser) -> None:
    page = office.get("/programmes/rising").text

    main = page[page.index("<main") : page.index("</main>")]
    links = set(re.findall(r'href="(/programmes/rising/[^"]+)"', main))
    assert len(links) > 10
    for link in links:
        assert office.get(link.replace("&amp;", "&")).status_code == 200, link


def test_a_tile_counts_what_its_list_shows(office: Browser) -> None:
    tiles = dict(re.findall(r'href="([^"]+)"><span class="ith-todo__n">(\d+)', office.get("/programmes/rising").text))

    assert tiles["/programmes/rising/check-ins?state=overdue"] == "19"
    assert tiles["/programmes/rising/messages?state=unreachable"] == "1"
    assert tiles["/programmes/rising/requests?state=unanswered"] == "1"
    assert tiles["/programmes/rising/people?state=unmatched"] == "29"
    assert tiles["/programmes/rising/tasks"] == "3"


def test_mentees_without_a_mentor_are_those_in_no_live_pair(office: Browser) -> None:
    page = office.get("/programmes/rising/people?state=unmatched").text

    assert "sit with nobody, neither in a pair nor in a circle" in page
    assert "Nguyễn Thị Hạnh" in page
    assert "Jun-seo Baek" not in page


def test_large_numbers_are_written_as_the_reader_does(office: Browser, fakes: FakeServices) -> None:
    counts = {"accepted": 58_541, "failed": 0, "as_of": NOW}
    fakes.answer("notifications", "GET /programmes/rising/messages/summary", counts)
    english = office.get("/programmes/rising").text
    office.send("/language", {"language": "de"}, page="/programmes")

    assert ">58,541<" in english
    german = office.get("/programmes/rising").text
    assert ">58.541<" in german
    assert "Soll 70\N{NO-BREAK SPACE}%" in german


def test_a_mail_says_why_it_was_not_sent_even_in_words_this_portal_does_not_know(office: Browser) -> None:
    page = office.get("/programmes/rising/messages").text

    assert "the address takes no mail" in page
    assert "a-newer-reason" in page
    assert page.count("See the pair") == 4


def test_whose_mail_bounced_is_named_with_the_address_and_the_reason(office: Browser) -> None:
    page = office.get("/programmes/rising/messages?state=bounced").text
    overview = office.get("/programmes/rising").text

    assert "Helena Novotná" in page
    assert "helena@" in page
    assert "the address was refused" in page
    assert "Amara" not in page[page.index("<main"):]
    assert 'messages?state=bounced">1</a> bounced' in overview
    assert 'messages?state=failed">3</a> failed' in overview


def test_whom_no_mail_reaches_is_named_once_with_the_address(office: Browser) -> None:
    page = office.get("/programmes/rising/messages?state=unreachable").text

    main = page[page.index("<main"):]
    assert main.count("helena@") == 1
    assert "Nothing more is sent there until the directory says another one" in main


def test_every_letter_has_words() -> None:
    assert {*TEMPLATES} == {*LETTERS}


@pytest.mark.parametrize("query", ["state=delivered&period=abc", "state=delivered&period=0", "period=9999", "period=²"])
def test_a_period_that_is_none_is_left_out(office: Browser, fakes: FakeServices, query: str) -> None:
    asked: list[str] = []

    def page(request: Request) -> Any:
        asked.append(request.args.get("period", ""))
        return []
    fakes.answer("surveys", "GET /programmes/rising/check-ins", page)

    assert office.get(f"/programmes/rising/check-ins?{query}").status_code == 200
    assert not any(asked)


def test_a_tile_with_nothing_says_so_and_one_that_nobody_answered_says_that(office: Browser, fakes: FakeServices
                                                                           ) -> None:
    fakes.answer("matching", "GET /programmes/rising/requests/summary", {"unanswered": 0})
    fakes.answer("notifications", "GET /programmes/rising/messages/summary", lambda _request: problem(503, "away"))

    page = office.get("/programmes/rising").text

    assert "No request waits for long" in page
    tile = page[:page.index("people whom no mail reaches") + 120]
    assert "not known right now" in tile[-120:]


def test_a_week_begins_at_midnight_where_the_programme_is(office: Browser, clock: SettableClock) -> None:
    clock.set(parse("2026-03-08T23:30:00.000Z"))

    assert "week 2 of" in office.get("/programmes/rising").text


def test_a_draft_is_in_no_week_and_says_that_nobody_is_aboard(office: Browser) -> None:
    page = office.get("/programmes/first-bridge").text

    assert "Draft · begins 2 March 2026" in page
    assert "Nobody is aboard yet" in page
    assert "did not arrive in time" not in page


def test_numbers_older_than_a_quarter_of_an_hour_are_marked(office: Browser, fakes: FakeServices) -> None:
    old = {"funnel": [], "to_do": {}, "as_of": "2026-06-09T08:00:00.000Z"}
    fakes.answer("matching", "GET /programmes/rising/summary", old)

    assert office.get("/programmes/rising").text.count("Older than 15 min") > 1


def test_the_list_of_things_to_do_is_as_old_as_the_oldest_of_its_parts(office: Browser, fakes: FakeServices) -> None:
    old = {"accepted": 1, "failed": 0, "bounced": 0, "as_of": "2026-06-09T08:00:00.000Z"}
    fakes.answer("notifications", "GET /programmes/rising/messages/summary", old)

    page = office.get("/programmes/rising").text

    assert "Older than 15 min: as of 9 June 2026, 10:00" in page[:page.index('class="ith-todo"')]


def test_the_funnel_says_when_it_was_counted_itself(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/summary", {**SUMMARY, "funnel_as_of": "2026-06-09T08:00:00.000Z"})

    page = office.get("/programmes/rising").text

    assert "Older than 15 min" in page[page.index("Mentees by step"):]
    assert "Older than 15 min" not in page[:page.index("Mentees by step")]


def test_while_a_publication_can_be_taken_back_that_is_next(office: Browser, fakes: FakeServices) -> None:
    leaving = {**RUN, "state": "releasing", "release_at": "2027-01-11T09:30:00.000Z"}
    fakes.answer("matching", "GET /programmes/rising/runs", [leaving])

    page = office.get("/programmes/rising").text

    assert "The pairs leave at 10:30" in page
    assert 'href="/runs/run-4">See it, or take it back' in page


def test_there_is_one_next_thing(office: Browser) -> None:
    page = office.get("/programmes/rising").text

    assert page.count('class="ith-sea ') == 1
    assert "Look at the proposed pairs" in page


def test_a_draft_shows_nothing_that_nobody_else_has_heard_of_yet(office: Browser, fakes: FakeServices) -> None:
    page = office.get("/programmes/first-bridge").text

    assert "not known right now" not in page
    assert "A part of this page is missing" not in page
    assert "/programmes/first-bridge/messages" not in page
    assert "/programmes/first-bridge/check-ins" not in page
    assert "Match rate" in page


@pytest.mark.parametrize(("state", "figure", "base"), [
    ("running", "88%", "212</a> of 241 mentees"), ("closed", "85%", "205</a> of 240 mentees")])
def test_the_match_rate_of_a_closed_programme_counts_whoever_had_a_pair(
        office: Browser, fakes: FakeServices, state: str, figure: str, base: str) -> None:
    over = {"matched": 0, "funnel": [{"step": "approved", "count": 240}, {"step": "matched", "count": 205}]}
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "state": state})
    fakes.answer("matching", "GET /programmes/rising/summary", {**SUMMARY, **(over if state == "closed" else {})})

    rate = office.get("/programmes/rising").text.split("Match rate")[1][:900]

    assert figure in rate
    assert base in rate


@pytest.mark.parametrize(("page", "marked"), [
    ("/runs/run-4", "Matching"), ("/runs/run-4/publish", "Matching"), ("/runs/run-4/release", "Matching"),
    ("/runs/run-4/proposals/o2", "Matching"), ("/programmes/rising/rulings", "Matching"),
    ("/programmes/rising/charge", "Settings"), ("/programmes/rising/rules/answer", "Settings"),
    ("/programmes/rising/profile", "Settings"), ("/programmes/rising/requests", "Pairs"),
    ("/programmes/rising/mentor-for/hanh", "Tasks"), ("/programmes/new", "Programmes")])
def test_the_navigation_marks_where_a_page_belongs(office: Browser, page: str, marked: str) -> None:
    [entry] = re.findall(r'<a[^>]*aria-current="page"[^>]*>([^<]*)', office.get(page).text.split("<main")[0])

    assert entry == marked


@pytest.mark.parametrize("page", ["/pairs/p1", "/my/renewals/rising", "/my/endorsements"])
def test_the_navigation_marks_my_mentoring_on_the_pages_below_it(mentor: Browser, page: str) -> None:
    [entry] = re.findall(r'<a[^>]*aria-current="page"[^>]*>([^<]*)', mentor.get(page).text.split("<main")[0])

    assert entry == "My mentoring"


def test_a_draft_is_opened_from_its_overview(office: Browser, fakes: FakeServices) -> None:
    assert "Open the programme" in office.get("/programmes/first-bridge").text

    answer = office.send("/programmes/first-bridge/opening", page="/programmes/first-bridge")

    assert answer.location == "/programmes/first-bridge"
    assert fakes.last().path if hasattr(fakes.last(), "path") else True
    assert "The programme is open" in office.get(answer.location).text


def test_a_programme_is_made_from_three_answers(office: Browser, fakes: FakeServices) -> None:
    values = {"template": "cohort", "name": "First Bridge 2027", "starts_on": "2027-01-11"}

    answer = office.send("/programmes/new", values, page="/programmes/new")

    assert answer.location == "/programmes/first-bridge"
    assert fakes.last().body == {**values, "language": "en"}


def test_an_older_programme_is_copied_when_it_was_chosen(office: Browser, fakes: FakeServices) -> None:
    many = [{**PROGRAMME, "id": f"year-{year}", "name": f"Rising {year}", "starts_on": f"{year}-03-02"}
            for year in range(2020, 2028)]
    fakes.answer("matching", "GET /programmes", many)

    page = office.get("/programmes/new?like=copy:year-2020").text

    assert 'value="copy:year-2020" checked' in page
    assert "year-2021" not in page


def test_the_next_cohort_is_made_like_the_last_one(office: Browser, fakes: FakeServices) -> None:
    page = "/programmes/new?like=copy:rising"
    assert page in office.get("/programmes/rising").text
    assert 'value="copy:rising" checked' in office.get(page).text

    answer = office.send(
        "/programmes/new", {"template": "copy:rising", "name": "Rising 2028", "starts_on": "2028-03-01"}, page=page
    )

    assert answer.location == "/programmes/first-bridge"
    assert fakes.last().body == {"name": "Rising 2028", "starts_on": "2028-03-01"}


def test_a_refused_programme_keeps_what_was_entered(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /programmes", lambda _request: problem(422, "invalid", "The name is too long."))

    answer = office.send(
        "/programmes/new", {"template": "open", "name": "X" * 9, "starts_on": "2027-01-11"}, page="/programmes/new"
    )

    assert answer.status_code == 422
    assert "The name is too long." in answer.text
    assert 'value="XXXXXXXXX"' in answer.text


@pytest.mark.parametrize(
    ("role", "shown", "hidden"), [("mentor", "Helena", "Amara"), ("mentee", "Amara", "Helena")]
)
def test_people_are_shown_by_role(office: Browser, role: str, shown: str, hidden: str) -> None:
    page = office.get(f"/programmes/rising/people?state={role}").text

    assert shown in page
    assert hidden not in page


def test_an_empty_programme_says_how_to_begin(office: Browser) -> None:
    assert "Nobody aboard yet" in office.get("/programmes/first-bridge/people").text


@pytest.mark.parametrize("path", ["/people", "/people?state=unmatched", "/pairs", "/requests"])
def test_of_a_long_list_one_page_is_read_and_leads_to_the_next(office: Browser, fakes: FakeServices, path: str) -> None:
    """However long it is: nothing is read that is not shown."""
    asked: list[str] = []
    kind = path.partition("?")[0].removeprefix("/").replace("people", "participants")

    def a_page(request: Request) -> Any:
        asked.append(request.args.get("after", ""))
        link = f'</v1/programmes/rising/{kind}?after=second>; rel="next"'
        return 200, {"items": []} if asked[-1] else {"items": ONE_OF[kind]}, {} if asked[-1] else {"Link": link}
    fakes.answer("matching", f"GET /programmes/rising/{kind}", a_page)

    first = office.get(f"/programmes/rising{path}").text
    office.get(f"/programmes/rising{path}{'&' if '?' in path else '?'}after=second")

    assert "after=second" in first
    assert asked == ["", "second"]


def test_whose_name_is_missing_is_still_in_the_list(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /people", lambda _request: problem(503, "unavailable"))

    page = office.get("/programmes/rising/people")

    assert page.status_code == 200
    assert "(helena)" in page.text
