"""Pages for every hand and eye: large text, wide spacing, keys alone, targets that can be hit, paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens, Site, Visitor
from tests.browser.test_accessibility import PAGES
from tests.unit.portal.fake_services import NOW, RUN

OFFICE, MENTOR = "Ilse Brandt", "Helena Novotná"
WHERE = ["/programmes/rising", "/runs/run-4", "/programmes/rising/tasks", "/imports/imp-1", "/pairs/p1", "/mailbox"]
LARGE = "document.documentElement.style.fontSize = '200%'"
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`p { margin-block-end: 2em !important }
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
CUT = """() => [...document.querySelectorAll('main *')].filter(node => {
    const style = getComputedStyle(node);
    if (node.matches('.ith-vh, .ith-scroll, pre, textarea, select, svg *')) return false;
    return style.overflowX !== 'visible' && node.clientWidth > 1 && node.scrollWidth > node.clientWidth + 1;
}).map(node => node.outerHTML.slice(0, 160))"""
SMALL = """() => [...document.querySelectorAll('button, summary, select, input, nav a, .govuk-button, .ith-btn')]
    .filter(node => node.offsetParent && node.type !== 'hidden' && !node.matches('.govuk-skip-link'))
    .map(node => [(node.closest('.ith-tick') || node).getBoundingClientRect(), node.outerHTML.slice(0, 120)])
    .filter(([box]) => box.width && (box.width < 24 || box.height < 24))
    .map(([box, html]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)"""
BROKEN = r"""() => [...document.querySelectorAll('main label, main a, main button')].flatMap(node => {
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), broken = [];
    while (texts.nextNode()) {
        const text = texts.currentNode, range = document.createRange();
        if (text.parentElement.closest('.ith-vh')) continue;
        for (const word of text.data.matchAll(/[^\s-]+/g)) {
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) broken.push(word[0]);
        }
    }
    return broken;
})"""
REACHED = "document.activeElement.matches('a, button') ? document.activeElement.innerText : ''"
SEEN = """() => {
    const node = document.activeElement, style = getComputedStyle(node), box = node.getBoundingClientRect();
    const ringed = [node, node.nextElementSibling].some(one => one && getComputedStyle(one).outlineStyle !== 'none');
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return node === document.body || (ringed && inside) ? '' : node.outerHTML.slice(0, 160);
}"""


@pytest.mark.parametrize("change", [LARGE, SPACED], ids=["twice as large", "widely spaced"])
def test_text_grows_without_being_cut(visitor: Visitor, change: str) -> None:
    visitor.sign_in(OFFICE)

    for path in WHERE:
        visitor.open(path).page.evaluate(change)
        assert visitor.width() <= 1280, f"{path} is {visitor.width()} wide"
        assert visitor.page.evaluate(CUT) == [], path


@pytest.mark.parametrize("path", ["/programmes", "/programmes/rising"])
def test_on_a_phone_the_navigation_is_short_and_opens_by_keys_without_scripts(
        visitors: Opens, theatre: Site, path: str) -> None:
    someone = visitors(theatre, viewport={"width": 390, "height": 900}, java_script_enabled=False)
    someone.sign_in(OFFICE).open(path).press("Deutsch")
    navigation, leave = someone.page.locator(".ith-nav"), someone.page.get_by_role("button", name="Abmelden")
    box = navigation.bounding_box()
    assert box
    assert box["height"] <= 90
    assert someone.width() <= 390

    if not leave.is_visible():
        navigation.locator("summary").press("Enter")

    expect(leave).to_be_visible()
    assert someone.width() <= 390


def test_the_pages_of_the_settings_stand_in_one_line(visitor: Visitor) -> None:
    visitor.sign_in(OFFICE).open("/programmes/rising/rules")

    tops = [one.bounding_box() for one in visitor.page.locator(".ith-views").first.locator("a").all()]

    assert len({round(one["y"]) for one in tops if one}) == 1


def test_a_phone_shows_the_state_of_a_row_in_full(visitor: Visitor, theatre: Site) -> None:
    assert theatre.stage
    leaving = {**RUN, "state": "releasing", "release_at": NOW}
    theatre.stage.fakes.answer("matching", "GET /programmes/rising/runs", [leaving])
    visitor.page.set_viewport_size({"width": 390, "height": 900})
    visitor.sign_in(OFFICE).open("/programmes/rising/matching")

    badge = visitor.page.locator("td .ith-badge").bounding_box()

    assert badge
    assert badge["x"] + badge["width"] <= 390


@pytest.mark.parametrize("width", [1280, 390])
def test_the_columns_of_an_import_stay_in_their_card(visitor: Visitor, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 900})
    visitor.sign_in(OFFICE).open("/imports/imp-1")
    card = visitor.page.locator("section:has(#column-0)").bounding_box()
    selects = [one.bounding_box() for one in visitor.page.locator("select").all()]

    assert card
    assert selects
    assert all(one and one["x"] + one["width"] < card["x"] + card["width"] for one in selects)


@pytest.mark.parametrize(("name", "path"), [("Helena Novotná", "/programmes/first-bridge/apply/mentor"),
                                          ("Amara Okonkwo", "/my")])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_word_to_press_is_broken_into_letters(visitor: Visitor, name: str, path: str, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 900})
    visitor.sign_in(name).open(path)

    assert visitor.page.url.endswith(path)
    assert visitor.page.evaluate(BROKEN) == []


def test_everything_to_press_is_large_enough(visitor: Visitor) -> None:
    visitor.sign_in(OFFICE)

    for path in ["/programmes", "/programmes/new", "/events", "/help", *WHERE]:
        visitor.open(path)
        assert visitor.page.evaluate(SMALL) == [], path


def test_the_focus_is_seen_wherever_it_goes(visitor: Visitor) -> None:
    visitor.sign_in(OFFICE)

    for path in ("/runs/run-4", "/imports/imp-1", "/pairs/p1"):
        visitor.open(path)
        for _ in range(30):
            visitor.page.keyboard.press("Tab")
            assert visitor.page.evaluate(SEEN) == "", path


def press_by_keys(visitor: Visitor, text: str) -> None:
    """Tabs to what bears the text, and presses Enter."""
    for _ in range(80):
        visitor.page.keyboard.press("Tab")
        if text in visitor.page.evaluate(REACHED):
            visitor.page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not reach “{text}”")


def test_a_run_is_begun_and_published_by_keys_alone(visitor: Visitor, theatre: Site) -> None:
    assert theatre.stage
    theatre.stage.fakes.answer("matching", "POST /programmes/rising/runs", (202, {}, {"Location": "/v1/runs/run-4"}))
    visitor.open("/sign-in")

    for text, then in (
        (OFFICE, "**/programmes"),
        ("Rising Engineers 2026", "**/programmes/rising"),
        ("Matching", "**/matching"),
        ("Run matching", "**/runs/run-4"),
        ("Publish", "**/publish"),
        ("Publish and tell everyone", "**/runs/run-4"),
    ):
        press_by_keys(visitor, text)
        visitor.page.wait_for_url(then)

    visitor.sees("Published: mentors and mentees will hear of it.")
    assert theatre.stage.fakes.last().path == "/v1/runs/run-4/publication"


def test_a_participant_does_their_part_by_keys_alone(visitor: Visitor, theatre: Site) -> None:
    assert theatre.stage
    visitor.open("/sign-in")

    press_by_keys(visitor, MENTOR)
    visitor.page.wait_for_url("**/my")
    press_by_keys(visitor, "It is done")

    visitor.sees("Well done.")
    assert theatre.stage.fakes.last().path == "/v1/assignments/a-1/completion"


@pytest.mark.feature("S4.6")
def test_a_check_in_is_answered_without_scripts_by_one_press(visitors: Opens, theatre: Site) -> None:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre, java_script_enabled=False)

    visitor.open("/c/abcdefghijklmnopqrstuv/4")
    assert not theatre.stage.fakes.sent or theatre.stage.fakes.last().method != "PUT"
    visitor.press("Send answer").sees("Your answer is kept.")

    assert theatre.stage.fakes.last().body == {"rating": 4}


def test_on_paper_there_is_the_matter_and_nothing_to_press(visitor: Visitor) -> None:
    visitor.sign_in(OFFICE).open("/pairs/p1").page.emulate_media(media="print")

    expect(visitor.page.get_by_role("heading", name="Helena Novotná and Amara Okonkwo")).to_be_visible()
    for hidden in (".ith-nav", ".ith-footer", ".ith-views", ".govuk-button", ".ith-btn"):
        assert not [one for one in visitor.page.locator(hidden).all() if one.is_visible()], hidden


@pytest.mark.parametrize("name", dict.fromkeys(name for name, _ in PAGES))
def test_every_page_has_a_title_one_heading_and_the_help_in_its_place(visitor: Visitor, name: str | None) -> None:
    if name:
        visitor.sign_in(name)
    for path in [path for who, path in PAGES if who == name]:
        visitor.open(path)
        title, headings = visitor.page.title(), visitor.page.locator("h1").all_inner_texts()
        assert re.fullmatch(r".{3,} – Ithaca", title), path
        assert len(headings) == 1, path
        assert visitor.page.locator("header a[href='/help']").count() == 1, path
