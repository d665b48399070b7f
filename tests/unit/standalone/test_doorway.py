"""The sign-in page comes first; everything behind it when all services are open."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from werkzeug.test import Client

from deploy.standalone.portal import Doorway


@pytest.fixture
def doorway() -> Doorway:
    def house(_environ: Any, start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [b"welcome"]
    return Doorway(house, Event(), Event())


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in?next=/mine", "/static/portal.css", "/livez"])
def test_the_first_page_is_there_at_once(doorway: Doorway, path: str) -> None:
    answer = Client(doorway).get(path)

    assert answer.text == "welcome"
    assert doorway.visited.is_set()
    assert not doorway.opened.is_set()


@pytest.mark.parametrize(("method", "path"), [
    ("GET", "/"), ("POST", "/sign-in"), ("GET", "/readyz"), ("GET", "/matching/v1/programmes")])
def test_who_goes_on_waits_for_all_services(doorway: Doorway, method: str, path: str) -> None:
    with ThreadPoolExecutor(1) as visitor:
        waiting = visitor.submit(Client(doorway).open, path, method=method)
        hurried = doorway.visited.wait(30)
        answered_before = waiting.done()
        doorway.opened.set()

        assert waiting.result(30).text == "welcome"
    assert hurried
    assert not answered_before
