"""What scripts add, and what they must not be made to do."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens, Site, Visitor
from tests.unit.portal.fake_services import RUN

LINK = "/c/abcdefghijklmnopqrstuv/4"


def inject(visitor: Visitor, attributes: str) -> None:
    """As an attacker would who found a way to put markup into a page: through an element of htmx itself."""
    visitor.page.evaluate(
        """attributes => {
            const policy = trustedTypes.createPolicy('test', {createHTML: text => text});
            const target = document.querySelector('main');
            target.insertAdjacentHTML('beforeend', policy.createHTML(`<div id="evil" ${attributes}>x</div>`));
        }""",
        attributes,
    )
    visitor.page.evaluate("htmx.process(document.querySelector('main'))")


@pytest.mark.parametrize("nonce", ["", 'hx-nonce="guessed"'])
def test_an_injected_request_does_nothing(visitor: Visitor, nonce: str) -> None:
    visitor.sign_in("Ilse Brandt").open("/runs/run-5")
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))

    inject(visitor, f'{nonce} hx-get="/livez" hx-trigger="click"')
    visitor.page.locator("#evil").click()
    visitor.page.wait_for_timeout(400)

    assert not [url for url in asked if url.endswith("/livez")]
    assert all(one.startswith("htmx: [hx-csp] blocked <div#evil>") for one in visitor.problems)
    visitor.problems.clear()


def test_progress_comes_by_itself_and_ends_in_the_whole_page(visitor: Visitor, theatre: Site) -> None:
    assert theatre.stage
    visitor.sign_in("Ilse Brandt").open("/runs/run-5").sees("40%")
    solving = {**RUN, "id": "run-5", "state": "solving", "progress": 80}

    theatre.stage.fakes.answer("matching", "GET /runs/run-5", solving)
    visitor.sees("80%")
    theatre.stage.fakes.answer("matching", "GET /runs/run-5", {**RUN, "id": "run-5"})

    visitor.sees("Ready for you to look at")
    visitor.sees("Proposed pairs")


@pytest.mark.feature("S4.6")
def test_one_click_in_the_mail_is_the_whole_answer(visitor: Visitor, theatre: Site) -> None:
    assert theatre.stage

    visitor.open(LINK).sees("Your answer is kept.")

    assert [sent.body for sent in theatre.stage.fakes.sent if sent.method == "PUT"] == [{"rating": 4}]
    assert visitor.page.get_by_role("status").first.inner_text().strip().endswith("You can still change it below.")


def test_nothing_is_sent_before_somebody_sees_the_page(visitors: Opens, theatre: Site) -> None:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre)
    visitor.page.add_init_script(
        "Object.defineProperty(document, 'visibilityState', {get: () => window.shown || 'hidden'})"
    )
    visitor.open(LINK)
    visitor.page.wait_for_timeout(500)
    assert not [sent for sent in theatre.stage.fakes.sent if sent.method == "PUT"]

    visitor.page.evaluate("window.shown = 'visible'; document.dispatchEvent(new Event('visibilitychange'))")

    visitor.sees("Your answer is kept.")


def test_a_rating_can_be_chosen_and_sent_by_keys(visitor: Visitor, theatre: Site) -> None:
    assert theatre.stage
    visitor.sign_in("Amara Okonkwo").open("/my/check-ins/ci-1")
    visitor.page.locator("input[name=rating]").first.focus()

    for _ in range(2):
        visitor.page.keyboard.press("ArrowRight")
    expect(visitor.page.locator("input[name=rating][value='3']")).to_be_checked()
    visitor.page.keyboard.press("Enter")

    visitor.sees("Your answer is kept.")
    assert theatre.stage.fakes.sent[-1].body == {"rating": 3}


def test_keys_alone_sign_in_and_skip_to_the_content(visitor: Visitor) -> None:
    visitor.open("/sign-in")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.textContent") == "Skip to main content"
    visitor.page.keyboard.press("Enter")

    for _ in range(1):
        visitor.page.keyboard.press("Tab")
    assert "Ilse Brandt" in visitor.page.evaluate("document.activeElement.textContent")
    visitor.page.keyboard.press("Enter")

    visitor.page.wait_for_url("**/programmes")


def test_the_focus_is_always_seen(visitor: Visitor) -> None:
    visitor.sign_in("Ilse Brandt").open("/programmes/rising")

    for _ in range(25):
        visitor.page.keyboard.press("Tab")
        outline = visitor.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", visitor.page.evaluate("document.activeElement.outerHTML")


def test_a_previewed_mail_stands_in_a_frame(visitor: Visitor) -> None:
    visitor.sign_in("Ilse Brandt").open("/mailbox/m-1")

    frame = visitor.page.frame_locator("iframe")

    expect(frame.get_by_role("heading", name="How is mentoring going?")).to_be_visible()
    assert frame.locator("p").evaluate("node => getComputedStyle(node).color") == "rgb(116, 35, 79)"


@pytest.mark.feature("S4.2")
def test_a_short_text_is_copied_by_one_press(visitor: Visitor) -> None:
    visitor.sign_in("Ilse Brandt").open("/campaigns/cam-1/texts")
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    visitor.page.get_by_role("button", name="Copy Message for a chat").click()

    expect(visitor.page.get_by_role("button", name="Copied Message for a chat")).to_be_visible()
    assert visitor.page.evaluate("navigator.clipboard.readText()") == "Come to Rising"
