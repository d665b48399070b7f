"""One request: who calls, may they, under which idempotency key, and what they are answered."""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from flask import Response, request
from werkzeug.exceptions import UnsupportedMediaType

from shared.kernel.commands import AnsweredBefore, Command, serving
from shared.kernel.errors import Invalid, NotAllowed, NotFound
from shared.kernel.trace import tracing
from shared.web.callers import NOBODY, Caller, Checker, NotSignedIn, anyone
from shared.web.replies import Form

_CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


class BadKey(Invalid):
    """The Idempotency-Key is empty or too long."""

    code = "idempotency-key-invalid"


@dataclass(frozen=True)
class Served:
    """A view as Flask calls it. Order of checks: token, rule, media type and size, body, use case."""

    service: Any
    checker: Checker
    view: Callable[..., Any]
    max_bytes: int

    def __call__(self, **ids: Any) -> Response:
        request.max_content_length = getattr(self.view, "max_bytes", self.max_bytes)
        caller = identify(self.checker)
        self._allow(caller, ids)
        self._require_json()
        form: Form = self.view.form  # type: ignore[attr-defined]
        with tracing(request.headers.get("traceparent")), self._command(caller, form):
            try:
                return form.reply(self.view(self.service, caller, **ids))
            except AnsweredBefore as again:
                return form.repeat(again.answer)

    def _allow(self, caller: Caller, ids: Mapping[str, str]) -> None:
        rule = self.view.rule  # type: ignore[attr-defined]
        if caller.anonymous and rule is not anyone:
            raise NotSignedIn
        try:
            rule(self.service, caller, ids)
        except NotAllowed:
            if ids:
                raise NotFound("nothing here") from None
            raise

    def _require_json(self) -> None:
        parameters = getattr(self.view, "_apidoc", {}).get("arguments", {}).get("parameters", [])
        takes_json = any(one["in"] == "json" for one in parameters)
        if takes_json and request.content_length != 0 and not request.is_json:
            raise UnsupportedMediaType("send application/json")

    def _command(self, caller: Caller, form: Form) -> AbstractContextManager[None]:
        key = request.headers.get("Idempotency-Key")
        if key is None or request.method not in _CHANGING:
            return nullcontext()
        if not 0 < len(key) <= 255:
            raise BadKey("an Idempotency-Key has 1 to 255 characters")
        route = f"{request.method} {request.url_rule}"
        digest = hashlib.sha256(f"{request.method} {request.full_path}\n".encode() + request.get_data())
        return serving(Command(caller=caller.subject or "nobody", key=key, route=route, request=digest.hexdigest(),
                               render=form.render))


def identify(checker: Checker) -> Caller:
    """The caller of this request; NOBODY without a token. Raises NotSignedIn for a token that does not count."""
    given = request.headers.get("Authorization")
    if given is None:
        return NOBODY
    scheme, _, token = given.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn("send Authorization: Bearer <token>")
    return checker.check(token.strip())
