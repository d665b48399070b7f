"""Lists as CSV: the rows of the page by its filter, in the reader's language; no cell is a formula."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse
from werkzeug.wrappers import Request

from services.portal.clients.calls import NoAnswer
from services.portal.pages.as_csv import AT_ONCE, safe
from services.portal.pages.portal import FILES_A_SECOND
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import PAIRS, PEOPLE, PROGRAMME, FakeServices, problem, rendered

LISTS = {
    "/programmes/rising/people": ["Name", "Name: Department", "Name: Place", "Role", "State", "Places taken", "Places"],
    "/programmes/rising/pairs": ["Mentee", "Mentee: Department", "Mentee: Place", "Mentor", "Mentor: Department",
                                 "Mentor: Place", "State", "Reason"],
    "/programmes/rising/requests": ["Mentee", "Mentee: Department", "Mentee: Place", "State", "Since", "Choice 1",
                                    "State", "Choice 2", "State", "Choice 3", "State"],
    "/programmes/rising/applications": ["Name", "Name: Department", "Name: Place", "Role", "Sent", "State", "Reason",
                                        "A note for coordinators", "Approved without",
                                        "Why you approve without an open step", "Points", "of points"],
    "/runs/run-4/proposals": ["Mentee", "Mentee: Department", "Mentee: Place", "Mentor", "Mentor: Department",
                              "Mentor: Place", "Score", "Strongest reasons", "Broken wishes", "Decided"],
    "/runs/run-4/unmatched": ["Name", "Name: Department", "Name: Place", "Role", "Reason"],
}


def table(answer: TestResponse) -> list[list[str]]:
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("place", LISTS)
def test_each_list_is_a_file_with_the_columns_of_its_page(office: Browser, place: str) -> None:
    answer = office.get(f"{place}.csv")
    heading, *rows = table(answer)

    assert heading[:len(LISTS[place])] == LISTS[place]
    assert rows
    assert all(len(row) == len(heading) for row in rows)
    assert f'filename="{place.rsplit("/", 1)[1]}.csv"' in answer.headers["Content-Disposition"]
    page = office.get(place.removesuffix("/proposals")).text
    assert f'href="{place}.csv' in page


def test_the_filter_of_the_page_is_that_of_its_file(office: Browser) -> None:
    for state in ("active", "closed"):
        assert f'href="/programmes/rising/pairs.csv?state={state}"' in office.get(
            f"/programmes/rising/pairs?state={state}").text
        [row] = table(office.get(f"/programmes/rising/pairs.csv?state={state}"))[1:]
        [one] = [one for one in PAIRS.values() if one["state"] == state]
        assert row[0] == PEOPLE[one["mentee_id"]]["name"]
    assert len(table(office.get("/programmes/rising/pairs.csv?state=nonsense"))) == 1 + len(PAIRS)


def test_a_file_is_in_the_readers_language(office: Browser) -> None:
    office.send("/language", {"language": "de"})

    heading, *rows = table(office.get("/programmes/rising/people.csv"))

    assert heading[:4] == ["Name", "Name: Abteilung", "Name: Ort", "Rolle"]
    assert "Mentor/in" in {row[3] for row in rows}


def test_page_after_page_is_read_while_the_file_is_sent(office: Browser, fakes: FakeServices) -> None:
    asked: list[tuple[str | None, str | None]] = []

    def page(request: Request, programme_id: str) -> Any:
        at = int(request.args.get("after", "0"))
        asked.append((request.args.get("limit"), request.args.get("after")))
        link = {"Link": f'</v1/programmes/{programme_id}/pairs?after={at + 1}>; rel="next"'} if at < 4 else {}
        return 200, {"items": [{**PAIRS["p1"], "id": f"p{at}"}] * AT_ONCE}, link

    fakes.answer("matching", "GET /programmes/([^/]+)/pairs", page)

    answer = office.get("/programmes/rising/pairs.csv", buffered=False)
    lines = iter(answer.response)
    next(lines), next(lines)
    assert len(asked) == 1, "the second page waits until the first has gone"

    assert sum(bytes(some).count(b"\r\n") for some in lines) == 4 * AT_ONCE
    assert asked == [(str(AT_ONCE), None), *((str(AT_ONCE), str(at)) for at in range(1, 5))]


def test_a_file_that_breaks_off_does_not_pass_for_a_whole_one(office: Browser, fakes: FakeServices) -> None:
    def page(request: Request, programme_id: str) -> Any:
        if "after" in request.args:
            return problem(503, "unavailable")
        return 200, {"items": [PAIRS["p1"]]}, {"Link": f'</v1/programmes/{programme_id}/pairs?after=1>; rel="next"'}

    fakes.answer("matching", "GET /programmes/([^/]+)/pairs", page)

    with pytest.raises(NoAnswer):
        list(office.get("/programmes/rising/pairs.csv", buffered=False).response)


@pytest.mark.parametrize("text", ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠SUM(A1)"])
def test_no_cell_is_a_formula(office: Browser, fakes: FakeServices, text: str) -> None:
    fakes.answer("matching", "GET /people", [{**PEOPLE["amara"], "name": text, "department": text}])

    rows = table(office.get("/programmes/rising/pairs.csv"))

    found = {cell for row in rows for cell in row if text.strip() in cell}
    assert found == {f"'{text}"}
    assert (safe("a=1"), safe(7), safe("")) == ("a=1", 7, "")


def test_no_heading_is_a_formula(office: Browser, fakes: FakeServices) -> None:
    names = {side: dict.fromkeys(("en", "de"), f"=HYPERLINK({side})") for side in ("mentor", "mentee")}
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "role_names": names})

    heading = table(office.get("/programmes/rising/pairs.csv"))[0]

    assert any("hyperlink" in one.lower() for one in heading)
    assert not [one for one in heading if one.startswith("=")]


@pytest.mark.parametrize("place", LISTS)
def test_whoever_does_not_look_after_the_programme_finds_no_file(mentee: Browser, place: str) -> None:
    assert mentee.get(f"{place}.csv").status_code == 404


def test_a_refusal_of_the_service_is_a_page_and_no_file(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/([^/]+)/pairs", lambda *_: rendered(problem(404, "not-found")))

    answer = office.get("/programmes/rising/pairs.csv")

    assert (answer.status_code, answer.content_type) == (404, "text/html; charset=utf-8")


def test_nobody_takes_files_without_end(portal_app: Callable[..., Flask]) -> None:
    office = Browser(portal_app(files=FILES_A_SECOND).test_client())
    office.sign_in("ilse")

    statuses = [office.get("/programmes/rising/pairs.csv").status_code for _ in range(12)]

    assert statuses[:10] == [200] * 10
    assert statuses[-1] == 429
