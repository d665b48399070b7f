"""The tables of the services' READMEs equal the code."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from deploy.standalone.house import SERVICES, House
from tests.architecture.tree import ALL_SERVICES, ROOT, modules

SECTIONS = ["Owns", "Endpoints", "Publishes", "Listens to", "Settings", "Run it", "Decisions"]
UNLISTED = {"/livez", "/readyz", "/metrics", "/v1/openapi.json"}
"""The same everywhere."""


def readme(service: str) -> str:
    return (ROOT / "services" / service / "README.md").read_text(encoding="utf-8")


def section(service: str, heading: str) -> str:
    return readme(service).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def rows(service: str, heading: str) -> list[str]:
    """What stands between backticks at the beginning of each row."""
    return re.findall(r"^\| `([^`]+)`", section(service, heading), re.MULTILINE)


def routes(app: Flask) -> set[str]:
    return {f"{method} {shown(rule)}" for rule in app.url_map.iter_rules() if rule.rule not in UNLISTED
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}


def shown(rule: Rule) -> str:
    """`/v1/pairs/<pair_id>` → `/pairs/{pair_id}`."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix("/v1"))


def environment_names(settings: Path) -> set[str]:
    """What the reader is asked for: texts in capitals; and one address for each service where names are made."""
    names = {node.value for node in ast.walk(modules()[settings])
             if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {name for name in names if re.fullmatch(r"[A-Z][A-Z_]{2,}", name)}


@pytest.mark.parametrize("service", ALL_SERVICES)
def test_a_readme_has_the_same_parts_as_all_others(service: str) -> None:
    found = re.findall(r"^## (.+)$", readme(service), re.MULTILINE)

    assert found == SECTIONS


@pytest.mark.parametrize("service", SERVICES)
def test_endpoints(house: House, service: str) -> None:
    assert sorted(rows(service, "Endpoints")) == sorted(routes(house.rooms[service].app))


def test_pages_of_the_portal(portal: Flask) -> None:
    assert sorted(rows("portal", "Endpoints")) == sorted(routes(portal))


@pytest.mark.parametrize("service", SERVICES)
def test_events_published(service: str) -> None:
    events = import_module(f"services.{service}.contracts.catalogue").EVENTS

    assert sorted(rows(service, "Publishes")) == sorted(event.type for event in events)


@pytest.mark.parametrize("service", SERVICES)
def test_topics_listened_to(service: str) -> None:
    topics = import_module(f"services.{service}.entrypoints.events").TOPICS

    assert sorted(rows(service, "Listens to")) == sorted(topics)


@pytest.mark.parametrize("service", ALL_SERVICES)
def test_settings(service: str) -> None:
    names = environment_names(ROOT / "services" / service / "settings.py")
    every = environment_names(ROOT / "shared" / "runtime" / "settings.py")
    made = {f"{name.upper()}_URL" for name in SERVICES} if service == "portal" else every

    assert sorted(rows(service, "Settings")) == sorted(names | made)
