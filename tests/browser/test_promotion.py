"""Winning people for a programme in a browser."""

import pytest

from tests.browser.conftest import Opens, Site

OFFICE = "Ilse Brandt"


@pytest.mark.parametrize("scripts", [True, False])
def test_mentors_and_mentees_are_invited_in_three_clicks(visitors: Opens, theatre: Site, scripts: bool) -> None:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre, java_script_enabled=scripts).sign_in(OFFICE).open("/programmes/rising/applications")

    visitor.press("Invite people", "link")
    visitor.page.get_by_label("Mentors", exact=True).fill("helena@caldera.example")
    visitor.page.get_by_label("Mentees", exact=True).fill("amara@caldera.example\nhanh@caldera.example")
    visitor.press("Look at the list").sees("One person can be asked.")
    visitor.press("Send one invitation").sees("It is done now.")

    assert visitor.clicks <= 3
    assert theatre.stage.fakes.last().path == "/v1/invitations/inv-1/start"
    if scripts:
        assert not visitor.violations()
