"""Around every view: token, rule, size and idempotency key, before the view is called with service and caller."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any

from flask import Request, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from shared.kernel.commands import AnsweredBefore, serving
from shared.kernel.errors import NotAllowed, NotFound
from shared.web.callers import NOBODY, Caller, Checker, NotSignedIn, Rule, anyone
from shared.web.idempotency import command_of
from shared.web.replies import Form


class RouteIncomplete(Exception):
    """A route says not who may call it, or not what it answers: the app is not made."""


@dataclass(frozen=True)
class Route:
    """What a view's decorators say about it."""

    view: Callable[..., Any]
    rule: Rule
    form: Form
    max_body: int | None

    @classmethod
    def of(cls, name: str, view: Any) -> "Route":
        """Raises RouteIncomplete."""
        for part, decorator in (("rule", "@requires"), ("form", "@routes.response")):
            if not hasattr(view, part):
                raise RouteIncomplete(f"{name} has no {decorator}")
        return cls(view, view.rule, view.form, getattr(view, "max_body", None))


@dataclass(frozen=True)
class Served:
    """A view as Flask calls it: with the ids in its path."""

    route: Route
    service: Any
    checker: Checker

    def __call__(self, **ids: str) -> Any:
        caller = caller_of(request, self.checker)
        try:
            self._admit(caller, ids)
            return self._answer(caller, ids)
        except NotAllowed:
            if ids:
                raise NotFound from None
            raise

    def _admit(self, caller: Caller, ids: dict[str, str]) -> None:
        if caller.anonymous and self.route.rule is not anyone:
            raise NotSignedIn
        self.route.rule(self.service, caller, ids)
        limit_body(request, self.route.max_body)

    def _answer(self, caller: Caller, ids: dict[str, str]) -> Response:
        command = command_of(request, caller, self.route.form)
        try:
            with serving(command) if command else nullcontext():
                answer: Response = self.route.view(self.service, caller, **ids)
                return answer
        except AnsweredBefore as before:
            return self.route.form.repeat(before.answer)


def served(name: str, view: Any, service: Any, checker: Checker) -> Callable[..., Any]:
    """The view, ready for Flask."""
    one = Served(Route.of(name, view), service, checker)

    def answer(**ids: str) -> Any:
        return one(**ids)
    return update_wrapper(answer, view)


def caller_of(request: Request, checker: Checker) -> Caller:
    """Who calls; nobody when there is no Authorization. Raises NotSignedIn for any other scheme or a bad token."""
    header = request.headers.get("Authorization")
    if header is None:
        return NOBODY
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn("send a bearer token")
    return checker.check(token.strip())


def limit_body(request: Request, max_body: int | None) -> None:
    """Refuses what is declared too large before anything of it is read; the rest is counted while it is read."""
    if max_body is not None:
        request.max_content_length = request.max_form_memory_size = max_body
    limit = request.max_content_length
    if limit is not None and (request.content_length or 0) > limit:
        raise RequestEntityTooLarge
