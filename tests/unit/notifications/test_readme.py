"""The tables of the README equal the code."""

import re
from pathlib import Path

from services.notifications.contracts.catalogue import EVENTS
from services.notifications.entrypoints.events import TOPICS
from services.notifications.entrypoints.http import make_app
from tests.unit.notifications.house import NotificationsHouse

SERVICE = Path(__file__).parents[3] / "services" / "notifications"


def table(heading: str) -> set[str]:
    """What stands between backticks in the first column."""
    section = (SERVICE / "README.md").read_text().partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([^`]+)`", section, re.MULTILINE))


def test_every_route_is_listed(house: NotificationsHouse) -> None:
    app = make_app(house.notifications, house.settings, house.backbone)

    rules = [(next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"})),
              rule.rule.removeprefix("/v1"))
             for rule in app.url_map.iter_rules() if rule.rule.startswith("/v1/") and "openapi" not in rule.rule]

    assert {f"{method} {path.replace('<', '{').replace('>', '}')}" for method, path in rules} == table("Endpoints")


def test_every_event_and_topic_is_listed() -> None:
    assert {event.type for event in EVENTS} == table("Publishes")
    assert set(TOPICS) == table("Listens to")


def test_every_setting_is_listed() -> None:
    source = (SERVICE / "settings.py").read_text()

    assert set(re.findall(r'"([A-Z_]{5,})"', source)) == table("Settings")
