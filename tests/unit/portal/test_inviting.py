"""Inviting on the pages: a list is pasted or uploaded, looked at, then sent. All without scripts."""

import io
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FakeServices, problem

PLACE = "/programmes/rising/invitations"


def test_a_list_is_read_from_lines_and_files_and_shown_before_anybody_is_asked(office: Browser,
                                                                               fakes: FakeServices) -> None:
    file = io.BytesIO("Name;Mail\r\nZoë Ek;zoe@caldera.example".encode("latin-1"))
    values: dict[str, Any] = {"mentors": "Helena Novotná\n\"Amara\" <amara@caldera.example>", "step": "invite",
                              "mentees-file": (file, "people.csv")}

    there = office.send(PLACE, values, page=PLACE, content_type="multipart/form-data")
    shown = office.get("/invitations/inv-1").text

    assert (there.status_code, there.headers["Location"]) == (303, "/invitations/inv-1")
    assert fakes.last().body == {"mentors": ["Helena Novotná", "amara@caldera.example"],
                                 "mentees": ["", "zoe@caldera.example"], "step": "invite"}
    for words in ("One person can be asked. Nobody has been told anything yet.", "Send one invitation", "Gets a mail",
                  "Takes part already", "2 lines are left out", "line 2", "write the mail address"):
        assert words in shown


def test_the_list_is_sent_by_one_press_and_tells_what_became_of_it(office: Browser, fakes: FakeServices) -> None:
    office.send("/invitations/inv-1/start", page="/invitations/inv-1")

    assert (fakes.last().path, fakes.last().key) == ("/v1/invitations/inv-1/start", "key-1")
    assert "One person is asked now." in office.get("/invitations/inv-2").text


def test_an_empty_list_or_a_refused_one_is_shown_again(office: Browser, fakes: FakeServices) -> None:
    empty = office.send(PLACE, {"mentors": " \n"}, page=PLACE)
    fakes.answer("matching", "POST /programmes/rising/invitations", problem(409, "no-applications"))
    refused = office.send(PLACE, {"mentees": "amara@caldera.example"}, page=PLACE)

    assert (empty.status_code, refused.status_code) == (422, 422)
    assert "Write or upload at least one address first." in empty.text
    assert "This programme takes no applications now." in refused.text
    assert "amara@caldera.example</textarea>" in refused.text


def sent_file(office: Browser, data: bytes) -> TestResponse:
    values = {"mentors": "", "mentors-file": (io.BytesIO(data), "mentors.csv")}
    return office.send(PLACE, values, page=PLACE, content_type="multipart/form-data")


@pytest.mark.parametrize("data", [
    b"Name;E-mail\r\nHelena;h@x.example\r\nNobody\r\n", "Name\tE-mail\nHelena\th@x.example\nNobody\n".encode("utf-16"),
    "\ufeffName,E-mail\nHelena,h@x.example\nNobody".encode()])
def test_a_file_is_read_without_its_heading_and_keeps_its_line_numbers(
    office: Browser, fakes: FakeServices, data: bytes
) -> None:
    sent_file(office, data)

    assert fakes.last().body["mentors"] == ["", "h@x.example", "Nobody"]


def test_a_file_without_a_heading_begins_with_its_first_line(office: Browser, fakes: FakeServices) -> None:
    sent_file(office, b"h@x.example\n")

    assert fakes.last().body["mentors"] == ["h@x.example"]


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00rubbish", b"\xff\xfe\x00"])
def test_a_file_that_is_no_text_is_told_so(office: Browser, fakes: FakeServices, data: bytes) -> None:
    answer = sent_file(office, data)

    assert (answer.status_code, fakes.sent) == (422, [])
    assert "This file is no text: save it as CSV or text first." in answer.text


@pytest.mark.parametrize(("query", "words"), [("", "Invited"), ("?state=nominated", "Had in mind")])
def test_those_who_were_asked_are_listed_with_what_became_of_it(office: Browser, query: str, words: str) -> None:
    assert words in office.get(PLACE + query).text
    assert "To decide" in office.get(PLACE).text


def test_those_who_were_had_in_mind_are_invited_from_their_list(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/applications", [
        {"id": f"ap-{who}", "person_id": who, "role": role, "state": "nominated"}
        for who, role in (("amara", "mentee"), ("helena", "mentor"), ("hanh", "mentee"))])
    page = office.get(f"{PLACE}?state=nominated").text
    given = dict(re.findall(r'<textarea name="(\w+)" hidden>([^<]+)</textarea>', page))

    office.send(PLACE, given, page=PLACE)

    assert "Invite all 3 shown" in page
    assert fakes.last().body == {"mentors": ["helena@caldera.example"], "step": "invite",
                                 "mentees": ["amara@caldera.example", "hanh@caldera.example"]}
    assert "shown</button>" not in office.get(PLACE).text


def test_an_invited_person_is_asked_kindly_and_may_say_no(browser: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /me/applications", [
        {"id": "ap-9", "programme_id": "first-bridge", "person_id": "hanh", "role": "mentor", "state": "invited"}])
    browser.sign_in("hanh")
    page = browser.get("/my/applications").text

    for words in ("You are invited", "nothing happens if you do not answer", "See what it takes", "No, thank you"):
        assert words in page
    assert browser.get("/programmes/first-bridge/apply/mentor").status_code == 200
