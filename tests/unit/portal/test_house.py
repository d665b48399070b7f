"""Mailbox and event log: only where all services run in one house. Settings and languages."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.wrappers import Request

from services.portal.bootstrap import build
from services.portal.pages.people import GIVEN, Person
from services.portal.settings import Settings, read
from services.portal.translations import update
from shared.runtime.settings import WrongSettings
from tests.unit.portal.conftest import SETTINGS, Browser
from tests.unit.portal.fake_services import MAIL, FakeServices


@pytest.mark.parametrize("path", ["/mailbox", "/mailbox/m-1", "/preview/m-1", "/events"])
def test_house_pages_are_there_only_in_a_house(portal_app: Callable[..., Flask], path: str) -> None:
    inside, outside = Browser(portal_app().test_client()), Browser(portal_app(standalone=False).test_client())
    for browser in (inside, outside):
        browser.sign_in("ilse")

    assert inside.get(path).status_code == 200
    assert outside.get(path).status_code == 404
    assert "Mailbox" not in outside.get("/programmes").text


@pytest.mark.feature("A1")
@pytest.mark.parametrize("path", ["/mailbox", "/mailbox/m-1", "/preview/m-1", "/events"])
@pytest.mark.parametrize("person", ["helena", "amara"])
def test_nobody_but_whoever_keeps_the_house_sees_its_mails_and_events(
    browser: Browser, person: str, path: str
) -> None:
    browser.sign_in(person)
    home = browser.get("/my").text

    assert browser.get(path).status_code == 404
    assert 'href="/mailbox"' not in home
    assert 'href="/events"' not in home


def test_the_programme_office_and_operators_keep_the_house() -> None:
    keep = [role for role in GIVEN if Person("somebody", "Somebody", (role,)).keeps_house]

    assert keep == ["programme-office", "operator"]

def test_events_are_listed_by_topic(office: Browser) -> None:
    assert "mentoring.pair-created.v1" in office.get("/events?state=mentoring.pairs.v1").text
    assert "mentoring.pair-created.v1" not in office.get("/events?state=other").text


def test_a_long_list_is_read_page_by_page(office: Browser, fakes: FakeServices) -> None:
    asked: list[str | None] = []

    def mailbox(request: Request) -> tuple[int, object, dict[str, str]]:
        asked.append(request.args.get("after"))
        return 200, {"items": [MAIL]}, {"Link": '</v1/mailbox?to=a%40b&after=c2Vj>; rel="next"'}

    fakes.answer("notifications", "GET /mailbox", mailbox)

    first, second = office.get("/mailbox?to=a@b").text, office.get("/mailbox?to=a@b&after=c2Vj").text

    assert asked == [None, "c2Vj"]
    assert 'href="?to=a%40b&amp;after=c2Vj">Older ones' in first
    assert "The newest" not in first
    assert 'href="?to=a%40b">The newest' in second


def test_the_mailbox_is_read_by_address(office: Browser, fakes: FakeServices) -> None:
    asked: list[str] = []
    fakes.answer("notifications", "GET /mailbox", lambda request: asked.append(request.args.get("to")) or [])

    page = office.get("/mailbox?to=amara@caldera.example").text

    assert asked == ["amara@caldera.example"]
    assert 'value="amara@caldera.example"' in page
    assert "No mail to this address" in page
    assert "No mail yet" in office.get("/mailbox").text


def test_pages_speak_the_language_that_was_chosen(office: Browser) -> None:
    office.send("/language", {"language": "de", "next": "/programmes"}, page="/programmes")

    page = office.get("/programmes").text

    assert '<html lang="de"' in page
    assert "Programme" in page
    assert "Ask the coordinator" not in page


def test_pages_speak_the_language_of_the_browser_else(browser: Browser) -> None:
    page = browser.get("/sign-in", headers={"Accept-Language": "fr;q=0.9,de;q=0.8,en;q=0.5"}).text

    assert "Willkommen bei Ithaca" in page


def test_an_unknown_language_is_refused(browser: Browser) -> None:
    assert browser.send("/language", {"language": "xx"}).status_code == 404


def test_every_message_is_translated() -> None:
    for source in update.HERE.glob("*/LC_MESSAGES/messages.po"):
        known, wanted = update.read(source), update.extracted()
        gaps = [message.id for message in wanted if message.id and not filled(known, message.id)]
        assert not gaps, (
            f"{source.parent.parent.name}: run `python -m services.portal.translations.update` and translate"
        )


def test_every_message_in_code_is_found() -> None:
    """Babel does not look into f-strings."""
    wanted = {one.id if isinstance(one.id, str) else one.id[0] for one in update.extracted() if one.id}

    assert {text for path in update.PAGES.glob("*.py") for text in said_in(path)} - wanted == set()


def said_in(path: Path) -> list[str]:
    """What a module asks the catalogue for."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return [str(call.args[0].value) for call in calls if isinstance(call.func, ast.Name)
            and call.func.id in update.KEYWORDS and isinstance(call.args[0], ast.Constant)]


def filled(catalogue: object, message_id: object) -> bool:
    message = catalogue.get(message_id)  # type: ignore[attr-defined]
    return bool(message) and (all(message.string) if isinstance(message.string, tuple) else bool(message.string))


def test_translations_have_the_same_gaps_to_fill() -> None:
    for source in update.HERE.glob("*/LC_MESSAGES/messages.po"):
        for message in update.read(source):
            assert not list(message.check()), message.id


@pytest.mark.parametrize("other", [
    r"\bSchirmherr", r"(?<!innen und )\bKoordinatoren\b",
    r"\bPost\b", r"\bPaare?[ns]?\b", r"\bÜbernahme", r"[a-zäöüß,] (Sie|Ihnen|Ihre?[mnrs]?)\b",
    r"(?<!innen und )(?<!innen oder )\bMentoren\b", r"\bGeschichte bleibt",
], ids=["Sponsor", "Koordination", "Mail", "Tandem", "Import", "du", "Mentorinnen", "Verlauf"])
def test_german_has_one_word_for_a_thing(other: str) -> None:
    german = update.read(update.HERE / "de" / "LC_MESSAGES" / "messages.po")

    assert not [one.id for one in german if re.search(other, str(one.string))]


def test_settings_name_everything_that_is_missing() -> None:
    with pytest.raises(WrongSettings) as wrong:
        read({"PUBLIC_URL": "ithaca.example", "COOKIE_SECRET": "short"})

    assert "PUBLIC_URL is wrong" in str(wrong.value)
    assert "COOKIE_SECRET is wrong" in str(wrong.value)
    assert "TOKEN_KEY is missing" in str(wrong.value)


def test_a_service_without_app_and_address_is_named_at_the_start() -> None:
    with pytest.raises(WrongSettings, match="COMMUNITY_URL is missing"):
        build(SETTINGS, apps={"matching": None, "surveys": None, "notifications": None})  # type: ignore[dict-item]


def test_secrets_are_never_printed() -> None:
    assert SETTINGS.cookie_secret not in repr(SETTINGS)
    assert "PRIVATE KEY" not in repr(SETTINGS)


def test_settings_are_read_from_the_environment() -> None:
    environ = {
        "PUBLIC_URL": "https://i.example/",
        "COOKIE_SECRET": "x" * 32,
        "TOKEN_KEY": SETTINGS.token_key,
        "MATCHING_URL": "http://matching:8000",
    }

    settings = read(environ)

    assert isinstance(settings, Settings)
    assert (settings.is_https, settings.public_url) == (True, "https://i.example")
    assert settings.service_urls["matching"] == "http://matching:8000"
