"""Reads bodies and queries for their schemas: strict JSON, and unknown names are left to the schema everywhere."""

from typing import Any

import orjson
from flask import Request
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

LARGEST_EXACT = 2**53
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


class MalformedJson(BadRequest):
    """The body is no JSON in UTF-8 that every reader reads alike: no NaN, half characters or endless nesting."""

    name = "Malformed JSON"


class Parser(FlaskParser):
    """webargs' parser, but a body is JSON or refused, and a query nobody understands is refused by its schema."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {}

    def use_args(self, argmap: Any, *args: Any, **kwargs: Any) -> Any:
        """Makes the schema here, once; webargs would make it anew for every request."""
        return super().use_args(argmap() if isinstance(argmap, type) else argmap, *args, **kwargs)

    def load_json(self, req: Request, schema: Any) -> Any:  # noqa: ARG002 - webargs' signature
        raw = req.get_data(cache=True)
        if not raw:
            return {}
        if not req.is_json:
            raise UnsupportedMediaType("send application/json")
        return exact(parsed(raw))

    def load_form(self, req: Request, schema: Any) -> Any:
        if req.mimetype not in FORMS:
            raise UnsupportedMediaType("send a form")
        return super().load_form(req, schema)

    def load_files(self, req: Request, schema: Any) -> Any:
        if req.mimetype != "multipart/form-data":
            raise UnsupportedMediaType("send multipart/form-data")
        return super().load_files(req, schema)


def parsed(raw: bytes) -> Any:
    """The value. Raises MalformedJson with the place, never with what stands there."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise MalformedJson(f"not JSON at line {error.lineno}, column {error.colno}") from None


def exact(value: Any) -> Any:
    """The value as it is. Raises MalformedJson when a number in it is beyond what every reader and engine keeps."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, int | float) and abs(one) > LARGEST_EXACT:
            raise MalformedJson("a number is larger than 2^53")
    return value
