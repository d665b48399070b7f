"""The main job, walked through the whole house: with scripts by as few clicks as promised, and without any."""

import re
from pathlib import Path

import pytest

from tests.browser.conftest import Opens, Site, Visitor, later

OFFICE = "Ilse Brandt"
HEADINGS = "id,name,email,department,location,time_zone,language,skills,goals,languages,capacity,grade"


def a_file(folder: Path, role: str, names: list[str], fault: str = "") -> Path:
    """A spreadsheet as HR would send it."""
    lines = [
        f"{role}{at},{name},{role}{at}@caldera.example,Grid,Lisbon,Europe/Lisbon,en,Python;Leading,Python,English,1,senior"
        for at, name in enumerate(names)
    ]
    file = folder / f"{role}s.csv"
    file.write_text("\n".join([HEADINGS, *lines, *([fault] if fault else [])]), encoding="utf-8-sig")
    return file


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    return {
        "mentor": a_file(
            folder, "mentor", ["Helena Novotná", "Håkon Lindqvist"], "mentor9,Nobody,no-address,,,,,,,,,"
        ),
        "mentee": a_file(folder, "mentee", ["Amara Okonkwo", "Jun-seo Baek"]),
    }


def create(visitor: Visitor, name: str) -> None:
    """From the list of programmes to an open one."""
    visitor.press("New programme", "link")
    visitor.tick("Career development")
    visitor.page.get_by_label("Name").fill(name)
    visitor.press("Create the programme")
    visitor.press("Open it")
    visitor.sees("The programme is open")


def bring(visitor: Visitor, home: Site, role: str, file: Path) -> None:
    """From the overview to everybody being aboard."""
    visitor.press("People", "link")
    visitor.page.get_by_role("link", name="Import people").click()
    visitor.page.get_by_label(f"{role.capitalize()}s").check()
    visitor.page.get_by_label("The file").set_input_files(file)
    visitor.press("Upload and check")
    visitor.sees("How the columns are read")
    visitor.press("Import them")
    later(home, seconds=1)
    visitor.page.reload()
    visitor.sees("The people are aboard")


def match(visitor: Visitor, home: Site) -> None:
    """Run, look, publish, confirm."""
    visitor.press("Matching", "link")
    visitor.clicks = 0
    visitor.press("Run matching")
    visitor.sees("You can leave this page and come back.")
    later(home, seconds=1)
    visitor.page.reload()
    visitor.sees("The run proposes 2 pairs")
    visitor.press("Publish", "link")
    visitor.press("Publish and tell everyone")
    visitor.sees("Published: mentors and mentees will hear of it.")


def link_in_mail(visitor: Visitor, subject: str, to: str) -> str:
    """The one-click link for the rating 4 in the newest such mail."""
    visitor.open(f"/mailbox?to={to}")
    visitor.page.get_by_role("link", name=re.compile(subject)).first.click()
    return str(visitor.page.locator(".ith-mail a[href*='/c/'][href$='/4']").first.get_attribute("href"))


def first_steps(person: Visitor, home: Site) -> None:
    """What each side does before a pair begins: the training, the agreement, a goal."""
    person.sees("Joint kick-off: points of connection")
    person.press("It is done").sees("Well done.")
    if person.page.get_by_role("button", name="Write it down").count():
        person.press("Write it down").sees("Written down for both of you.")
    if not person.page.get_by_label("What would you like to reach?").is_visible():
        person.page.get_by_text("Add a goal").first.click()
    person.page.get_by_label("What would you like to reach?").fill("Lead a first team")
    person.press("Draft it").sees("The goal is drafted.")
    later(home, minutes=1)


def walk(visitor: Visitor, home: Site, files: dict[str, Path], name: str) -> None:
    """From nothing to published pairs, by no more clicks than promised."""
    visitor.sign_in(OFFICE)
    create(visitor, name)
    assert visitor.clicks <= 6
    for role, file in files.items():
        bring(visitor, home, role, file)
        visitor.press("Overview", "link")
    match(visitor, home)
    assert visitor.clicks <= 4
    later(home, minutes=11)
    visitor.press("Pairs", "link")
    visitor.sees("Getting ready")


def test_two_files_become_pairs_who_answer_by_one_click(
    visitors: Opens, home: Site, files: dict[str, Path]
) -> None:
    office = visitors(home)
    walk(office, home, files, "Rising Engineers")
    office.page.locator("tbody a").first.click()
    office.sees("Became a pair")
    assert not office.violations()

    for name in ("Amara Okonkwo", "Jun-seo Baek", "Helena Novotná", "Håkon Lindqvist"):
        first_steps(visitors(home).sign_in(name), home)
    for _ in range(16):
        later(home, days=1)
    stranger = visitors(home)
    stranger.page.goto(link_in_mail(office, "How is mentoring going", "mentee0@caldera.example"))
    stranger.sees("Your answer is kept.")

    later(home, minutes=1)
    office.open("/events").sees("mentoring.check-in-answered.v1")
    assert not office.violations()


def test_all_of_it_goes_without_scripts(visitors: Opens, home: Site, files: dict[str, Path]) -> None:
    visitor = visitors(home, java_script_enabled=False)

    walk(visitor, home, files, "Rising Engineers again")

    visitor.press("Sign out").sees("Welcome to Ithaca")
