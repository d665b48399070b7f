"""Flows of people and coordinators by as few clicks as promised, without scripts, and by keys alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens, Site, Visitor
from tests.browser.test_reach import press_by_keys
from tests.unit.portal.fake_services import Sent

OFFICE, MENTEE = "Ilse Brandt", "Nguyễn Thị Hạnh"


def visiting(visitors: Opens, theatre: Site, who: str, path: str, **options: bool) -> Visitor:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre, **options).sign_in(who).open(path)
    visitor.clicks = 0
    return visitor


def asked(theatre: Site) -> Sent:
    assert theatre.stage
    return theatre.stage.fakes.last()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_mentee_asks_for_a_mentor_in_three_clicks(visitors: Opens, theatre: Site, scripts: bool) -> None:
    visitor = visiting(visitors, theatre, MENTEE, "/my", java_script_enabled=scripts)

    visitor.press("See who has room Rising Engineers", "link")
    visitor.page.get_by_label("Choice 1").select_option(index=1)
    visitor.clicks += 1
    visitor.press("Ask")

    assert visitor.clicks <= 3
    visitor.page.wait_for_url("**/my")
    assert asked(theatre).path == "/v1/programmes/rising/requests"
    assert len(asked(theatre).body["mentor_ids"]) == 1


def test_a_mentee_asks_for_a_mentor_by_keys_alone(visitors: Opens, theatre: Site) -> None:
    visitor = visiting(visitors, theatre, MENTEE, "/my")

    press_by_keys(visitor, "See who has room")
    visitor.page.wait_for_url("**/mentors")
    visitor.page.get_by_label("Choice 1").focus()
    visitor.page.keyboard.press("ArrowDown")
    press_by_keys(visitor, "Ask")

    visitor.page.wait_for_url("**/my")
    assert asked(theatre).path == "/v1/programmes/rising/requests"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_pair_is_ended_with_a_reason_in_three_clicks(visitors: Opens, theatre: Site, scripts: bool) -> None:
    visitor = visiting(visitors, theatre, OFFICE, "/programmes/rising/pairs", java_script_enabled=scripts)

    visitor.page.locator("tbody a").first.click()
    visitor.page.get_by_label("Why does it end?", exact=True).select_option(index=1)
    visitor.clicks += 2
    visitor.press("End it and tell both")

    assert visitor.clicks <= 3
    visitor.page.wait_for_load_state()
    assert re.fullmatch(r"/v1/pairs/\w+/closure", asked(theatre).path)


def test_a_pair_is_ended_by_keys_alone(visitors: Opens, theatre: Site) -> None:
    visitor = visiting(visitors, theatre, OFFICE, "/programmes/rising/pairs")

    press_by_keys(visitor, "Amara Okonkwo")
    visitor.page.wait_for_url("**/pairs/p1")
    visitor.page.get_by_label("Why does it end?", exact=True).focus()
    visitor.page.keyboard.press("ArrowDown")
    press_by_keys(visitor, "End it and tell both")

    visitor.sees("The pair has ended. Both are told.")
    assert (asked(theatre).path, asked(theatre).body["reason"]) == ("/v1/pairs/p1/closure", "ended-early")


@pytest.mark.parametrize("scripts", [True, False])
def test_no_pair_ends_before_somebody_has_chosen_a_reason(visitors: Opens, theatre: Site, scripts: bool) -> None:
    visitor = visiting(visitors, theatre, OFFICE, "/pairs/p1", java_script_enabled=scripts)
    why = visitor.page.get_by_label("Why does it end?", exact=True)
    assert why.input_value() == ""

    press_by_keys(visitor, "End it and tell both") if scripts else visitor.press("End it and tell both")

    expect(why).to_be_focused()
    assert theatre.stage
    assert not theatre.stage.fakes.sent


def test_waiting_applications_are_approved_by_keys_alone(visitors: Opens, theatre: Site) -> None:
    visitor = visiting(visitors, theatre, OFFICE, "/programmes/rising")

    press_by_keys(visitor, "applications to decide")
    visitor.page.wait_for_url("**/applications*")
    visitor.page.get_by_label("All 2 shown").focus()
    visitor.page.keyboard.press("Space")
    press_by_keys(visitor, "Approve")

    visitor.sees("2 applications get their answer now.")
    assert asked(theatre).body["outcome"] == "approve"


def test_mentors_and_mentees_are_invited_by_keys_alone(visitors: Opens, theatre: Site) -> None:
    visitor = visiting(visitors, theatre, OFFICE, "/programmes/rising/applications")

    press_by_keys(visitor, "Invite people")
    visitor.page.get_by_label("Mentees", exact=True).focus()
    visitor.page.keyboard.type("amara@caldera.example")
    press_by_keys(visitor, "Look at the list")
    visitor.sees("One person can be asked.")
    press_by_keys(visitor, "Send one invitation")

    visitor.sees("It is done now.")
    assert asked(theatre).path == "/v1/invitations/inv-1/start"


def test_a_programme_is_made_by_keys_alone(visitors: Opens, theatre: Site) -> None:
    visitor = visiting(visitors, theatre, OFFICE, "/programmes")

    press_by_keys(visitor, "New programme")
    visitor.page.get_by_label("Cohort, nine months", exact=True).focus()
    visitor.page.keyboard.press("Space")
    visitor.page.get_by_label("Name").focus()
    visitor.page.keyboard.type("By keys")
    press_by_keys(visitor, "Create the programme")

    visitor.page.wait_for_url(re.compile("/programmes/(?!new)"))
    assert (asked(theatre).path, asked(theatre).body["name"]) == ("/v1/programmes", "By keys")
