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


@pytest.mark.feature("A6")
def test_the_funnel_is_a_chart_with_its_table_that_breaks_no_rule_at_any_width(visitors: Opens, theatre: Site) -> None:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre).sign_in(OFFICE).open("/programmes/rising")

    visitor.press("Both roles, and what happened between the steps", "link").sees("The cohort before")

    assert visitor.page.locator("table svg rect.ith-f-1").count() == 12
    for width in (1280, 390):
        visitor.page.set_viewport_size({"width": width, "height": 900})
        assert not visitor.violations()
        assert visitor.width() <= width
    visitor.page.get_by_role("link", name="350").click()
    visitor.sees("Everybody whom this figure counts, with the first time they came to this step.")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_campaign_is_drafted_looked_at_and_launched(visitors: Opens, theatre: Site, scripts: bool) -> None:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre, java_script_enabled=scripts).sign_in(OFFICE).open("/programmes/rising/applications")

    visitor.press("Campaigns", "link")
    visitor.page.get_by_label("Name", exact=True).fill("Spring in Sales")
    visitor.page.get_by_label("Departments").fill("Sales; Grid planning")
    visitor.press("Look at it first").sees("2 people are in the audience. Nobody has been told anything yet.")
    frame = visitor.page.frame_locator("iframe").first
    frame.get_by_role("heading", name="application-invited K7Q2MXB-m").wait_for()
    visitor.press("Invite 2 people").sees("The campaign is launched: its mails leave now.")

    assert visitor.clicks <= 3
    assert "/v1/campaigns/cam-2/launch" in [sent.path for sent in theatre.stage.fakes.sent]


@pytest.mark.feature("A8")
@pytest.mark.feature("S4.2")
def test_what_came_of_a_campaign_breaks_no_rule_and_its_papers_are_handed_over(visitors: Opens, theatre: Site) -> None:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre).sign_in(OFFICE).open("/campaigns/cam-1").sees("48 applications came by this campaign.")

    for width in (1280, 390):
        visitor.page.set_viewport_size({"width": width, "height": 900})
        assert not visitor.violations()
        assert visitor.width() <= width
    for paper in ("Poster", "Briefing for leaders", "Proposal"):
        for form in ("HTML", "PDF"):
            with visitor.page.expect_download() as handed:
                visitor.page.get_by_role("link", name=f"{form} {paper}").click()
            assert handed.value.suggested_filename.endswith(form.lower())
