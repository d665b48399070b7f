"""A programme is made with few clicks, and its settings are changed by hand and by keyboard."""

import re

import pytest

from services.matching.contracts.participants import Role
from tests.browser.conftest import Opens, Site, Visitor, later
from tests.unit.matching.house import MENTEES, MENTORS, as_csv

OFFICE = "Ilse Brandt"
MOST_CLICKS, MOST_FIELDS = 6, 3
REQUIRED = """() => {
    const fields = [...document.querySelectorAll('main [required]')];
    return new Set(fields.map(field => field.name)).size;
}"""


def is_ready(visitor: Visitor) -> None:
    """Nothing is missing: the next press opens it."""
    visitor.page.get_by_role("button", name="Open it", exact=True).wait_for()


@pytest.mark.feature("A2")
@pytest.mark.parametrize("template", [
    "Career development", "Onboarding buddies", "Leadership", "Reverse mentoring", "Flash mentoring",
    "Peer mentoring"])
def test_a_programme_of_each_kind_is_ready_to_open_after_six_clicks(
    visitors: Opens, home: Site, template: str
) -> None:
    visitor = visitors(home).sign_in(OFFICE).open("/programmes")

    visitor.press("New programme", "link")
    assert visitor.page.evaluate(REQUIRED) <= MOST_FIELDS
    visitor.tick(template)
    visitor.page.get_by_label("Name").fill(f"{template} 2026")
    visitor.press("Create the programme")

    is_ready(visitor)
    assert visitor.clicks <= MOST_CLICKS
    visitor.press("Open it").sees("The programme is open")
    assert visitor.clicks <= MOST_CLICKS


@pytest.mark.feature("A2")
def test_the_next_cohort_is_ready_to_open_after_six_clicks(visitors: Opens, home: Site) -> None:
    visitor = visitors(home).sign_in(OFFICE).open("/programmes")
    visitor.press("New programme", "link").page.get_by_label("Career development", exact=True).check()
    visitor.page.get_by_label("Name").fill("The first cohort")
    visitor.press("Create the programme").press("Open it").sees("The programme is open")
    visitor.clicks = 0

    visitor.open("/programmes").press("The first cohort", "link").press("Begin the next cohort like this one", "link")
    assert visitor.page.evaluate(REQUIRED) <= MOST_FIELDS

    visitor.page.get_by_label("Name").fill("Career development 2027")
    visitor.press("Create the programme")

    is_ready(visitor)
    assert visitor.clicks <= MOST_CLICKS


def test_settings_are_changed_by_keyboard_without_scripts(visitors: Opens, home: Site) -> None:
    visitor = visitors(home, java_script_enabled=False).sign_in(OFFICE).open("/programmes")
    visitor.press("Peer mentoring 2026", "link").press("Settings", "link")

    days = visitor.page.get_by_label("Days to answer", exact=True)
    days.focus()
    visitor.page.keyboard.press("Control+a")
    visitor.page.keyboard.type("soon")
    visitor.page.keyboard.press("Enter")
    visitor.sees("A whole number is expected")
    visitor.page.get_by_label("Days to answer", exact=True).fill("9")
    visitor.page.keyboard.press("Enter")

    visitor.sees("The settings are kept.")
    assert visitor.page.get_by_label("Days to answer", exact=True).input_value() == "9"


def test_two_who_change_at_once_see_each_other(visitors: Opens, home: Site) -> None:
    one, other = (visitors(home).sign_in(OFFICE).open("/programmes") for _ in range(2))
    for each in (one, other):
        each.press("Leadership 2026", "link").press("Settings", "link")

    one.page.get_by_label("Strategic purpose").fill("Ours")
    one.press("Keep the settings").sees("The settings are kept.")
    other.page.get_by_label("Strategic purpose").fill("Mine")
    other.press("Keep the settings")

    other.page.locator("#purpose-e").get_by_text(re.compile("It is now: Ours")).wait_for()
    assert other.page.get_by_label("Strategic purpose").input_value() == "Mine"
    other.press("Keep the settings").sees("The settings are kept.")


def bring_people(home: Site, programme: str) -> None:
    """Two mentors and three mentees, of whom two wish for one."""
    assert home.house
    imports = home.house.rooms["matching"].service.imports
    for role, rows in ((Role.MENTOR, MENTORS), (Role.MENTEE, MENTEES)):
        imports.start(imports.check(programme, role, as_csv(rows)).id)
        later(home, seconds=1)


def test_rules_are_tried_and_kept_without_scripts(visitors: Opens, home: Site) -> None:
    visitor = visitors(home, java_script_enabled=False).sign_in(OFFICE).open("/programmes")
    visitor.press("Career development 2026", "link")
    bring_people(home, visitor.page.url.rsplit("/", 1)[-1])
    visitor.press("Settings", "link").press("Rules", "link")

    for name in ("skills", "experience", "interests"):
        visitor.page.get_by_label(name, exact=True).uncheck()
    visitor.page.get_by_label("Points for wish 1").fill("100")
    visitor.press("Try these rules").sees("The rules are being tried")
    later(home, seconds=1)
    visitor.press("Look again", "link").sees("2 mentees would have other mentors.")
    assert not visitor.page.get_by_label("skills", exact=True).is_checked()

    visitor.press("Keep these rules").sees("The rules are kept.")
    assert visitor.page.get_by_label("Points for wish 1").input_value() == "100"
    assert not visitor.page.get_by_label("skills", exact=True).is_checked()
