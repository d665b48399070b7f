"""The tables of the two READMEs equal the code."""

import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from services.surveys.settings import Settings
from shared.kernel.clock import SystemClock
from shared.runtime.backbone import Backbone
from shared.runtime.engines import open_log, open_store
from tests.unit.surveys.calling import PUBLIC_KEY

ROOT = Path(__file__).parents[3]
SERVICES = ("surveys", "community")


def table(service: str, heading: str) -> list[str]:
    """What stands between backticks in the first column."""
    text = (ROOT / "services" / service / "README.md").read_text()
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `([^`]+)`", section, re.MULTILINE)


def part(service: str, module: str) -> Any:
    return import_module(f"services.{service}.{module}")


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_is_listed(service: str, tmp_path: Path) -> None:
    backbone = Backbone(service, open_store(f"sqlite:{tmp_path}?min_free=0", service),
                        open_log(f"embedded:{tmp_path}?min_free=0"), SystemClock())
    settings = replace(Settings(), token_key=PUBLIC_KEY)
    built = part(service, "bootstrap").build(settings, backbone)
    app = part(service, "entrypoints.http").make_app(built, settings, backbone)

    rules = [(next(iter(rule.methods - {"HEAD", "OPTIONS"})), rule.rule.removeprefix("/v1")) for rule
             in app.url_map.iter_rules() if rule.rule.startswith("/v1/") and not rule.rule.endswith("openapi.json")]
    backbone.close()
    backbone.log.close()

    served = {f"{method} {path.replace('<', '{').replace('>', '}')}" for method, path in rules}
    assert served == set(table(service, "Endpoints"))


@pytest.mark.parametrize("service", SERVICES)
def test_every_event_and_topic_is_listed(service: str) -> None:
    assert {event.type for event in part(service, "contracts.catalogue").EVENTS} == set(table(service, "Publishes"))
    assert set(part(service, "entrypoints.events").TOPICS) == set(table(service, "Listens to"))


@pytest.mark.parametrize("service", SERVICES)
def test_every_setting_is_listed(service: str) -> None:
    source = (ROOT / "services" / service / "settings.py").read_text()

    assert set(re.findall(r'"([A-Z_]{5,})"', source)) == set(table(service, "Settings"))
