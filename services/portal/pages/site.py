"""Views are functions of a visit; here they become routes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from urllib.parse import quote

from flask import Flask, request, url_for
from flask.typing import ResponseReturnValue

from services.portal.pages.portal import Portal
from services.portal.pages.visit import go, visit_of
from shared.kernel.trace import tracing

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True)
class Route:
    path: str
    method: str
    view: View
    is_open: bool


@dataclass(frozen=True)
class Pages:
    """The views of one subject. `open_to_all` ones are seen without a sign-in."""

    name: str
    routes: list[Route] = field(default_factory=list)

    def get(self, path: str, *, open_to_all: bool = False) -> Callable[[View], View]:
        return self._route(path, "GET", open_to_all)

    def post(self, path: str, *, open_to_all: bool = False) -> Callable[[View], View]:
        return self._route(path, "POST", open_to_all)

    def _route(self, path: str, method: str, is_open: bool) -> Callable[[View], View]:
        def add(view: View) -> View:
            self.routes.append(Route(path, method, view, is_open))
            return view

        return add

    def join(self, app: Flask, portal: Portal) -> None:
        for route in self.routes:
            endpoint = f"{self.name}.{route.view.__name__}"
            app.add_url_rule(route.path, endpoint, served(portal, route), methods=[route.method])


def served(portal: Portal, route: Route) -> View:
    """The view with its visit; strangers go to the sign-in page first and come back after it."""

    @wraps(route.view)
    def serve(**ids: Any) -> ResponseReturnValue:
        visit = visit_of(portal)
        if visit.who is None and not route.is_open:
            return go(sign_in_first(request.method, request.full_path))
        with tracing(request.headers.get("traceparent")):
            return route.view(visit, **ids)

    return serve


def sign_in_first(method: str, path: str) -> str:
    back = f"?next={quote(path.rstrip('?'))}" if method == "GET" and path != "/" else ""
    return url_for("sign_in.choose") + back


def safe_path(path: str) -> str:
    """Where to go after the sign-in: only a path of this site. Browsers overlook tabs and ends of lines, so none may
    stand before a second slash."""
    return path if path.startswith("/") and path.isprintable() and not path.startswith(("//", "/\\")) else "/"


def query_of(args: Mapping[str, str], **changed: str | int) -> str:
    """The address's query with some values changed: filters and pages live in the address."""
    merged = {**args, **{name: str(value) for name, value in changed.items()}}
    return "?" + "&".join(f"{quote(name)}={quote(value)}" for name, value in merged.items() if value)
