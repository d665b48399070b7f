"""Applications in a browser: answered by as few clicks as promised, and filled in on a phone without scripts."""

import re

import pytest

from tests.browser.conftest import Opens, Site, Visitor
from tests.unit.portal.fake_services import NOW, Sent

OFFICE, ALONE = "Ilse Brandt", "Nguyễn Thị Hạnh"


def decided(site: Site) -> Sent:
    """The last thing that matching was asked to do."""
    assert site.stage
    return site.stage.fakes.last()


@pytest.mark.feature("B2")
def test_waiting_applications_are_approved_in_three_clicks_from_the_overview(visitor: Visitor, theatre: Site) -> None:
    visitor.sign_in(OFFICE).open("/programmes/rising")

    visitor.press(re.compile("applications to decide"), "link").tick("All 2 shown")
    visitor.press("Approve").sees("2 applications get their answer now.")

    assert visitor.clicks <= 3
    assert decided(theatre).body == {"outcome": "approve", "application_ids": ["ap-1", "ap-2"], "read_until": NOW}
    assert not visitor.violations()


@pytest.mark.feature("B2")
@pytest.mark.parametrize("scripts", [True, False])
def test_many_are_declined_with_a_reason_in_three_clicks(visitors: Opens, theatre: Site, scripts: bool) -> None:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre, java_script_enabled=scripts).sign_in(OFFICE).open("/programmes/rising/applications")

    visitor.tick("All 2 shown")
    visitor.page.get_by_label("Reason for a no").select_option("no-places")
    visitor.clicks += 1
    visitor.press("Decline").sees("2 applications get their answer now.")

    assert visitor.clicks <= 3
    assert decided(theatre).body == {
        "outcome": "decline", "application_ids": ["ap-1", "ap-2"], "reason": "no-places", "read_until": NOW}


@pytest.mark.feature("B2")
def test_enter_in_the_note_or_on_a_tick_answers_nobody(visitors: Opens, theatre: Site) -> None:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre).sign_in(OFFICE).open("/programmes/rising/applications").tick("All 2 shown")

    visitor.page.get_by_label("A note for coordinators").press("Enter")
    assert visitor.page.get_by_label("All 2 shown").is_checked()
    visitor.page.get_by_label("All 2 shown").press("Enter")

    visitor.sees("Nobody has an answer yet: press one of the answers.")
    assert "decision=" not in visitor.page.url
    assert not [sent for sent in theatre.stage.fakes.sent if sent.path.endswith("/decisions")]


@pytest.mark.feature("B1")
def test_somebody_applies_on_a_phone_without_scripts(visitors: Opens, theatre: Site) -> None:
    assert theatre.stage
    theatre.stage.set()
    person = visitors(theatre, java_script_enabled=False, viewport={"width": 390, "height": 800}).sign_in(ALONE)

    person.press("Applications", "link")
    person.page.get_by_role("link", name=re.compile("Apply as a mentor")).click()
    person.page.get_by_label("What can others learn from you?").fill("Python\nSQL")
    person.page.get_by_label("English").check()
    person.page.get_by_label("Yes").check()
    person.press("Send it").sees("Thank you. You hear from us by mail.")

    assert decided(theatre).path == "/v1/applications/new/submission"
