"""The directory as a file, as HR and the programme office see it."""

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import COMPARED_FILE, FakeServices, problem
from tests.unit.portal.test_imports import a_file


@pytest.mark.feature("O3")
def test_a_file_is_uploaded_looked_at_and_applied_in_three_clicks(office: Browser, fakes: FakeServices) -> None:
    sent = office.send("/directory", {"extent": "full", "file": a_file(), "column-id": "Staff No"}, page="/directory",
                       content_type="multipart/form-data")
    asked = fakes.last().body
    page = office.get(sent.location).text
    done = office.send(f"{sent.location}/application", {"leaving": "14"}, page=sent.location)

    assert asked == {"extent": "full", "column": "id=Staff No"}
    assert (sent.location, done.location) == ("/directory/files/file-1", "/directory/files/file-1")
    assert "14 of 120 people would leave" in page
    assert fakes.last().body == {"leaving": 14}


def test_the_difference_names_people_and_what_changes(office: Browser) -> None:
    page = office.get("/directory/files/file-1").text

    assert "The file changes 20 people" in page
    assert "Helena Novotná" in page
    assert "Missing in the file" in page
    assert "Department, Manager" in page
    assert "This is no e-mail address." in page


def test_a_press_without_a_file_is_told(office: Browser, fakes: FakeServices) -> None:
    answer = office.send("/directory", {"extent": "full"}, page="/directory")

    assert answer.status_code == 422
    assert "Choose a file first." in answer.text
    assert not fakes.sent


def test_what_matching_refuses_is_told_beside_the_field(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /directory/files", lambda _request: problem(422, "invalid", "no such column: Nr"))

    answer = office.send("/directory", {"extent": "full", "file": a_file(), "column-id": "Nr"}, page="/directory",
                         content_type="multipart/form-data")

    assert answer.status_code == 422
    assert "no such column: Nr" in answer.text
    assert 'value="Nr"' in answer.text


def test_a_wrong_number_is_told(office: Browser, fakes: FakeServices) -> None:
    place = "/directory/files/file-1"
    fakes.answer("matching", f"POST {place}/application", lambda _request: problem(409, "many-would-leave", "14"))

    answer = office.send(f"{place}/application", {"leaving": "many"}, page=place, follow_redirects=True)

    assert fakes.last().body == {"leaving": None}
    assert "More people would leave than is usual." in answer.text


def test_a_file_is_discarded(office: Browser, fakes: FakeServices) -> None:
    answer = office.send("/directory/files/file-1/cancellation", page="/directory/files/file-1")

    assert answer.location == "/directory"
    assert fakes.last().path.endswith("/directory/files/file-1/cancellation")


@pytest.mark.parametrize(("number", "text"), [(2, "What the file changed"), (3, "of the file is compared"),
                                              (4, "Nothing can be applied like this.")])
def test_a_file_tells_where_it_stands(office: Browser, number: int, text: str) -> None:
    assert text in office.get(f"/directory/files/file-{number}").text


def test_faults_are_told_in_the_language_of_the_reader(office: Browser, fakes: FakeServices) -> None:
    fault = {"line": 3, "column": "Team", "code": "long-cell", "text": "In English.", "params": {"most": 4000}}
    refused = {**COMPARED_FILE, "state": "refused", "difference": {}, "errors": [fault], "error_count": 1}
    fakes.answer("matching", "GET /directory/files/file-4", refused)
    office.send("/language", {"language": "de", "next": "/programmes"}, page="/programmes")

    assert "Eine Zelle fasst höchstens 4000 Zeichen." in office.get("/directory/files/file-4").text


def test_the_directory_is_one_click_away_for_the_office(office: Browser) -> None:
    assert 'href="/directory"' in office.get("/programmes").text


def test_the_directory_is_no_business_of_a_mentee(mentee: Browser) -> None:
    assert 'href="/directory"' not in mentee.get("/my").text
