"""Choosing mentors in a browser: what a programme looks for, and what it finds."""

import pytest

from tests.browser.conftest import Opens, Site, Visitor
from tests.unit.portal.fake_services import PROPOSALS

OFFICE = "Ilse Brandt"
WIDTHS = (1280, 390)


def breaks_no_rule(visitor: Visitor) -> None:
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 900})
        assert not visitor.violations()
        assert visitor.width() <= width


@pytest.mark.parametrize("scripts", [True, False])
def test_a_criterion_is_added_to_the_profile_with_and_without_scripts(visitors: Opens, theatre: Site,
                                                                      scripts: bool) -> None:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre, java_script_enabled=scripts).sign_in(OFFICE).open("/programmes/rising/settings")

    visitor.press("Ideal Mentor Profile", "link").press("Add a criterion", "link")
    visitor.page.get_by_label("Criterion in English").fill("Speaks German")
    visitor.page.get_by_label("Question of the form").select_option("languages")
    visitor.page.get_by_label("Words", exact=True).fill("de")
    visitor.press("Keep the criterion").sees("from 1 to 1,000 is expected")
    if scripts:
        breaks_no_rule(visitor)
    visitor.page.get_by_label("Points", exact=True).fill("25")
    visitor.page.get_by_label("Training for a gap").select_option("active-listening")
    visitor.press("Keep the criterion").sees("The profile is kept.")

    criterion = theatre.stage.fakes.last().body["profile"]["criteria"][-1]
    assert (criterion["words"], criterion["points"], criterion["labels"]) == (["de"], 25, {"en": "Speaks German"})
    if scripts:
        breaks_no_rule(visitor)


@pytest.mark.feature("B9")
@pytest.mark.parametrize("scripts", [True, False])
def test_a_mentee_who_is_asked_sends_an_application_that_is_filled_in_already(visitors: Opens, theatre: Site,
                                                                             scripts: bool) -> None:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre, java_script_enabled=scripts).sign_in("Nguyễn Thị Hạnh").open("/my/applications")
    if scripts:
        breaks_no_rule(visitor)

    visitor.press("Be a mentor in First Bridge 2027", "link")

    assert visitor.page.get_by_label("German").is_checked()
    visitor.press("Keep as a draft")
    sent = [one for one in theatre.stage.fakes.sent if one.method == "PUT"][-1].body
    assert (sent["role"], sent["answers"]["languages"]) == ("mentor", "de")
    assert sent["answers"]["why"] == "I have learnt a lot"
    assert "goals" not in sent["answers"]


def test_the_conversion_breaks_no_rule_at_any_width(visitors: Opens, theatre: Site) -> None:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre).sign_in(OFFICE).open("/programmes/rising/funnel").sees("Applied as a mentor")

    breaks_no_rule(visitor)


def test_a_coordinator_opens_what_an_application_earned(visitors: Opens, theatre: Site) -> None:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre).sign_in(OFFICE).open("/programmes/rising/applications")

    visitor.page.get_by_text("One gap").click()

    visitor.sees("0 of 30 points")
    breaks_no_rule(visitor)


@pytest.mark.feature("B5")
def test_a_proposal_that_rests_on_values_and_style_breaks_no_rule(visitors: Opens, theatre: Site) -> None:
    assert theatre.stage
    theatre.stage.set()
    theatre.stage.fakes.answer("matching", "GET /runs/run-4/proposals/o1", {**PROPOSALS[0], "reasons": [
        {"criterion": "values", "points": 10, "params": {"kind": "overlap", "shared": ["being on time", "humour"]}},
        {"criterion": "style-talking", "points": 4, "params": {"kind": "near", "mentor": "2", "mentee": "3"}}]})
    visitor = visitors(theatre).sign_in(OFFICE).open("/runs/run-4/proposals/o1")

    visitor.sees("what matters to both (being on time, humour)")
    breaks_no_rule(visitor)


@pytest.mark.feature("S4.5")
def test_a_hurdle_leads_to_a_short_format_in_two_clicks(visitors: Opens, theatre: Site) -> None:
    assert theatre.stage
    theatre.stage.set()
    theatre.stage.fakes.answer("matching", "GET /templates", [
        {"id": id, "name": name, "names": {}} for id, name in (("cohort", "Cohort"), ("flash", "Flash mentoring"))])
    visitor = visitors(theatre).sign_in(OFFICE).open("/programmes/rising/applications")

    visitor.press("Why mentors come", "link").sees("What gets in their way")
    breaks_no_rule(visitor)
    visitor.page.get_by_role("row", name="Another place").first.get_by_role("link").click()

    assert visitor.page.get_by_label("Flash mentoring").is_checked()
