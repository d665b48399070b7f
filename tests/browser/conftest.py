"""A real browser before the portal: with services that answer from memory, and with the whole house."""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from deploy.standalone.environment import environment
from deploy.standalone.house import House
from deploy.standalone.portal import wsgi
from services.portal.assets import build
from shared.kernel.clock import SettableClock, parse
from tests.e2e.village import PATIENT
from tests.engines.child import free_port
from tests.engines.plugin import do_without
from tests.unit.portal.conftest import Stage

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = build.HERE / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REPORT = """document.addEventListener('securitypolicyviolation',
    event => console.error('CSP report: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Skips loudly where there is none; on CI that is a failure."""
    if not shutil.which(CHROMIUM):
        do_without(f"{CHROMIUM} is missing (apt-get install chromium, or set CHROMIUM)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing."""


@dataclass
class Site:
    """An address that answers, and what plays behind it."""

    server: BaseWSGIServer
    stage: Stage | None = None
    house: House | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def __enter__(self) -> "Site":
        self._thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()


def served(app: Any, port: int) -> BaseWSGIServer:
    """A server for `app` that closes each answer itself: Werkzeug's forgets it when the browser has gone meanwhile."""

    def whole(environ: Any, start_response: Any) -> list[bytes]:
        with closing(app(environ, start_response)) as answer:
            return list(answer)

    return make_server("127.0.0.1", port, whole, threaded=True, request_handler=Quiet)


@pytest.fixture(scope="session")
def assets() -> None:
    build.main()


@pytest.fixture(scope="session")
def theatre(assets: None) -> Iterator[Site]:
    """The portal before services that answer from memory."""
    stage = Stage()
    with Site(served(stage.app, free_port()), stage=stage) as site:
        yield site


@pytest.fixture(scope="module")
def home(assets: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The whole house on the embedded engines; its clock stands, its loops run when a test says so."""
    port = free_port()
    folder = tmp_path_factory.mktemp("house")
    given = {**PATIENT, "ORGANISATION": "Caldera Group"}
    clock = SettableClock(parse("2026-03-02T08:00:00.000Z"))
    house = House(environment(folder, f"http://127.0.0.1:{port}", given, "NORMAL"), clock)
    with Site(served(wsgi(house), port), house=house) as site:
        yield site
    house.close()


@dataclass
class Visitor:
    """A person at a browser. `problems` are policy reports and errors of any kind: there must be none."""

    page: Page
    address: str
    clicks: int = 0
    problems: list[str] = field(default_factory=list)

    def listen(self) -> "Visitor":
        self.page.on("console", lambda said: self.problems.append(said.text) if is_problem(said) else None)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        return self

    def open(self, path: str) -> "Visitor":
        self.page.goto(self.address + path)
        return self

    def sign_in(self, name: str) -> "Visitor":
        self.open("/sign-in")
        self.page.get_by_role("button", name=re.compile(f"^{name}")).click()
        self.page.wait_for_url("**/*")
        return self

    def press(self, name: str | re.Pattern[str], role: Any = "button") -> "Visitor":
        """One click, counted."""
        self.clicks += 1
        self.page.get_by_role(role, name=name, exact=True).first.click()
        return self

    def tick(self, label: str) -> "Visitor":
        """One click, counted."""
        self.clicks += 1
        self.page.get_by_label(label, exact=True).check()
        return self

    def sees(self, text: str) -> "Visitor":
        self.page.get_by_text(text).first.wait_for(timeout=10_000)
        return self

    def violations(self) -> list[str]:
        """What axe finds wrong with the page as it is."""
        if not self.page.evaluate("typeof window.axe === 'object'"):
            self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(
            "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", TAGS
        )
        return [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]

    def width(self) -> int:
        """How wide the page really is."""
        return int(self.page.evaluate("document.documentElement.scrollWidth"))


def is_problem(said: ConsoleMessage) -> bool:
    """Any error, but the browser's own line about a page that was meant to answer 404 and the like."""
    is_of_the_page = said.location.get("url") == (said.page.url if said.page else None)
    return said.type == "error" and not (is_of_the_page and said.text.startswith("Failed to load resource"))


Opens = Callable[..., Visitor]


@pytest.fixture
def visitors(chromium: Browser) -> Iterator[Opens]:
    """Opens browsers of their own; at the end none may have seen a policy report or an error of a script."""
    opened: list[tuple[BrowserContext, Visitor]] = []

    def visit(site: Site, **options: Any) -> Visitor:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", **options})
        context.add_init_script(REPORT)
        visitor = Visitor(context.new_page(), site.address).listen()
        opened.append((context, visitor))
        return visitor

    yield visit
    problems = [problem for _, visitor in opened for problem in visitor.problems]
    for context, _ in opened:
        context.close()
    assert not problems


@pytest.fixture
def visitor(visitors: Opens, theatre: Site) -> Visitor:
    """Somebody at the portal with canned services."""
    assert theatre.stage
    theatre.stage.set()
    return visitors(theatre)


def later(site: Site, **by: int) -> None:
    """Lets time pass in the house, and everything happen that is due by then."""
    assert site.house
    clock = site.house.clock
    assert isinstance(clock, SettableClock)
    clock.set(clock.now() + timedelta(**by))
    site.house.settle()
