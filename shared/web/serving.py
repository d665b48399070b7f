"""One request: who calls, may they, under which idempotency key, and what they are answered."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from flask import Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from shared.kernel.acting import Acting, acting
from shared.kernel.commands import AnsweredBefore, serving
from shared.kernel.errors import NotAllowed, NotFound
from shared.kernel.points import reached
from shared.kernel.trace import current_traceparent
from shared.web.callers import NOBODY, Caller, Checker, NotSignedIn, anyone
from shared.web.idempotency import command_of
from shared.web.limiter import Limiter
from shared.web.replies import Form


@dataclass(frozen=True)
class Served:
    """A view as Flask calls it. Order of checks: token, pace, rule, size, media type, body, use case.

    What is not allowed on a route with ids is not found there, whether the rule or the use case says so.
    """

    service: Any
    checker: Checker
    view: Callable[..., Any]
    max_bytes: int
    limiter: Limiter | None = None

    def __call__(self, **ids: Any) -> Response:
        caller = identify(self.checker)
        if self.limiter:
            self.limiter.admit(caller.subject or f"from {request.remote_addr}")
        try:
            self._admit(caller, ids)
            return self._answer(caller, ids)
        except NotAllowed:
            if ids:
                raise NotFound("nothing here") from None
            raise

    def _admit(self, caller: Caller, ids: Mapping[str, str]) -> None:
        rule = self.view.rule  # type: ignore[attr-defined]
        if caller.anonymous and rule is not anyone:
            raise NotSignedIn
        rule(self.service, caller, ids)
        limit_body(getattr(self.view, "max_bytes", self.max_bytes))

    def _answer(self, caller: Caller, ids: Mapping[str, str]) -> Response:
        form: Form = self.view.form  # type: ignore[attr-defined]
        command = command_of(request, caller, form)
        try:
            with serving(command) if command else nullcontext(), acting(_acting(caller)):
                reply = form.reply(self.view(self.service, caller, **ids))
            if command:
                reached("api-after-write")
            return reply
        except AnsweredBefore as again:
            return form.repeat(again.answer)


def _acting(caller: Caller) -> Acting:
    """The trace is what the access log knows the request by."""
    return Acting(caller.known_as, f"{request.method} {request.url_rule}", (current_traceparent() or "")[3:35] or None)


def limit_body(max_bytes: int) -> None:
    """What is declared too large is refused before anything is read; the rest is counted while it is."""
    request.max_content_length = max_bytes
    if (request.content_length or 0) > max_bytes:
        raise RequestEntityTooLarge


def identify(checker: Checker) -> Caller:
    """The caller of this request; NOBODY without a token. Raises NotSignedIn for a token that does not count."""
    given = request.headers.get("Authorization")
    if given is None:
        return NOBODY
    scheme, _, token = given.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn("send Authorization: Bearer <token>")
    return checker.check(token.strip())
