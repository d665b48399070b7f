"""A portal before four services that answer from memory."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import ECKey
from werkzeug.test import TestResponse

from services.portal import bootstrap
from services.portal.assets import build
from services.portal.entrypoints.http import make_app
from services.portal.pages.portal import Portal
from services.portal.pages.sessions import SIGN_IN
from services.portal.settings import Settings
from shared.kernel.clock import SettableClock, parse
from shared.web.limiter import Limiter
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


class Stage:
    """Keeps one app for all tests, since templates are compiled once an app: what it plays on changes with each."""

    def __init__(self) -> None:
        self.fakes = FakeServices()
        self.clock = SettableClock(parse(NOW))
        self.portal = self.open()
        self.app = make_app(self.portal, SETTINGS)
        self.known = {one: self._came_in(one) for one in ("ilse", "amara", "helena")}

    def set(self) -> None:
        self.fakes = FakeServices()
        self.clock.set(parse(NOW))

    def make(self, standalone: bool = True, provider_http: Any = None, files: int = 1_000, **changed: Any) -> Flask:
        """An app of its own, with settings and parts changed by name. It gives as many `files` a second."""
        settings = replace(SETTINGS, **changed)
        return make_app(self.open(settings, standalone, provider_http, files), settings)

    def open(self, settings: Settings = SETTINGS, standalone: bool = True, provider_http: Any = None,
             files: int = 1_000) -> Portal:
        """What an app is made of."""
        house: dict[str, Any] = {"recent_events": lambda: EVENTS, "mailbox": True} if standalone else {}
        house["provider_http"] = provider_http
        apps: Any = {name: partial(self.play, name) for name in self.fakes.services}
        portal = bootstrap.build(settings, apps=apps, clock=self.clock, sample_people=lambda: SAMPLE, **house)
        return replace(portal, files=Limiter(files))

    def sign_in(self, browser: Browser, person_id: str) -> None:
        """With what coming in by the form brings, which takes longer than most pages."""
        cookie, record = self.known[person_id]
        with browser.client.session_transaction() as session:
            session.update(cookie, **{SIGN_IN: self.portal.sessions.begin(record)})

    def _came_in(self, person_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the session then holds in the browser, and on the server."""
        browser = Browser(self.app.test_client())
        browser.sign_in(person_id)
        with browser.client.session_transaction() as session:
            cookie = dict(session)
        record = self.portal.sessions.find(cookie[SIGN_IN])
        assert record
        return cookie, record

    def play(self, name: str, environ: dict[str, Any], start_response: Any) -> Any:
        return self.fakes[name](environ, start_response)


@pytest.fixture(scope="session")
def stage(built: None) -> Stage:
    return Stage()


@pytest.fixture(autouse=True)
def fakes(stage: Stage) -> FakeServices:
    stage.set()
    return stage.fakes


@pytest.fixture
def clock(stage: Stage) -> SettableClock:
    return stage.clock


@pytest.fixture
def portal_app(stage: Stage) -> Callable[..., Flask]:
    return stage.make


@pytest.fixture
def browser(stage: Stage) -> Browser:
    return Browser(stage.app.test_client())


@pytest.fixture
def office(stage: Stage, browser: Browser) -> Browser:
    """The programme office, signed in."""
    stage.sign_in(browser, "ilse")
    return browser


@pytest.fixture
def mentee(stage: Stage, browser: Browser) -> Browser:
    stage.sign_in(browser, "amara")
    return browser


@pytest.fixture
def mentor(stage: Stage, browser: Browser) -> Browser:
    stage.sign_in(browser, "helena")
    return browser
