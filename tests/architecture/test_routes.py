"""Every route states who may call it, and keeps strangers out."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from deploy.standalone.house import SERVICES, House
from shared.web.callers import anyone
from shared.web.idempotency import CHANGING
from shared.web.serving import Served
from tests.unit.web.openapi_rules import complaints

OPEN_TO_ALL = {"/livez", "/readyz", "/metrics", "/v1/openapi.json"}


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def routes(app: Flask) -> list[Rule]:
    """All but health and the document about the API."""
    return [rule for rule in app.url_map.iter_rules() if rule.rule not in OPEN_TO_ALL]


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_has_a_rule_for_callers(house: House, service: str) -> None:
    app = house.rooms[service].app
    views = {rule.rule: app.view_functions[rule.endpoint] for rule in routes(app)}

    assert [path for path, view in views.items() if not isinstance(view, Served) or not callable(view.view.rule)] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("service", SERVICES)
def test_an_idempotency_key_can_remember_the_answer_to_every_change(house: House, service: str) -> None:
    app = house.rooms[service].app
    forms = {rule.rule: app.view_functions[rule.endpoint].view.form for rule in routes(app)  # type: ignore[attr-defined]
             if CHANGING & {*methods(rule)}}

    assert [path for path, form in forms.items() if form.keyed and form.schema is None] == []


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_has_a_route_for_strangers(house: House, service: str) -> None:
    views = house.rooms[service].app.view_functions.values()

    assert [view for view in views if isinstance(view, Served) and view.view.rule is anyone] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("service", SERVICES)
def test_a_stranger_is_told_to_sign_in_everywhere(house: House, service: str) -> None:
    app = house.rooms[service].app
    client = app.test_client()

    answers = {f"{method} {rule.rule}": client.open(path_of(rule), method=method).status_code
               for rule in routes(app) for method in methods(rule)}

    assert {route: status for route, status in answers.items() if status != 401} == {}


@pytest.mark.parametrize("service", SERVICES)
def test_the_document_of_every_service_is_openapi_and_names_each_schema_once(house: House, service: str) -> None:
    """A name that two schemas want is a warning of apispec's, and so an error here."""
    document = house.rooms[service].app.test_client().get("/v1/openapi.json").get_json()

    assert complaints(document) == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_day_and_moment_in_a_document_is_told_as_one(house: House, service: str) -> None:
    document = house.rooms[service].app.test_client().get("/v1/openapi.json").get_json()

    plain = {f"{schema}.{name}" for schema, name, told in texts(document)
             if re.search(r"(^|_)(on|at|until|from|day)$", name) and told.get("format") not in ("date", "date-time")}

    assert plain == set()


def texts(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Schema, name and description of every property that is a text."""
    for schema, told in document["components"]["schemas"].items():
        for name, one in told.get("properties", {}).items():
            if "string" in (one.get("type") or ()) and "enum" not in one:
                yield schema, name, one


def test_every_page_but_the_open_ones_asks_for_a_sign_in(portal: Flask) -> None:
    client = portal.test_client()
    pages = [rule for rule in routes(portal) if "GET" in methods(rule)]

    let_in = {rule.rule for rule in pages if not turned_away(client.get(path_of(rule)))}

    assert let_in <= OPEN_PAGES, "a page lets strangers in and nobody said so here"


OPEN_PAGES = {"/sign-in", "/sign-in/start", "/sign-in/return", "/help", "/privacy", "/accessibility", "/c/<code>",
              "/c/<code>/<int:rating>", "/c/<code>/thanks"}
"""Signing in, what everybody may read, and links from mails, whose code is the right to follow them."""


def turned_away(answer: object) -> bool:
    """To the sign-in page."""
    status, location = getattr(answer, "status_code", 0), getattr(answer, "location", None) or ""
    return status in (302, 303) and "/sign-in" in location


def path_of(rule: Rule) -> str:
    """The rule's path with something in each place."""
    _, path = rule.build({name: 1 if "int" in type(kind).__name__.lower() else "nothing-real"
                          for name, kind in rule._converters.items()}) or ("", "")
    return path
