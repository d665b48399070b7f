"""The settings of a programme and its objectives: shown, changed, refused, and changed by two."""

import json
import re
from html import unescape
from typing import Any

import pytest

from services.portal.pages.settings_form import Staff
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import CHECKLIST, PROGRAMME, FakeServices, an_item, problem

PAGE = "/programmes/rising/settings"
AS_IS: dict[str, Any] = {
    "version": "3", "name": "Rising Engineers 2026", "purpose": "People stay.", "ends_on": "2026-11-30",
    "language": "en", "time_zone": "Europe/Berlin", "coordinators": "Ilse Brandt", "sponsor": "", "gates": ["training"],
    "requests_allowed": "1", "request_days": "3", "stickiness": "4", "undo_minutes": "10",
    "check_in_days": "12, 30",
    "check_in_every_days": "30", "check_in_answer_days": "7", "check_in_reminder_days": "3",
    "case_days": "3", "close_days": "14", "closing_days": "28",
    "mentor_en": "mentor", "mentor_de": "Mentor/in", "mentee_en": "mentee", "mentee_de": "Mentee",
}


def test_settings_are_kept_with_the_version_that_was_shown(office: Browser, fakes: FakeServices) -> None:
    assert 'name="version" value="3"' in office.get(PAGE).text

    answer = office.send(PAGE, AS_IS | {"name": "Rising 2026", "check_in_days": "7; 14 30", "gates": ["goal"]}, PAGE)

    assert answer.location == PAGE
    sent = fakes.last()
    assert (sent.method, sent.version) == ("PATCH", '"3"')
    assert (sent.body["name"], sent.body["check_in_days"], sent.body["gates"]) == ("Rising 2026", [7, 14, 30], ["goal"])
    assert sent.body["coordinator_ids"] == ["ilse"]
    assert "The settings are kept." in office.get(PAGE).text


def test_what_others_have_gone_by_is_shown_but_not_asked(office: Browser, fakes: FakeServices) -> None:
    page = office.get(PAGE).text
    assert 'name="starts_on"' not in page
    assert "This stays" in page

    office.send(PAGE, AS_IS | {"starts_on": "2030-01-01"}, PAGE)

    assert fakes.last().body["starts_on"] == "2026-03-02"


def test_a_closed_programme_shows_its_settings_and_takes_none(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "state": "closed"})

    page = office.get(PAGE).text

    assert "This programme is over" in page
    assert "Keep the settings" not in page
    assert 'name="name"' not in page


def test_people_are_named_by_name_or_address(office: Browser, fakes: FakeServices) -> None:
    names = "Ilse Brandt\r\n  Helena   Novotná\n\nhaakon@caldera.example\nHelena Novotná"

    office.send(PAGE, AS_IS | {"coordinators": names, "sponsor": "Marguerite Duclos"}, PAGE)

    assert fakes.last().body["coordinator_ids"] == ["ilse", "helena", "haakon"]
    assert fakes.last().body["sponsor_id"] == "marguerite"


@pytest.mark.parametrize(("field", "value", "fault"), [
    ("coordinators", "Nobody At All", "Nobody is called “Nobody At All”"),
    ("sponsor", "Helena Novotná\nHåkon Lindqvist", "Name one person."),
    ("undo_minutes", "soon", "A whole number is expected"),
    ("check_in_days", "12, then 30", "A whole number is expected"),
])
def test_what_cannot_be_read_stands_beside_its_field(
    office: Browser, fakes: FakeServices, field: str, value: str, fault: str
) -> None:
    answer = office.send(PAGE, AS_IS | {field: value}, PAGE)

    assert answer.status_code == 422
    assert re.search(rf'id="{field}-e"[^>]*>.*{fault}', unescape(answer.text))
    assert "PATCH" not in [one.method for one in fakes.sent]


def test_all_that_is_wrong_is_told_at_once(office: Browser, fakes: FakeServices) -> None:
    wrong = {"name": "", "purpose": "x" * 2001, "ends_on": "2026-03-01", "time_zone": "Berlin",
             "coordinators": "Nobody At All", "stickiness": "101", "undo_minutes": "soon", "check_in_days": "30, 12",
             "check_in_reminder_days": "8", "case_days": "0", "mentee_de": ""}

    answer = office.send(PAGE, AS_IS | wrong, PAGE)

    assert re.findall(r'<li><a href="#([a-z_]+)">', answer.text) == [
        "name", "purpose", "ends_on", "time_zone", "undo_minutes", "stickiness", "check_in_reminder_days", "case_days",
        "mentee_de", "coordinators", "check_in_days"]
    assert "PATCH" not in [one.method for one in fakes.sent]


@pytest.mark.parametrize(("ends_on", "told"), [("2026-03-02", "The programme ends after it starts"),
                                               ("soon", "A date is expected.")])
def test_nothing_is_said_of_what_hangs_on_a_wrong_field(office: Browser, ends_on: str, told: str) -> None:
    answer = office.send(PAGE, AS_IS | {"ends_on": ends_on, "check_in_answer_days": "x"}, PAGE)

    assert re.findall(r'<li><a href="#([a-z_]+)">', answer.text) == ["ends_on", "check_in_answer_days"]
    assert told in answer.text


def test_a_flash_pair_closes_after_the_time_to_answer(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "format": "flash", "gates": []})

    answer = office.send(PAGE, AS_IS | {"gates": [], "close_days": "6"}, PAGE)

    assert re.findall(r'<li><a href="#([a-z_]+)">', answer.text) == ["close_days"]


def test_whoever_is_in_no_directory_reads_and_writes_their_own_name(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /people", [])

    page = office.get(PAGE).text
    office.send(PAGE, AS_IS | {"coordinators": "Ilse Brandt"}, PAGE)

    assert ">Ilse Brandt</textarea>" in page
    assert fakes.last().body["coordinator_ids"] == ["ilse"]


def test_a_name_that_two_bear_asks_for_the_address(office: Browser, fakes: FakeServices) -> None:
    two = [{"id": one, "name": "Jo Ito", "email": f"{one}@x.example"} for one in ("jo-1", "jo-2")]
    fakes.answer("matching", "POST /people/named", [{"text": "Jo Ito", "people": two}])

    answer = office.send(PAGE, AS_IS | {"coordinators": "Jo Ito"}, PAGE)

    assert "2 people are called “Jo Ito”. Write the mail address." in answer.text


@pytest.mark.parametrize(("refused", "field"), [
    (problem(422, "bad-dates"), "ends_on"), (problem(422, "bad-cadence"), "check_in_days"),
    (problem(409, "setting-fixed"), "name")])
def test_what_the_service_refuses_stands_beside_its_field(
    office: Browser, fakes: FakeServices, refused: Any, field: str
) -> None:
    fakes.answer("matching", "PATCH /programmes/(?:rising|first-bridge)", lambda _request: refused)

    answer = office.send(PAGE, AS_IS | {"name": "Kept as entered"}, PAGE)

    assert answer.status_code == 422
    assert f'id="{field}-e"' in answer.text
    assert 'value="Kept as entered"' in answer.text


def test_two_coordinators_do_not_overwrite_each_other_unknowingly(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "PATCH /programmes/(?:rising|first-bridge)", lambda _request: problem(412, "stale"))
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "name": "Theirs", "version": 4})

    answer = office.send(PAGE, AS_IS | {"name": "Mine", "purpose": PROGRAMME["purpose"]}, PAGE)

    assert answer.status_code == 412
    assert 'value="Mine"' in answer.text
    assert "It is now: Theirs" in answer.text
    assert "It is now: Joint kick-off training by both, Agreement on how you meet, A first goal" in answer.text
    assert 'id="purpose-e"' not in answer.text
    assert 'name="version" value="4"' in answer.text


def test_a_field_that_only_i_changed_is_no_conflict(office: Browser, fakes: FakeServices) -> None:
    shown = re.search(r'name="before" value="([^"]+)"', office.get(PAGE).text)
    assert shown
    fakes.answer("matching", "PATCH /programmes/(?:rising|first-bridge)", lambda _request: problem(412, "stale"))
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "name": "Theirs", "version": 4})
    mine = AS_IS | {"undo_minutes": "7", "before": unescape(shown[1])}

    answer = office.send(PAGE, mine, PAGE)

    assert "It is now: Theirs" in answer.text
    assert 'id="name-e"' in answer.text
    assert 'id="undo_minutes-e"' not in answer.text
    again = re.search(r'name="before" value="([^"]+)"', answer.text)
    assert again
    assert json.loads(unescape(again[1]))["name"] == "Theirs"


@pytest.mark.parametrize("before", ["nonsense", "[]", ""])
def test_without_what_was_shown_before_every_difference_is_told(
    office: Browser, fakes: FakeServices, before: str
) -> None:
    fakes.answer("matching", "PATCH /programmes/(?:rising|first-bridge)", lambda _request: problem(412, "stale"))

    answer = office.send(PAGE, AS_IS | {"undo_minutes": "7", "before": before}, PAGE)

    assert answer.status_code == 412
    assert 'id="undo_minutes-e"' in answer.text


def test_whoever_hands_a_programme_over_goes_to_the_list(browser: Browser, fakes: FakeServices) -> None:
    browser.sign_in("helena")
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "coordinator_ids": ["helena"]})

    answer = browser.send(PAGE, AS_IS | {"coordinators": "Ilse Brandt"}, PAGE)

    assert answer.location == "/programmes"


def test_the_page_says_what_becomes_of_open_requests(office: Browser) -> None:
    assert "Switching it off ends the 2 requests that are open" in office.get(PAGE).text


def test_a_draft_without_a_purpose_is_asked_for_it_before_it_opens(office: Browser, fakes: FakeServices) -> None:
    draft = {**PROGRAMME, "id": "rising", "state": "draft", "purpose": ""}
    fakes.answer("matching", "GET /programmes/rising", draft)
    fakes.answer("matching", "GET /programmes/rising/runs", [])
    fakes.answer("matching", "GET /programmes/rising/checklist", {
        **CHECKLIST, "phase": "draft", "next": "purpose", "items": [
            an_item("purpose", "draft"), an_item("opened", "draft")]})

    page = office.get("/programmes/rising").text

    assert "Say what it is for" in page
    assert "Open it" not in page


def test_an_objective_is_added_changed_and_removed(office: Browser, fakes: FakeServices) -> None:
    page, form = "/programmes/rising/objectives", "/programmes/rising/objective"
    stay = PROGRAMME["objectives"][0]
    assert stay["metric"] in office.get(page).text

    office.send(form, {"version": "3", "name": "More lead", "metric": "first lead roles", "target": "12,5"}, form)
    new = {"name": "More lead", "metric": "first lead roles", "target": 12.5, "baseline": None, "code": "key-1"}
    assert fakes.last().body == {"objectives": [stay, new]}

    office.send(form, {"version": "3", "code": "stay", "name": "Stay", "metric": "%", "target": "95", "baseline": "81"},
                form)
    assert fakes.last().body == {"objectives": [
        {"code": "stay", "name": "Stay", "metric": "%", "target": 95.0, "baseline": 81.0}]}

    office.send(f"{page}/removal", {"version": "3", "code": "stay"}, page)
    assert fakes.last().body == {"objectives": []}
    assert fakes.last().version == '"3"'


def test_an_objective_without_a_figure_is_not_kept(office: Browser) -> None:
    form = "/programmes/rising/objective"

    answer = office.send(form, {"version": "3", "name": "", "metric": "leads", "target": "many"}, form)

    assert answer.status_code == 422
    assert 'id="name-e"' in answer.text
    assert "A figure is expected" in answer.text
    assert 'value="many"' in answer.text


def test_nobody_changes_an_objective_that_is_not_there(office: Browser) -> None:
    assert office.get("/programmes/rising/objective?code=gone").status_code == 404


def test_two_of_one_name_and_address_are_told_apart_by_their_ids() -> None:
    twin = {"name": "Kim Meier", "email": "kim@example.org"}

    staff = Staff.of({"coordinator_ids": ["k1", "k2"]}, {"k1": twin, "k2": twin})

    assert staff.named(["k1", "k2"]) == ["k1", "k2"]
