"""A service that is away or slow leaves a gap, not an error, wherever a page can do without it."""

import threading
from collections.abc import Callable, Iterator
from time import monotonic

import pytest
from flask import Flask

from services.portal.clients.calls import NoAnswer, Refused
from services.portal.clients.together import at_once, in_time
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FakeServices, problem

GAP = "A part of this page is missing."


@pytest.fixture
def go_on() -> Iterator[threading.Event]:
    """Lets a service that is held back go on at the end."""
    event = threading.Event()
    yield event
    event.set()


@pytest.mark.parametrize("service", ["surveys", "community", "notifications"])
def test_the_overview_does_without_any_one_service(office: Browser, fakes: FakeServices, service: str) -> None:
    fakes[service].down = True

    page = office.get("/programmes/rising")

    assert page.status_code == 200
    assert GAP in page.text
    assert "88%" in page.text


def test_a_missing_count_is_not_shown_as_zero(office: Browser, fakes: FakeServices) -> None:
    fakes["surveys"].down = True

    page = office.get("/programmes/rising").text

    assert page.count("not known right now") == 2
    assert "Every check-in is answered" not in page


def test_the_timeline_is_merged_from_those_who_answer(office: Browser, fakes: FakeServices) -> None:
    fakes["surveys"].down = True

    page = office.get("/pairs/p1").text

    assert GAP in page
    assert "Became a pair" in page
    assert "drafted a goal" not in page


def test_a_page_that_cannot_do_without_says_so(office: Browser, fakes: FakeServices) -> None:
    fakes["matching"].down = True

    page = office.get("/programmes/rising")

    assert page.status_code == 503
    assert "A part of Ithaca does not answer" in page.text


def test_a_slow_service_holds_a_page_up_for_its_time_only(
    portal_app: Callable[..., Flask], fakes: FakeServices, go_on: threading.Event
) -> None:
    browser = Browser(portal_app(part_seconds=0.3).test_client())
    browser.sign_in("ilse")
    fakes["community"].go_on = go_on
    began = monotonic()

    page = browser.get("/programmes/rising")

    assert page.status_code == 200
    assert GAP in page.text
    assert monotonic() - began < 3


def test_the_part_without_which_there_is_no_page_is_waited_for_longer(
    portal_app: Callable[..., Flask], fakes: FakeServices, go_on: threading.Event
) -> None:
    browser = Browser(portal_app(part_seconds=1.0).test_client())
    browser.sign_in("ilse")
    fakes["matching"].go_on = go_on
    threading.Timer(1.3, go_on.set).start()

    assert browser.get("/programmes/rising").status_code == 200


def test_what_a_person_may_not_see_is_left_out_without_alarm(mentee: Browser, fakes: FakeServices) -> None:
    fakes.answer("notifications", "GET /pairs/p1/timeline", lambda _request: problem(404, "not-found"))

    page = mentee.get("/pairs/p1")

    assert page.status_code == 200
    assert GAP not in page.text


def test_three_are_asked_at_once_and_no_more() -> None:
    running, most, lock, all_three = 0, 0, threading.Lock(), threading.Barrier(3)

    def ask() -> int:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        all_three.wait(5)
        with lock:
            running -= 1
        return most

    parts = at_once(5, {str(number): ask for number in range(6)})

    assert most == 3
    assert not parts.missing


def test_a_refusal_that_is_no_gap_is_raised() -> None:
    def ask() -> None:
        raise Refused("matching", 422, {"code": "invalid"})

    with pytest.raises(Refused):
        at_once(1, {"one": ask})


def test_one_late_answer_is_no_answer(go_on: threading.Event) -> None:
    with pytest.raises(NoAnswer):
        in_time(0.05, lambda: go_on.wait(5))
