"""A portal before four services that answer from memory."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import ECKey
from werkzeug.test import TestResponse

from services.portal import bootstrap
from services.portal.assets import build
from services.portal.entrypoints.http import make_app
from services.portal.settings import Settings
from shared.kernel.clock import SettableClock, parse
from tests.unit.portal.fake_services import EVENTS, NOW, SAMPLE, FakeServices

SETTINGS = Settings(
    public_url="http://127.0.0.1:8080",
    cookie_secret="a secret of more than thirty-two characters",
    token_key=ECKey.generate_key("P-256").as_pem(private=True).decode(),
    organisation="Caldera Group",
    office_address="office@caldera.example",
    part_seconds=5.0,
)


class Browser:
    """What a person does with pages, without scripts."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, **more)

    def sign_in(self, person_id: str, to: str = "/") -> TestResponse:
        return self.send("/sign-in", {"person_id": person_id, "next": to}, page="/sign-in")

    def send(
        self, path: str, values: dict[str, Any] | None = None, page: str = "/sign-in", **more: Any
    ) -> TestResponse:
        """Sends a form with the hidden field that the page has."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get(page).text)
        assert token, f"{page} has no form"
        return self.client.post(path, data={"csrf_token": token[1], "form_key": "key-1", **(values or {})}, **more)


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    """Static files and translations."""
    build.main()


@pytest.fixture
def fakes() -> FakeServices:
    return FakeServices()


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(parse(NOW))


@pytest.fixture
def portal_app(fakes: FakeServices, clock: SettableClock) -> Callable[..., Flask]:
    """Makes the app, with settings and parts changed by name."""

    def make(standalone: bool = True, **changed: Any) -> Flask:
        settings = replace(SETTINGS, **changed)
        house: dict[str, Any] = {"recent_events": lambda: EVENTS, "mailbox": True} if standalone else {}
        portal = bootstrap.build(settings, apps=fakes.services, clock=clock, sample_people=lambda: SAMPLE, **house)
        return make_app(portal, settings)

    return make


@pytest.fixture
def browser(portal_app: Callable[..., Flask]) -> Browser:
    return Browser(portal_app().test_client())


@pytest.fixture
def office(browser: Browser) -> Browser:
    """The programme office, signed in."""
    browser.sign_in("ilse")
    return browser


@pytest.fixture
def mentee(browser: Browser) -> Browser:
    browser.sign_in("amara")
    return browser


@pytest.fixture
def mentor(browser: Browser) -> Browser:
    browser.sign_in("helena")
    return browser
