"""What each page about a programme takes: the portal before the matching of a town. What the other services know of it
does not grow with the town, and comes from memory."""

import re
from dataclasses import dataclass
from functools import cached_property
from time import process_time

from flask import Flask

from services.portal import bootstrap
from services.portal.assets import build
from services.portal.entrypoints.http import make_app
from services.portal.settings import Settings
from tests.bench.matching.routes import Asked
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FakeServices
from tests.unit.surveys.calling import KEY

SETTINGS = Settings(
    public_url="http://127.0.0.1:8080", cookie_secret="a secret of more than thirty-two characters",
    token_key=KEY.as_pem(private=True).decode(), organisation="Caldera Group", office_address="", part_seconds=60.0)


@dataclass(frozen=True)
class Pages:
    """As the coordinator of the town's programme sees them."""

    asked: Asked

    @cached_property
    def app(self) -> Flask:
        build.main()
        others = FakeServices().services
        portal = bootstrap.build(
            SETTINGS, apps={**others, "matching": self.asked.app}, clock=self.asked.town.house.clock,
            sample_people=lambda: [("carla", "Carla", ("programme-office",), "office", "")])
        return make_app(portal, SETTINGS)

    @cached_property
    def browser(self) -> Browser:
        browser = Browser(self.app.test_client())
        assert browser.sign_in("carla").status_code == 303
        return browser

    @cached_property
    def paths(self) -> dict[str, str]:
        """Every page that is there for them, and its address."""
        ids = self.asked.ids
        rules = [rule for rule in self.app.url_map.iter_rules()
                 if "GET" in (rule.methods or ()) and rule.arguments <= ids.keys()]
        known = {rule.rule: re.sub(r"<(\w+)>", lambda found: ids[found[1]], rule.rule) for rule in rules}
        return {rule: path for rule, path in known.items() if self._is_page(path)}

    def _is_page(self, path: str) -> bool:
        answer = self.browser.get(path)
        return answer.status_code == 200 and answer.mimetype == "text/html"

    def taken(self, rule: str) -> float:
        """Seconds of the processor for one page, all that it asks for included."""
        begun = process_time()
        answer = self.browser.get(self.paths[rule])
        seconds = process_time() - begun
        assert answer.status_code == 200, (rule, answer.status_code)
        return seconds
