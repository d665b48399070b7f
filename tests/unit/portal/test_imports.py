"""Importing people from a file."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest

from shared.kernel.clock import iso, parse
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import (
    CHECKED,
    DONE_IMPORT,
    FAULTY,
    IMPORTS,
    NOW,
    TAKEN_OUT_IMPORT,
    FakeServices,
    problem,
)

UPLOAD = "/programmes/rising/import"


def a_file(name: str = "mentors.csv", text: bytes = b"Name;Mail\nHelena;h@x.example\n") -> tuple[io.BytesIO, str]:
    return io.BytesIO(text), name


def test_a_file_is_handed_to_matching_with_its_role(office: Browser, fakes: FakeServices) -> None:
    answer = office.send(
        UPLOAD, {"role": "mentor", "file": a_file()}, page=UPLOAD, content_type="multipart/form-data"
    )

    assert answer.location == "/imports/imp-1"
    assert fakes.last().body == {"role": "mentor"}


def test_a_press_without_a_file_is_told(office: Browser, fakes: FakeServices) -> None:
    answer = office.send(UPLOAD, {"role": "mentor"}, page=UPLOAD)

    assert answer.status_code == 422
    assert "Choose a file first." in answer.text
    assert not fakes.sent


def test_a_file_that_cannot_be_read_is_told_beside_the_field(office: Browser, fakes: FakeServices) -> None:
    fakes.answer(
        "matching",
        "POST /programmes/rising/imports",
        lambda _request: problem(422, "workbook", "Save it as CSV first."),
    )

    answer = office.send(
        UPLOAD, {"role": "mentor", "file": a_file()}, page=UPLOAD, content_type="multipart/form-data"
    )

    assert answer.status_code == 422
    assert "Save it as CSV first." in answer.text


def test_the_columns_are_shown_with_samples(office: Browser) -> None:
    page = office.get("/imports/imp-1").text

    assert '<option value="email" selected>' in page
    assert "Helena Novotná · =1+1" in page
    assert "120 lines can be imported" in page


def test_a_column_is_read_differently(office: Browser, fakes: FakeServices) -> None:
    values = {"column-0": "name", "column-1": "email", "column-2": ""}

    answer = office.send("/imports/imp-1/mapping", values, page="/imports/imp-1")

    assert answer.location == "/imports/imp-1"
    assert fakes.last().body == {"mapping": {"name": "Full name", "email": "Mail"}}


def test_faults_are_shown_by_line(office: Browser) -> None:
    page = office.get("/imports/imp-2").text

    assert "This file needs another look" in page
    assert "is no e-mail address" in page
    assert ">7</th>" in page


def test_faults_are_told_in_the_language_of_the_reader(office: Browser, fakes: FakeServices) -> None:
    def fault(code: str, **params: object) -> dict[str, object]:
        return {"line": 0, "column": "Mail", "code": code, "text": "In English.", "params": params}

    faults = [fault("missing-column", field="email"), fault("doubled-column", times=2), fault("bad-capacity", most=50),
              fault("something-newer"), fault("bad-capacity")]
    fakes.answer("matching", "GET /imports/imp-2", {**FAULTY, "errors": faults})
    office.send("/language", {"language": "de", "next": "/programmes"}, page="/programmes")

    page = office.get("/imports/imp-2").text

    for words in ("Keine Spalte wird als „E-Mail“ gelesen: sag, welche es ist.", "Die Spalte „Mail“ gibt es 2-mal.",
                  "Eine ganze Zahl von 0 bis 50 wird gebraucht."):
        assert words in page
    assert page.count("In English.") == 2


def test_differences_are_read_fifty_lines_at_a_time(office: Browser, fakes: FakeServices) -> None:
    found = [{"line": line, "column": "Mail", "code": "differs-from-directory", "text": ""} for line in range(2, 122)]
    fakes.answer("matching", "GET /imports/imp-5", {**CHECKED, "differing": found, "differing_count": 120})

    first, last = office.get("/imports/imp-5").text, office.get("/imports/imp-5?page=3").text

    assert (first.count("<td>Mail</td>"), last.count("<td>Mail</td>")) == (50, 20)
    assert 'href="?page=2"' in first


def test_two_columns_are_never_read_as_the_same(office: Browser, fakes: FakeServices) -> None:
    values = {"column-0": "name", "column-1": "email", "column-2": "email"}

    answer = office.send("/imports/imp-1/mapping", values, page="/imports/imp-1")

    assert answer.status_code == 422
    assert not fakes.sent
    assert '<a href="#column-1">Two columns are read as “E-mail”: choose one of them.</a>' in answer.text
    assert re.findall(r'<option value="([a-z]+)" selected', answer.text) == ["name", "email", "email"]


def test_a_second_start_of_an_import_is_told_without_its_id(office: Browser, fakes: FakeServices) -> None:
    detail = "import 94b1e9be-7c1c-4c3e-9a55-0d4a4d1f0f3c is done"
    fakes.answer("matching", "POST /imports/imp-1/start", lambda _request: problem(409, "import-not-ready", detail))

    office.send("/imports/imp-1/start", page="/imports/imp-1")
    page = office.get("/imports/imp-1").text

    assert "This import was begun already" in page
    assert "94b1e9be" not in page


def test_what_differs_from_the_directory_is_shown_by_line_and_stops_nothing(office: Browser) -> None:
    page = office.get("/imports/imp-5").text

    assert "What differs from the directory, by line" in page
    assert '<th scope="row" class="ith-num">3</th><td>Mail · Team</td>' in page
    assert "The first 3 of 4 are shown." in page
    assert "/imports/imp-5/start" in page
    assert "differs" not in office.get("/imports/imp-1").text


@pytest.mark.parametrize(("ticked", "bring_back"), [({}, False), ({"bring_back": "yes"}, True)])
def test_people_who_were_taken_out_are_listed_apart_and_come_back_by_one_tick_alone(
        office: Browser, fakes: FakeServices, ticked: dict[str, str], bring_back: bool) -> None:
    fakes.answer("matching", "POST /imports/imp-6/start", TAKEN_OUT_IMPORT)

    page = office.get("/imports/imp-6").text
    office.send("/imports/imp-6/start", ticked, page="/imports/imp-6")

    assert '<th scope="row" class="ith-num">4</th><td>was taken out on 10 February' in page
    assert "118 lines can be imported" in page
    assert re.search(r'<input [^>]*name="bring_back"[^>]* form="start">', page)
    assert "taken out" not in office.get("/imports/imp-1").text
    assert (fakes.last().path, fakes.last().body) == ("/v1/imports/imp-6/start", {"bring_back": bring_back})


@pytest.mark.parametrize(("brought", "said"), [(False, "They stayed out."), (True, "They were brought back.")])
def test_an_import_that_is_done_says_what_became_of_those_who_were_taken_out(
        office: Browser, fakes: FakeServices, brought: bool, said: str) -> None:
    fakes.answer("matching", "GET /imports/imp-6", {**TAKEN_OUT_IMPORT, "state": "done", "bring_back": brought})

    page = office.get("/imports/imp-6").text

    assert said in page
    assert "bring_back" not in page


def test_an_import_is_started_once_for_two_presses(office: Browser, fakes: FakeServices) -> None:
    for _ in range(2):
        office.send("/imports/imp-1/start", page="/imports/imp-1")

    assert [sent.key for sent in fakes.sent] == ["key-1", "key-1"]


@pytest.mark.parametrize(
    ("id", "text"), [("imp-3", "40% of the lines are imported"), ("imp-4", "The people are aboard")]
)
def test_an_import_tells_how_far_it_is(office: Browser, id: str, text: str) -> None:
    assert text in office.get(f"/imports/{id}").text


def test_imports_are_listed_with_what_came_of_them(office: Browser) -> None:
    page = office.get("/programmes/rising/imports").text

    rows = [re.findall(r'class="ith-num">(?:<a[^>]*>)?([^<]+)', row) for row in re.findall(r"<tr><th.*?</tr>", page)]
    assert rows[-4:] == [["120", "–", "0"], ["120", "–", "120"], ["120", "48", "0"], ["120", "118", "2"]]
    assert "Programme office" in page
    assert 'href="/imports/imp-4#faults">2<' in page
    assert all(f'href="/imports/imp-{number}"' in page for number in (1, 2, 3, 4))


@pytest.mark.parametrize("path", ["/programmes/rising", "/programmes/rising/people", "/imports/imp-4"])
def test_the_list_of_imports_is_one_click_away(office: Browser, path: str) -> None:
    assert 'href="/programmes/rising/imports"' in office.get(path).text


def test_a_programme_without_imports_offers_one(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/imports", [])

    page = office.get("/programmes/rising/imports").text

    assert "No imports yet" in page
    assert f'href="{UPLOAD}"' in page


def test_older_imports_are_a_page_away(office: Browser, fakes: FakeServices) -> None:
    link = '</v1/programmes/rising/imports?after=older>; rel="next"'
    fakes.answer("matching", "GET /programmes/rising/imports", (200, {"items": IMPORTS}, {"Link": link}))

    assert 'href="?after=older">Older ones' in office.get("/programmes/rising/imports").text


@pytest.mark.parametrize(("state", "told"), [
    ("checked", "or go on without them."), ("running", "These lines are left out."), ("done", "These lines were left")])
def test_two_faults_of_one_line_are_one_line(office: Browser, fakes: FakeServices, state: str, told: str) -> None:
    twice = [{**FAULTY["errors"][0], "column": column} for column in ("Mail", "Team")]
    fakes.answer("matching", "GET /imports/imp-1", {**CHECKED, "state": state, "errors": twice, "bad_lines": 1,
                                                    "importable": 119})

    page = office.get("/imports/imp-1").text

    assert "One line needs another look" in page
    assert told in page
    assert ("go on without them" in page) is (state == "checked")


def test_where_no_line_can_be_imported_nothing_is_started(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /imports/imp-1", {**CHECKED, "errors": FAULTY["errors"], "bad_lines": 120,
                                                    "importable": 0})

    page = office.get("/imports/imp-1").text

    assert "Import them" not in page
    assert "Upload a corrected file" in page


@pytest.mark.parametrize(("found", "further"), [(CHECKED, True), (DONE_IMPORT, False)])
def test_from_lines_that_are_left_out_leads_a_way_to_a_corrected_file_and_past_them(
    office: Browser, fakes: FakeServices, found: dict[str, Any], further: bool
) -> None:
    fakes.answer("matching", "GET /imports/imp-1", {**found, "errors": FAULTY["errors"], "error_count": 1500})

    page = office.get("/imports/imp-1").text

    assert f'href="{UPLOAD}?role={found["role"]}">Upload a corrected file' in page
    assert ('<a href="#go">' in page) is ('id="go"' in page) is further
    assert "The first 2 of 1,500 are shown." in page


def test_who_was_taken_out_can_be_brought_back_alone(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /imports/imp-6", {**TAKEN_OUT_IMPORT, "importable": 0})

    page = office.get("/imports/imp-6").text

    assert "Nobody can be imported but those who were taken out" in page
    assert "Import them" in page


def test_lines_that_were_left_out_are_told_in_the_past(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /imports/imp-4", {**DONE_IMPORT, "errors": FAULTY["errors"]})

    assert "These lines were left out." in office.get("/imports/imp-4").text


def test_a_file_over_the_limit_is_told_so(portal_app: object) -> None:
    browser = Browser(portal_app(upload_megabytes=1).test_client())  # type: ignore[operator]
    browser.sign_in("ilse")
    large = b"x" * (1024 * 1024 + 1)

    answer = browser.client.post(UPLOAD, data=large, content_type="multipart/form-data; boundary=b")

    assert answer.status_code == 413
    assert "The file is too large" in answer.text


@pytest.mark.parametrize(("path", "id"), [("/imports/{}", "imp-3"), ("/directory/files/{}", "file-3")])
@pytest.mark.parametrize(("ago", "told"), [(30, False), (90, True)])
def test_what_nobody_works_on_says_that_it_waits(
        office: Browser, fakes: FakeServices, path: str, id: str, ago: int, told: bool) -> None:
    asked = "GET " + path.format(id)
    found = fakes["matching"].answers[asked]
    at = iso(parse(NOW) - timedelta(seconds=ago))
    fakes["matching"].answers[asked] = {**found, "worked_at": at}

    page = office.get(path.format(id)).text

    assert ("It waits: the worker does something else" in page) is told


@pytest.mark.parametrize("state", ["checked", "refused", "discarded"])
def test_of_a_file_that_was_not_imported_no_lines_are_counted(office: Browser, fakes: FakeServices, state: str) -> None:
    fakes.answer("matching", "GET /programmes/rising/imports", [{**IMPORTS[0], "state": state, "results": {}}])

    assert '<td class="ith-num">–</td>' in office.get("/programmes/rising/imports").text


def test_an_import_that_nobody_started_says_that_its_file_is_gone(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /imports/imp-1", {**FAULTY, "state": "discarded", "sample": []})
    fakes.answer("matching", "GET /programmes/rising/imports", [{**IMPORTS[0], "state": "discarded"}])

    page, every = office.get("/imports/imp-1").text, office.get("/programmes/rising/imports").text

    assert "Nobody started this import within seven days" in page
    assert 'href="/programmes/rising/import?role=' in page
    assert "Import them" not in page
    assert "What is wrong, by line" not in page
    assert "Discarded" in every
