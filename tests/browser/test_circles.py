"""Circles in a browser: formed, filled and left, with and without scripts, on a desk and on a telephone."""

import pytest

from tests.browser.conftest import Opens, Site, Visitor

OFFICE, MEMBER = "Ilse Brandt", "Amara Okonkwo"
WIDTHS = (1280, 390)


def breaks_no_rule(visitor: Visitor) -> None:
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 900})
        assert not visitor.violations()
        assert visitor.width() <= width


@pytest.mark.parametrize("scripts", [True, False])
def test_a_coordinator_forms_a_circle_and_adds_somebody(visitors: Opens, theatre: Site, scripts: bool) -> None:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre, java_script_enabled=scripts).sign_in(OFFICE).open("/programmes/rising/pairs")

    visitor.press("Circles", "link").sees("Leading teams from afar")
    if scripts:
        breaks_no_rule(visitor)
    visitor.press("Form a circle", "link")
    if scripts:
        breaks_no_rule(visitor)
    visitor.page.get_by_label("Name of the circle").fill("Leading")
    visitor.page.get_by_label("Mentor", exact=True).fill("Helena Novotná")
    visitor.press("Form the circle").sees("The circle is formed. Now add its mentees.")
    if scripts:
        breaks_no_rule(visitor)
    visitor.page.get_by_label("Who joins?").fill("Håkon Lindqvist")
    visitor.press("Add them").sees("Added to the circle.")

    assert theatre.stage.fakes.last().body == {"person_id": "haakon", "role": "mentee"}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_member_finds_their_circle_and_leaves_it(visitors: Opens, theatre: Site, scripts: bool) -> None:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre, java_script_enabled=scripts).sign_in(MEMBER).open("/my").sees("Your circles")
    if scripts:
        breaks_no_rule(visitor)

    visitor.press("Leading teams from afar", "link").sees("Who sits in it")
    if scripts:
        breaks_no_rule(visitor)
    visitor.press("Leave the circle Amara Okonkwo").sees("You have left the circle.")

    assert theatre.stage.fakes.last().path == "/v1/circles/c1/members/amara/departure"
