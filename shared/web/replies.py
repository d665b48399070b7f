"""What a view returns becomes an answer: status, schema, ETag, Location; the same for a first answer and its repeat."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Response, request
from marshmallow import Schema

from shared.kernel.aggregate import Answer
from shared.web.versions import etag, unchanged

API_ROOT = "/v1"
Reply = tuple[Any, dict[str, str]]
"""A body and further headers, as a view may return them."""


def itself(body: Any) -> Any:
    """What is shown is what was returned."""
    return body


@dataclass(frozen=True)
class Form:
    """The form of a route's answers.

    `of` turns what the view returns into what the schema shows; `location` is a path below /v1 with fields of the shown
    body in braces. Not `keyed`: an Idempotency-Key says nothing here, as in a protocol that knows none.
    """

    status: int
    schema: Schema | None = None
    location: str | None = None
    of: Callable[[Any], Any] = itself
    content_type: str = "application/json"
    keyed: bool = True

    def reply(self, returned: Any) -> Response:
        """The answer to the command or query that returned this."""
        if isinstance(returned, Response):
            return returned
        body, headers = returned if isinstance(returned, tuple) and type(returned) is tuple else (returned, {})
        return self._answer(self.written(body), headers)

    def written(self, body: Any) -> dict[str, Any]:
        """Body, version and location as plain values: what an idempotency key remembers."""
        shown = self.of(body)
        dumped = self.schema.dump(shown) if self.schema else shown
        return {"body": dumped, "version": _version(shown, body), "location": self._location(dumped)}

    def render(self, aggregate: Any) -> tuple[int, str]:
        """For `Command`: kept as text, so that no engine looks at the names within."""
        return self.status, orjson.dumps(self.written(aggregate)).decode()

    def repeat(self, answer: Answer) -> Response:
        """The first answer, given again."""
        again = self._answer(orjson.loads(answer.body), {}, answer.status)
        again.headers["Idempotency-Replayed"] = "true"
        return again

    def _location(self, dumped: Any) -> str | None:
        return API_ROOT + self.location.format_map(dumped) if self.location else None

    def _answer(self, written: Mapping[str, Any], headers: Mapping[str, str], status: int | None = None) -> Response:
        body = b"" if written["body"] is None else orjson.dumps(written["body"])
        response = Response(body, status or self.status, content_type=self.content_type)
        response.headers.extend(headers)
        if written["location"]:
            response.headers["Location"] = request.root_path + written["location"]
        return unchanged(etag(response, written["version"]))


def _version(*candidates: Any) -> int | None:
    for one in candidates:
        version = one.get("version") if isinstance(one, Mapping) else getattr(one, "version", None)
        if type(version) is int:
            return version
    return None
