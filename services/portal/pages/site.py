"""Views are functions of a visit; here they become routes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from flask import Flask, Response, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from services.portal.pages.portal import Portal
from services.portal.pages.unsent import keep
from services.portal.pages.visit import go, visit_of
from shared.kernel.trace import tracing

View = Callable[..., ResponseReturnValue]
KEPT = _l("You were signed out meanwhile, and nothing was sent. What you filled in is kept for half an hour: sign in, "
          "look through it and send it again.")
FIND_IT = _l("You were signed out meanwhile, and nothing was sent. Sign in, find the page again and send it once more.")
SEND_AGAIN = _l("You were signed out meanwhile, and nothing was sent. Sign in: then you are back on the page you came "
                "from, and can send it again.")


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
            app.add_url_rule(route.path, self.endpoint(route), served(portal, route), methods=[route.method])

    def endpoint(self, route: Route) -> str:
        return f"{self.name}.{route.view.__name__}"

    def closed(self) -> set[str]:
        """The endpoints that need a sign-in."""
        return {self.endpoint(route) for route in self.routes if not route.is_open}


def served(portal: Portal, route: Route) -> View:
    """The view with its visit."""

    @wraps(route.view)
    def serve(**ids: Any) -> ResponseReturnValue:
        with tracing(request.headers.get("traceparent")):
            return route.view(visit_of(portal), **ids)

    return serve


def join(app: Flask, portal: Portal, subjects: Iterable[Pages]) -> None:
    """Strangers go to the sign-in page before anything is asked of their forms: whose session is over has a stale one,
    too."""
    closed = {endpoint for pages in subjects for endpoint in pages.closed()}

    def stop_strangers() -> Response | None:
        return to_sign_in(app, portal) if request.endpoint in closed and not visit_of(portal).who else None

    app.before_request(stop_strangers)


def to_sign_in(app: Flask, portal: Portal) -> Response:
    """And after it back to this page, or to the one that a form was sent from, with what was filled in."""
    path = request.full_path.rstrip("?") if request.method == "GET" else came_from(app)
    if request.method != "GET":
        flash(str(signed_out(path, keep(app, portal, path))), "watch")
    return go(url_for("sign_in.choose") + (f"?next={quote(path)}" if path != "/" else ""))


def signed_out(path: str, is_kept: bool) -> LazyString:
    return KEPT if is_kept else FIND_IT if path == "/" else SEND_AGAIN


def came_from(app: Flask) -> str:
    """The page of ours that sent the form; the first one where the browser does not say, or where the page was the
    answer to a form, whose address only takes forms."""
    sender = urlsplit(request.referrer or "")
    if sender.netloc != request.host or not is_read(app, unquote(sender.path)):
        return "/"
    return safe_path(sender.path + (f"?{sender.query}" if sender.query else ""))


def is_read(app: Flask, path: str) -> bool:
    adapter = app.create_url_adapter(request)
    return adapter is not None and adapter.test(path, "GET")


def safe_path(path: str) -> str:
    """Where to go after the sign-in: only a path of this site. Browsers overlook tabs and ends of lines, so none may
    stand before a second slash."""
    return path if path.startswith("/") and path.isprintable() and not path.startswith(("//", "/\\")) else "/"


def query_of(args: Mapping[str, str], **changed: str | int) -> str:
    """The address's query with some values changed: filters and pages live in the address."""
    merged = {**args, **{name: str(value) for name, value in changed.items()}}
    return "?" + "&".join(f"{quote(name)}={quote(value)}" for name, value in merged.items() if value)
