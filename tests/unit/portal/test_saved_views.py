"""Views that coordinators keep: saved, opened, renamed and deleted on the page of the list, by plain forms."""

import re
from html import unescape

import pytest

from services.portal.pages.saved_views import LISTS
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FakeServices, problem, rendered

PAGES = {name: f"/programmes/rising/{name}" for name in LISTS}


@pytest.mark.parametrize("name", PAGES)
def test_each_list_with_a_filter_can_be_saved_as_it_is_shown(office: Browser, fakes: FakeServices, name: str) -> None:
    state = {"people": "mentor", "applications": "waiting", "pairs": "active", "requests": "open"}[name]
    page = office.get(f"{PAGES[name]}?state={state}").text
    [form] = re.findall(r'<form[^>]*action="/programmes/rising/views">.*?</form>', page)
    values = dict(re.findall(r'<input type="hidden" name="(list|filter)" value="([^"]*)">', form))
    assert values == {"list": name, "filter": state}

    answer = office.send("/programmes/rising/views", {**values, "name": " Mine "}, page=PAGES[name])

    assert (answer.status_code, answer.headers["Location"]) == (303, f"{PAGES[name]}?state={state}")
    assert fakes.last().body == {"list": name, "filter": state, "name": "Mine", "q": ""}
    assert fakes.last().key == "key-1"


def test_a_saved_view_opens_its_filter(office: Browser) -> None:
    page = unescape(office.get(PAGES["pairs"]).text)

    [link] = re.findall(r'<a href="([^"]+)"><span[^>]*></span> On a break</a>', page)
    assert link == "/programmes/rising/pairs?state=paused"
    assert office.get(link).status_code == 200
    assert "On a break" not in office.get(PAGES["people"]).text


def test_a_view_is_renamed_and_deleted_where_it_was_shown(office: Browser, fakes: FakeServices) -> None:
    here = f"{PAGES['pairs']}?state=active"
    assert unescape(office.get(here).text).count(f'name="next" value="{here}"') >= 2

    renamed = office.send("/views/v1/name", {"name": "Breaks", "next": here}, page=here)
    sent = fakes.last()
    assert (renamed.headers["Location"], sent.method, sent.path, sent.body) == (
        here, "PATCH", "/v1/views/v1", {"name": "Breaks"})

    deleted = office.send("/views/v1/deletion", {"next": "//elsewhere.example"}, page=here)
    assert (deleted.headers["Location"], fakes.last().method) == ("/", "DELETE")


def test_a_second_press_of_delete_is_told_what_the_first_one_was(office: Browser, fakes: FakeServices) -> None:
    here = PAGES["pairs"]
    fakes.answer("matching", "DELETE /views/v1", lambda *_: rendered(problem(404, "not-found")))

    answer = office.send("/views/v1/deletion", {"next": here}, page=here, follow_redirects=True)

    assert answer.status_code == 200
    assert "The view is deleted." in answer.text
    fakes.answer("matching", "DELETE /views/v1", lambda *_: rendered(problem(503, "unavailable")))
    assert office.send("/views/v1/deletion", {"next": here}, page=here).status_code == 503


def test_what_the_service_refuses_is_said_on_the_list(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /programmes/rising/views", lambda *_: rendered(problem(409, "view-name-taken")))

    answer = office.send("/programmes/rising/views", {"list": "pairs", "name": "On a break", "filter": ""},
                         page=PAGES["pairs"], follow_redirects=True)

    assert "One of your views of this list has that name already." in answer.text
    assert office.send("/programmes/rising/views", {"list": "tasks", "name": "x"}).status_code == 404


def test_a_list_without_its_views_is_shown_all_the_same(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/[^/]+/views", lambda *_: rendered(problem(503, "unavailable")))

    page = office.get(PAGES["pairs"])

    assert page.status_code == 200
    assert "Save this view" not in page.text
