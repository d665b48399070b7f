"""Approvals that wait for the person's yes: a tile of the to-do list, and their rows with a reminder for many."""

from typing import Any

import pytest
from werkzeug.wrappers import Request

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import APPLICATIONS, NOW, FakeServices, problem

pytestmark = pytest.mark.feature("S2.4")
PLACE = "/programmes/rising"
LIST = f"{PLACE}/applications?state=unconfirmed"
WAITS = {**APPLICATIONS["ap-3"], "unconfirmed_since": NOW, "confirm_reminded_at": NOW}


@pytest.fixture(autouse=True)
def asked(fakes: FakeServices) -> list[dict[str, str]]:
    """What the list of applications was asked for; it has one that waits."""
    found: list[dict[str, str]] = []

    def listed(request: Request, *_ids: str) -> Any:
        found.append(request.args.to_dict())
        return [WAITS]

    fakes.answer("matching", "GET /programmes/rising/applications", listed)
    fakes.answer("matching", "POST /applications/ap-3/confirmation-reminder", WAITS)
    return found


def test_the_tile_leads_to_the_rows_that_it_counts(office: Browser, asked: list[dict[str, str]]) -> None:
    page = office.get(PLACE).text
    assert "approval that waits for a yes" in page
    assert f'href="{LIST}"' in page

    rows = office.get(LIST).text

    assert asked == [{"unconfirmed": "yes"}]
    assert 'name="shown" value="ap-3"' in rows
    assert 'name="one" value="ap-3"' in rows
    assert "asked for their yes on" in rows
    assert "reminded on" in rows
    assert 'name="outcome"' not in rows


def test_the_day_is_that_of_the_readers_own_calendar(office: Browser, fakes: FakeServices) -> None:
    late = {**WAITS, "unconfirmed_since": "2026-06-08T22:30:00.000Z", "confirm_reminded_at": None}
    fakes.answer("matching", "GET /programmes/rising/applications", lambda *_: [late])

    assert "asked for their yes on 9 June 2026" in office.get(LIST).text


def test_one_role_of_them_is_shown_alone(office: Browser, asked: list[dict[str, str]]) -> None:
    office.get(f"{LIST}-mentor")

    assert asked == [{"unconfirmed": "yes", "role": "mentor"}]


def test_a_reminder_stays_among_those_of_the_role(office: Browser) -> None:
    page = office.get(f"{LIST}-mentor").text

    assert 'name="state" value="unconfirmed-mentor"' in page.partition("applications/reminders")[2]
    assert "Each gets a mail" not in page


def test_many_are_reminded_by_one_press_and_whoever_is_left_is_told_why(office: Browser, fakes: FakeServices) -> None:
    values = {"state": "unconfirmed", "do": "1", "all": "1", "shown": ["ap-3", "ap-9"]}
    fakes.answer("matching", "POST /applications/ap-9/confirmation-reminder", problem(409, "mailed-today"))

    answer = office.send(f"{PLACE}/applications/reminders", values, page=LIST)

    assert [(one.path, one.key) for one in fakes.sent] == [
        ("/v1/applications/ap-3/confirmation-reminder", "key-1-ap-3"),
        ("/v1/applications/ap-9/confirmation-reminder", "key-1-ap-9")]
    assert answer.location == f"{PLACE}/applications?left=mailed-today.ap-9&state=unconfirmed"
    fakes.answer("matching", "GET /programmes/rising/applications", [{**WAITS, "id": "ap-9"}])
    page = office.get(answer.location).text
    assert "One person is reminded." in page
    assert "Has had a mail about it today already." in page


def test_other_views_offer_no_reminder(office: Browser) -> None:
    assert "applications/reminders" not in office.get(f"{PLACE}/applications?state=approved").text


def test_the_file_has_those_of_the_view(office: Browser, asked: list[dict[str, str]]) -> None:
    office.get(f"{PLACE}/applications.csv?state=unconfirmed")

    assert asked[0]["unconfirmed"] == "yes"
    assert "state" not in asked[0]
