"""Interviews and endorsements on the pages of coordinators and of whoever is asked. All without scripts."""

from typing import Any

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import APPLICATIONS, NOW, PROGRAMME, STEPS, FakeServices, problem
from tests.unit.portal.test_setting_up import AS_IS

LIST = "/programmes/rising/applications"
PAGE = f"{LIST}/ap-1"
INTERVIEW = {"on": "2026-06-08", "outcome": "unsure", "note": "Asks good questions", "by": "ilse"}


@pytest.mark.parametrize("open_", [0, 1, 2])
def test_whoever_lost_the_mail_finds_what_waits_for_an_endorsement(mentee: Browser, fakes: FakeServices, open_: int
                                                                  ) -> None:
    one = {"application_id": "ap-1", "programme_id": "rising", "programme": "Rising Engineers 2026",
           "person_id": "hanh", "role": "mentee", "role_names": None, "asked_at": "2027-01-11T09:30:00.000Z"}
    fakes.answer("matching", "GET /me/endorsements", [one] * open_)

    page = mentee.get("/my").text

    assert ('href="/my/endorsements"' in page) is bool(open_)
    assert {0: "Hello", 1: "One application waits for your word", 2: "2 applications wait for your word"}[open_] in page


def asking(fakes: FakeServices, **more: Any) -> None:
    """The programme asks for both steps, of mentees."""
    fakes.answer("matching", "GET /programmes/rising", {
        **PROGRAMME, "interview_roles": ["mentee"], "endorsement_roles": ["mentee"]})
    fakes.answer("matching", "GET /applications/ap-1/steps", {**STEPS, **more})


def an_endorsement(state: str, **more: Any) -> dict[str, Any]:
    return {"endorser_id": "helena", "state": state, "asked_at": NOW, "reminded_at": None, "answered_at": None,
            "endorsed": None, "note": "", **more}


def test_a_programme_is_set_to_ask_for_steps_by_role(office: Browser, fakes: FakeServices) -> None:
    assert 'name="interview_roles" type="checkbox" value="mentee">' in office.get("/programmes/rising/settings").text

    office.send("/programmes/rising/settings", AS_IS | {"interview_roles": ["mentee"]}, "/programmes/rising/settings")

    assert (fakes.last().body["interview_roles"], fakes.last().body["endorsement_roles"]) == (["mentee"], [])
    asking(fakes)
    page = office.get("/programmes/rising/settings").text
    assert 'name="endorsement_roles" type="checkbox" value="mentee" checked' in page
    assert 'name="endorsement_roles" type="checkbox" value="mentor">' in page


@pytest.mark.feature("B2")
def test_the_list_says_which_steps_are_open_and_only_where_they_are_asked_for(office: Browser,
                                                                              fakes: FakeServices) -> None:
    assert PAGE not in office.get(LIST).text
    asking(fakes)
    rows = [{**APPLICATIONS["ap-1"], "open_steps": ["interview"]}, {**APPLICATIONS["ap-2"], "open_steps": []}]
    fakes.answer("matching", f"GET {LIST}", rows)

    page = office.get(LIST).text

    assert f'href="{PAGE}">Open: Interview<' in page
    assert f"{LIST}/ap-2" not in page
    assert 'name="without"' in page
    fakes.answer("matching", f"GET {LIST}", [{**APPLICATIONS["ap-1"], "open_steps": []}])
    assert "All steps are done" in office.get(LIST).text


def test_the_list_leads_to_no_steps_that_are_not_told_as_those_of_the_reader_are(office: Browser,
                                                                                fakes: FakeServices) -> None:
    asking(fakes)
    own = {key: value for key, value in APPLICATIONS["ap-1"].items() if key != "open_steps"}
    fakes.answer("matching", f"GET {LIST}", [own])

    page = office.get(LIST).text

    assert "ap-1" in page
    assert f'href="{PAGE}"' not in page


@pytest.mark.feature("B2")
def test_the_row_of_whoever_is_not_approved_says_why_and_a_reason_goes_with_the_next_try(
        office: Browser, fakes: FakeServices) -> None:
    asking(fakes)
    fakes.answer("matching", "GET /decisions/d1", {
        "id": "d1", "state": "done", "chosen": 1, "decided": 0, "refused": {"ap-1": "step-open"}})

    told = office.get(f"{LIST}?decision=d1").text
    office.send("/programmes/rising/decisions", {"one": "ap-1", "outcome": "approve", "without": " Known to us "}, LIST)

    assert "One stays as it was: its row says why." in told
    assert "A step that the programme asks for is still open" in told
    assert fakes.last().body == {"outcome": "approve", "application_ids": ["ap-1"], "without": "Known to us"}


@pytest.mark.feature("B2")
def test_a_row_says_without_what_somebody_was_approved_and_why(office: Browser, fakes: FakeServices) -> None:
    asking(fakes)
    fakes.answer("matching", f"GET {LIST}", [{
        **APPLICATIONS["ap-1"], "state": "approved", "open_steps": ["endorsement"], "waived": ["endorsement"],
        "without": "Known to us"}])

    page, sheet = office.get(f"{LIST}?state=approved").text, office.get(f"{LIST}.csv?state=approved").text

    assert ">Approved without: Endorsement<" in page
    assert "Open: Endorsement" not in page
    for text in (page, sheet):
        assert "Known to us" in text
    assert "Endorsement" in sheet


@pytest.mark.parametrize("outcome", ["wait", "decline"])
def test_why_it_goes_without_a_step_goes_with_an_approval_alone(office: Browser, fakes: FakeServices,
                                                                outcome: str) -> None:
    asking(fakes)

    office.send("/programmes/rising/decisions", {"one": "ap-1", "outcome": outcome, "without": "Known to us"}, LIST)

    assert fakes.last().body == {"outcome": outcome, "application_ids": ["ap-1"]}


def test_a_coordinator_reads_what_is_open_and_notes_the_interview(office: Browser, fakes: FakeServices) -> None:
    asking(fakes)
    page = office.get(PAGE).text

    done = office.send(f"{PAGE}/interview", {"on": "2026-06-08", "outcome": "fits", "note": " Calm "}, PAGE)

    assert "Still open: Interview, Endorsement." in page
    assert 'name="on" type="date" value="2026-06-09"' in page
    assert done.location == PAGE
    assert (fakes.last().method, fakes.last().path) == ("PUT", "/v1/applications/ap-1/interview")
    assert fakes.last().body == {"on": "2026-06-08", "outcome": "fits", "note": "Calm"}
    assert "The interview is noted." in office.get(PAGE).text


@pytest.mark.parametrize(("entered", "text"), [
    ({"outcome": "fits"}, "A date is expected."), ({"on": "2026-06-08"}, "Choose one of the three."),
    ({"on": "2026-06-08", "outcome": "great"}, "Choose one of the three.")])
def test_an_interview_that_is_not_whole_is_shown_again(office: Browser, fakes: FakeServices, entered: dict[str, str],
                                                       text: str) -> None:
    asking(fakes)
    before = len(fakes.sent)

    again = office.send(f"{PAGE}/interview", {"note": "Calm", **entered}, PAGE)

    assert again.status_code == 422
    assert again.text.count(text) == 2
    assert ">Calm</textarea>" in again.text
    assert len(fakes.sent) == before


def test_what_the_service_does_not_take_is_shown_again_with_why(office: Browser, fakes: FakeServices) -> None:
    asking(fakes)
    fakes.answer("matching", "PUT /applications/ap-1/interview", problem(409, "wrong-state"))

    again = office.send(f"{PAGE}/interview", {"on": "2026-06-08", "outcome": "fits", "note": "Calm"}, PAGE)

    assert again.status_code == 422
    assert "something changed in between" in again.text
    assert ">Calm</textarea>" in again.text


def test_the_line_manager_or_somebody_by_name_is_asked(office: Browser, fakes: FakeServices) -> None:
    asking(fakes)
    assert "Ask the line manager" in office.get(PAGE).text

    office.send(f"{PAGE}/endorsement", {}, PAGE)
    manager = fakes.last()
    office.send(f"{PAGE}/endorsement", {"person": "Helena  Novotná"}, PAGE)
    named = fakes.last()
    nobody = office.send(f"{PAGE}/endorsement", {"person": "Nobody"}, PAGE)

    assert (manager.path, manager.body, manager.key) == ("/v1/applications/ap-1/endorsement", {}, "key-1")
    assert named.body == {"endorser_id": "helena"}
    assert nobody.status_code == 422
    assert "Nobody is called “Nobody”" in nobody.text
    asking(fakes, has_manager=False)
    assert "Ask the line manager" not in office.get(PAGE).text


def test_the_interview_that_is_kept_stands_there_whatever_becomes_of_the_other_form(
        office: Browser, fakes: FakeServices) -> None:
    asking(fakes, interview=INTERVIEW)

    nobody = office.send(f"{PAGE}/endorsement", {"person": "Nobody"}, PAGE).text

    for words in ('value="2026-06-08"', 'value="unsure" checked', ">Asks good questions</textarea>"):
        assert words in nobody


def test_whoever_noted_it_need_not_be_in_the_directory(office: Browser, fakes: FakeServices) -> None:
    asking(fakes, interview={**INTERVIEW, "by": "sample-programme-office"})

    page = office.get(PAGE).text

    assert "Noted by somebody in charge" in page
    assert "(sample-p)" not in page


def test_an_interview_still_to_come_is_refused_beside_its_day(office: Browser, fakes: FakeServices) -> None:
    asking(fakes)
    fakes.answer("matching", "PUT /applications/ap-1/interview", problem(422, "not-held-yet"))

    again = office.send(f"{PAGE}/interview", {"on": "2028-05-01", "outcome": "fits"}, PAGE)

    assert "An interview is noted once it was held" in again.text


@pytest.mark.parametrize(("code", "text"), [
    ("endorsement-under-way", "is asked for this application already"), ("no-endorser", "Nobody can be asked like")])
def test_a_refusal_to_ask_stands_on_the_page(office: Browser, fakes: FakeServices, code: str, text: str) -> None:
    asking(fakes)
    fakes.answer("matching", "POST /applications/ap-1/endorsement", problem(409, code))

    again = office.send(f"{PAGE}/endorsement", {"person": "Helena Novotná"}, PAGE)

    assert again.status_code == 422
    assert text in again.text


@pytest.mark.parametrize(("state", "more", "text"), [
    ("asked", {"reminded_at": NOW}, "reminded on"),
    ("answered", {"endorsed": True, "answered_at": NOW, "note": "Ready for more"}, "Helena Novotná endorses it."),
    ("answered", {"endorsed": False, "answered_at": NOW}, "Helena Novotná does not endorse it."),
    ("revoked", {}, "need not answer any more")])
def test_the_page_says_how_the_endorsement_stands(office: Browser, fakes: FakeServices, state: str,
                                                  more: dict[str, Any], text: str) -> None:
    asking(fakes, endorsement=an_endorsement(state, **more), interview=INTERVIEW, open_steps=[])

    page = office.get(PAGE).text

    for words in (text, "Hard to say", "Asks good questions", "Noted by Ilse Brandt", str(more.get("note", ""))):
        assert words in page
    assert ("Ask somebody else" in page) is (state == "revoked")


def test_what_was_gone_without_is_said_and_nothing_asked_once_it_is_decided(office: Browser,
                                                                            fakes: FakeServices) -> None:
    asking(fakes, waived=["endorsement"], interview=INTERVIEW, without="Known to us")
    fakes.answer("matching", "GET /applications/ap-1", {**APPLICATIONS["ap-1"], "state": "approved"})

    page = office.get(PAGE).text

    assert "Approved without: Endorsement." in page
    assert "Known to us" in page
    assert "Keep the interview" not in page
    assert "Ask them" not in page


def test_steps_are_for_those_in_charge(mentor: Browser) -> None:
    assert mentor.get(PAGE).status_code == 404


def test_whoever_is_asked_finds_a_page_behind_the_sign_in_and_says_yes_or_no(browser: Browser,
                                                                             fakes: FakeServices) -> None:
    assert browser.get("/my/endorsements").location.startswith("/sign-in")
    browser.sign_in("helena")
    page = browser.get("/my/endorsements").text

    done = browser.send("/my/endorsements/ap-1", {"endorsed": "no", "note": " Not now "}, "/my/endorsements")

    for words in ("Nguyễn Thị Hạnh", "Rising Engineers 2026: Mentee", 'value="yes"', 'value="no"'):
        assert words in page
    assert "python" not in page
    assert done.location == "/my/endorsements"
    assert (fakes.last().path, fakes.last().key) == ("/v1/me/endorsements/ap-1/answer", "key-1")
    assert fakes.last().body == {"endorsed": False, "note": "Not now"}


def test_neither_yes_nor_no_is_asked_again_with_the_note(mentor: Browser, fakes: FakeServices) -> None:
    mentor.sign_in("helena")
    before = len(fakes.sent)

    again = mentor.send("/my/endorsements/ap-1", {"note": "Not now"}, "/my/endorsements")

    assert again.status_code == 422
    assert '<a href="#ap-1-1">Say yes or no.</a>' in again.text
    assert 'id="ap-1-1" name="endorsed" type="radio"' in again.text
    assert 'aria-describedby="ap-1-e"' in again.text
    assert ">Not now</textarea>" in again.text
    assert len(fakes.sent) == before


def test_nothing_waits_once_all_is_said_and_the_page_speaks_german(mentor: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /me/endorsements", [])
    assert "Nothing waits for your word" in mentor.get("/my/endorsements").text

    mentor.send("/language", {"language": "de", "next": "/"})

    assert "Nichts wartet auf dein Wort" in mentor.get("/my/endorsements").text
