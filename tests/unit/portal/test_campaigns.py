"""Campaigns on the pages: drafted, looked at, launched, and handed out. All without scripts."""

import io
import re
from typing import Any
from urllib.parse import unquote

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FakeServices, problem

PLACE = "/programmes/rising/campaigns"


@pytest.mark.parametrize(("values", "sent"), [
    ({"name": " Spring ", "role": "mentor", "departments": "Sales; Grid planning ;", "grades": "", "remind_days": "7"},
     {"name": "Spring", "role": "mentor", "departments": ["Sales", "Grid planning"], "locations": [], "grades": [],
      "remind_days": 7}),
    ({"name": "List", "role": "mentee", "names": "Amara\r\n\r\nHanh <hanh@caldera.example>", "remind_days": ""},
     {"name": "List", "role": "mentee", "names": ["Amara", "hanh@caldera.example"], "remind_days": 0}),
    ({"name": "x", "names-file": (io.BytesIO(b"amara@caldera.example"), "list.txt"), "remind_days": "soon"},
     {"name": "x", "role": "mentor", "names": ["amara@caldera.example"], "remind_days": -1}),
])
def test_a_draft_is_a_rule_or_a_list(office: Browser, fakes: FakeServices, values: dict[str, Any],
                                     sent: dict[str, Any]) -> None:
    there = office.send(PLACE, values, page=PLACE, content_type="multipart/form-data")

    assert (there.status_code, there.headers["Location"]) == (303, "/campaigns/cam-2")
    assert fakes.last().body == sent


@pytest.mark.parametrize(("values", "words"), [
    ({"names-file": (io.BytesIO(b""), "list.txt")}, "No line of this list names anybody"),
    ({"names-file": (io.BytesIO(b"PK\x03\x04\x00rubbish"), "list.xlsx")}, "This file is no text"),
    ({"names-file": (io.BytesIO(b"\xef\xbb\xbf;\r\n \r\n"), "list.csv")}, "No line of this list names anybody"),
    ({"names": " ;;\r\n"}, "No line of this list names anybody"),
    ({"names": " \r\n", "departments": "Sales"}, "No line of this list names anybody"),
    ({"names": "Amara", "grades": "lead"}, "A rule or a list, not both"),
])
def test_a_list_without_anybody_or_beside_a_rule_never_becomes_the_whole_directory(
        office: Browser, fakes: FakeServices, values: dict[str, Any], words: str) -> None:
    told = office.send(PLACE, {"name": "Spring", "role": "mentor", **values}, page=PLACE,
                       content_type="multipart/form-data")

    assert told.status_code == 422
    assert words in told.text
    assert 'value="Spring"' in told.text
    assert fakes.sent == []


def test_a_refused_draft_is_shown_again_with_what_was_written(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /programmes/rising/campaigns", problem(422, "bad-campaign"))

    told = office.send(PLACE, {"name": "Spring", "departments": "Sales"}, page=PLACE)

    assert told.status_code == 422
    for words in ("A campaign needs a name", 'value="Sales"', 'value="Spring"'):
        assert words in told.text


def test_a_draft_shows_its_audience_and_mails_and_is_launched_by_one_press(office: Browser,
                                                                          fakes: FakeServices) -> None:
    page = office.get("/campaigns/cam-2").text
    office.send("/campaigns/cam-2/launch", page="/campaigns/cam-2")

    for words in ("2 people are in the audience. Nobody has been told anything yet.", "Invite 2 people",
                  'src="/campaigns/cam-2/mails/application-invited"', "A list of people"):
        assert words in page
    assert (fakes.last().path, fakes.last().key) == ("/v1/campaigns/cam-2/launch", "key-1")
    assert "Invite" not in re.sub(r"<nav.*?</nav>", "", office.get("/campaigns/cam-3").text.split("<main")[1])[:1500]
    assert office.send("/campaigns/cam-2/else", page="/campaigns/cam-2").status_code == 404


@pytest.mark.feature("A8")
def test_what_came_of_each_code_stands_in_a_table(office: Browser) -> None:
    page = office.get("/campaigns/cam-1").text
    row = r'<tr><th scope="row">([^<]+)</th><td class="ith-nowrap">([^<]+)</td>.*?</svg></td>(.*?)</tr>'
    rows = re.findall(row, page, re.DOTALL)

    assert [(name, code, re.findall(r">(\d+)<", cells)) for name, code, cells in rows][:3] == [
        ("Invitation by mail", "K7Q2MXB-m", ["24", "24", "12", "0"]),
        ("Reminder by mail", "K7Q2MXB-r", ["9", "9", "4", "0"]),
        ("Poster", "K7Q2MXB-p", ["12", "12", "6", "0"])]
    for words in ("48 applications came by this campaign.", "97 people were invited.", "31 were reminded.",
                  "Has applied already"):
        assert words in page


@pytest.mark.feature("A5")
def test_papers_are_handed_over_as_files_and_mails_are_framed(office: Browser) -> None:
    made = office.get("/campaigns/cam-1/kit/poster.pdf")
    mail = office.get("/campaigns/cam-1/mails/invitation-reminder")

    assert (made.content_type, made.text) == ("application/pdf", "a paper in en")
    assert made.headers["Content-Disposition"] == 'attachment; filename="poster.pdf"'
    assert "invitation-reminder K7Q2MXB-r" in mail.text
    assert "default-src 'none'" in mail.headers["Content-Security-Policy"]
    for wrong in ("kit/poster.docx", "kit/leaflet.pdf", "mails/farewell"):
        assert office.get(f"/campaigns/cam-1/{wrong}").status_code == 404


@pytest.mark.feature("A8")
def test_the_code_of_a_link_goes_with_the_application(browser: Browser, fakes: FakeServices) -> None:
    browser.sign_in("hanh")
    where = "/programmes/first-bridge/apply/mentor"
    page = browser.get(f"{where}?code=K7Q2MXB-p").text

    browser.send(where, {"do": "keep", "code": "K7Q2MXB-p"}, page=where)

    assert '<input type="hidden" name="code" value="K7Q2MXB-p">' in page
    assert fakes.last().body["code"] == "K7Q2MXB-p"
    assert 'name="code"' not in browser.get(where).text


def test_a_link_of_a_campaign_is_kept_through_the_sign_in(browser: Browser) -> None:
    there = browser.get("/programmes/first-bridge/apply/mentor?code=K7Q2MXB-p").headers["Location"]

    assert "code%3DK7Q2MXB-p" in there


@pytest.mark.feature("S4.2")
def test_a_short_address_leads_to_the_form_with_its_code(browser: Browser, fakes: FakeServices) -> None:
    unknown = browser.get("/j/k7q2mxb-p").headers["Location"]
    assert "/j/k7q2mxb-p" in unquote(unknown)
    browser.sign_in("hanh")
    fakes.answer("matching", "GET /campaign-code", {
        "programme_id": "first-bridge", "role": "mentor", "code": "K7Q2MXB-p"})

    assert browser.get("/j/k7q2mxb-p").location == "/programmes/first-bridge/apply/mentor?code=K7Q2MXB-p"
    fakes.answer("matching", "GET /campaign-code", problem(404, "not-found"))
    assert browser.get("/j/k7q2mxb-p").status_code == 404
