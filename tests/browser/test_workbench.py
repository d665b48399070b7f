"""The workbench in a few presses, before the whole house: from the run to its pairs in four, a swap in two, another
mentor in three, also by keys alone and without scripts."""

import csv
from datetime import date
from typing import Any

import pytest

from services.matching.contracts.participants import Role
from services.matching.domain.person import person_id
from tests.browser.conftest import Opens, Site, Visitor, later
from tests.browser.test_reach import press_by_keys
from tests.unit.matching.house import MENTEES, MENTORS, as_csv

OFFICE = "Ilse Brandt"
RUN_CLICKS, SWAP_CLICKS, REMATCH_CLICKS = 4, 2, 3
WITH_SCRIPTS: dict[str, Any] = {}
WITHOUT_SCRIPTS: dict[str, Any] = {"java_script_enabled": False}


def matching(home: Site) -> Any:
    assert home.house
    return home.house.rooms["matching"].service


def a_programme(home: Site, name: str) -> str:
    """Of two mentors with a seat each and two mentees."""
    service = matching(home)
    draft = service.programmes.draft("career-development", name, date(2026, 3, 2), None)
    service.programmes.change(draft.id, {"undo_minutes": 0}, None)
    service.programmes.open(draft.id)
    for role, rows in ((Role.MENTOR, [{**one, "capacity": "1"} for one in MENTORS]), (Role.MENTEE, MENTEES[:2])):
        service.imports.start(service.imports.check(draft.id, role, as_csv(rows)).id)
        later(home, seconds=1)
    return str(draft.id)


def a_proposed_run(home: Site, name: str) -> tuple[str, str]:
    """The programme, and the run."""
    programme = a_programme(home, name)
    run = matching(home).runs.queue(programme)
    later(home, seconds=1)
    return programme, run.id


def a_pair(home: Site, name: str) -> tuple[str, str]:
    """Eva with Mia: the programme, and the pair. Eli has made room."""
    programme, run = a_proposed_run(home, name)
    service = matching(home)
    service.runs.publish(run)
    later(home, seconds=1)
    found = {one.mentee_id: one for one in service.pairs.store.each({"programme_id": programme})}
    service.pairs.close(found[person_id("e2")].id, "ended-early", "office")
    later(home, seconds=1)
    return programme, found[person_id("e1")].id


def mentor_of(home: Site, run: str, mentee: str) -> str:
    found = matching(home).runs.proposals(run, 50, None).items
    return str(next(one.mentor_id for one in found if one.mentee_id == person_id(mentee)))


def is_swapped(home: Site, visitor: Visitor, run: str) -> None:
    visitor.sees("Swapped, and locked: every run keeps the two together.")
    assert (mentor_of(home, run, "e1"), mentor_of(home, run, "e2")) == (person_id("m2"), person_id("m1"))


@pytest.mark.feature("C6")
@pytest.mark.parametrize("scripts", [WITH_SCRIPTS, WITHOUT_SCRIPTS], ids=["scripts", "none"])
def test_a_cohort_is_matched_looked_at_and_published_in_four_presses(
        visitors: Opens, home: Site, scripts: dict[str, Any]) -> None:
    programme = a_programme(home, f"Cohort {len(scripts)}")
    visitor = visitors(home, **scripts).sign_in(OFFICE).open(f"/programmes/{programme}/matching")

    visitor.clicks = 0
    visitor.press("Run matching").sees("The run has begun.")
    later(home, seconds=1)
    if scripts:
        visitor.page.reload()
    visitor.sees("The run proposes 2 pairs")
    visitor.press("Publish", "link").sees("What they will read")
    visitor.press("Publish and tell everyone").sees("Published: mentors and mentees will hear of it.")

    assert visitor.clicks <= RUN_CLICKS
    later(home, seconds=1)
    made = [one.state for one in matching(home).pairs.store.each({"programme_id": programme})]
    assert made == ["awaiting-training", "awaiting-training"]
    assert scripts or visitor.violations() == []


@pytest.mark.parametrize("scripts", [WITH_SCRIPTS, WITHOUT_SCRIPTS], ids=["scripts", "none"])
def test_a_proposed_pair_is_replaced_in_two_presses(visitors: Opens, home: Site, scripts: dict[str, Any]) -> None:
    _, run = a_proposed_run(home, f"Hands {len(scripts)}")
    visitor = visitors(home, **scripts).sign_in(OFFICE).open(f"/runs/{run}")

    visitor.clicks = 0
    visitor.press("Eva Lund", "link")
    visitor.press("Swap with Mo Becker")

    assert visitor.clicks <= SWAP_CLICKS
    is_swapped(home, visitor, run)


def test_a_proposed_pair_is_replaced_by_keys_alone(visitors: Opens, home: Site) -> None:
    _, run = a_proposed_run(home, "Hands on keys")
    visitor = visitors(home).sign_in(OFFICE).open(f"/runs/{run}")

    press_by_keys(visitor, "Eva Lund")
    visitor.page.wait_for_url("**/proposals/*")
    press_by_keys(visitor, "Swap")

    is_swapped(home, visitor, run)
    assert not visitor.violations()


def is_matched_anew(home: Site, visitor: Visitor, pair: str) -> None:
    """Both are told, the seat is free, somebody else is proposed, and the history is there."""
    visitor.sees("Both are told. Somebody new is being looked for.")
    later(home, seconds=1)
    assert home.house
    service = matching(home)
    kept = service.pairs.get(pair)
    mails = home.house.rooms["notifications"].service.messages.store.each({"pair_id": pair})
    told = {(one.person_id, one.template) for one in mails}
    assert {(person_id("e1"), "another-sought"), (person_id("m1"), "ended-early")} <= told
    assert (kept.state, kept.mentor_seat, kept.parting.reason) == ("closed", f"released/{pair}", "no-fit")
    assert [one.kind for one in kept.history][-2:] == ["pair-closed", "rematch-requested"]
    visitor.page.reload()
    visitor.press("See whom the run proposes", "link").sees("Mo Becker")
    visitor.page.go_back()
    visitor.sees("Became a pair")


@pytest.mark.feature("C16")
@pytest.mark.parametrize("scripts", [WITH_SCRIPTS, WITHOUT_SCRIPTS], ids=["scripts", "none"])
def test_another_mentor_is_found_in_three_presses(visitors: Opens, home: Site, scripts: dict[str, Any]) -> None:
    programme, pair = a_pair(home, f"Rematch {len(scripts)}")
    visitor = visitors(home, **scripts).sign_in(OFFICE).open(f"/programmes/{programme}/pairs")

    visitor.clicks = 0
    visitor.press("Eva Lund", "link")
    visitor.page.get_by_role("region", name="Another mentor").get_by_label("Why?").select_option("The two do not fit")
    visitor.clicks += 1
    visitor.press("End it and look for another")

    assert visitor.clicks <= REMATCH_CLICKS
    is_matched_anew(home, visitor, pair)


@pytest.mark.feature("C16")
def test_another_mentor_is_found_by_keys_alone(visitors: Opens, home: Site) -> None:
    programme, pair = a_pair(home, "Rematch by keys")
    visitor = visitors(home).sign_in(OFFICE).open(f"/programmes/{programme}/pairs")

    press_by_keys(visitor, "Eva Lund")
    visitor.page.wait_for_url("**/pairs/*")
    visitor.page.get_by_role("region", name="Another mentor").get_by_label("Why?").focus()
    visitor.page.keyboard.press("ArrowDown")
    press_by_keys(visitor, "End it and look for another")

    is_matched_anew(home, visitor, pair)
    assert not visitor.violations()


@pytest.mark.parametrize("scripts", [WITH_SCRIPTS, WITHOUT_SCRIPTS], ids=["scripts", "none"])
def test_a_list_is_taken_as_a_file_and_its_filter_kept_under_a_name(
        visitors: Opens, home: Site, scripts: dict[str, Any]) -> None:
    programme, _ = a_pair(home, f"Lists{len(scripts)}")
    visitor = visitors(home, **scripts).sign_in(OFFICE).open(f"/programmes/{programme}/pairs?state=closed")

    with visitor.page.expect_download() as file:
        visitor.press("Download as CSV", "link")
    heading, *rows = csv.reader(file.value.path().read_text("utf-8-sig").splitlines())
    assert (file.value.suggested_filename, heading[0]) == ("pairs.csv", "Mentee")
    assert [row[0] for row in rows] == ["Eli Novak"]

    visitor.page.get_by_text("Save this view").first.click()
    visitor.page.get_by_label("Name for what is shown now").fill("Over")
    visitor.press("Save this view")
    visitor.sees("The view is saved.")
    visitor.open(f"/programmes/{programme}/pairs").press("Over", "link")
    visitor.page.wait_for_url("**/pairs?state=closed")
    visitor.page.get_by_text("My views").first.click()
    visitor.press("Delete Over")
    visitor.sees("The view is deleted.")


def test_a_swap_is_seen_in_the_charts_and_a_release_does_not_wait(visitors: Opens, home: Site) -> None:
    programme, run = a_proposed_run(home, "Charts")
    service = matching(home)
    service.programmes.change(programme, {"undo_minutes": 10}, None)
    visitor = visitors(home).sign_in(OFFICE).open(f"/runs/{run}")
    visitor.sees("Of 2 places 0 are taken by pairs and circles that there are, 2 by this run, and 0 stay free.")
    assert visitor.page.locator("polyline").count() == 1

    proposal = next(one.id for one in service.runs.proposals(run, 50, None).items if one.mentee_id == person_id("e1"))
    service.runs.swap(run, proposal, person_id("m2"), "office")
    visitor.open(f"/runs/{run}").sees("After swaps")
    assert visitor.page.locator("polyline").count() == 2
    assert visitor.violations() == []

    visitor.open(f"/runs/{run}/publish").press("Publish and tell everyone")
    visitor.sees("Undo")
    visitor.press("Release now", "link").press("Release and tell everyone")
    visitor.sees("Released: mentors and mentees hear of it now.")
    later(home, seconds=1)
    assert service.runs.get(run).state == "published"


@pytest.mark.parametrize("scripts", [WITH_SCRIPTS, WITHOUT_SCRIPTS], ids=["scripts", "none"])
def test_charts_fill_their_cards_and_all_shown_are_locked(visitors: Opens, home: Site, scripts: dict[str, Any]) -> None:
    programme, run = a_proposed_run(home, f"Wide {len(scripts)}")
    visitor = visitors(home, **scripts).sign_in(OFFICE).open(f"/runs/{run}")

    widths = visitor.page.evaluate("""() => [...document.querySelectorAll(".ith-card svg[role=img]")].map(
        one => one.getBoundingClientRect().width / one.closest(".ith-card").getBoundingClientRect().width)""")
    assert len(widths) == 2
    assert min(widths) > 0.8

    visitor.tick("All 2 shown").press("Approve and lock")
    visitor.sees("2 pairs are locked: every run keeps them together.")
    assert len(matching(home).rulings.find(programme, 50, None).items) == 2
    visitor.press("Broken wish", "link").sees("No proposed pair is like that.")
    assert scripts or visitor.violations() == []
