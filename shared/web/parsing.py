"""Reads a request for its schema: strict JSON, multipart forms, queries; what cannot be read becomes a problem."""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import orjson
from flask import Request
from marshmallow import ValidationError
from webargs.flaskparser import FlaskParser
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.exceptions import UnsupportedMediaType

LARGEST_EXACT = 2**53


class MalformedJson(Exception):
    """The body is no JSON (RFC 8259, UTF-8, numbers that every reader reads alike)."""


class Unreadable(Exception):
    """The schema does not take what was sent: `errors` as RFC 9457 lists them."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__(f"{len(errors)} errors")
        self.errors = errors


class Parser(FlaskParser):
    """Adds the location `multipart` (fields and files together) and leaves unknown names to the schema everywhere."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {}
    __location_map__ = {**FlaskParser.__location_map__, "multipart": "load_multipart"}

    def load_json(self, req: Request, _schema: Any) -> Any:
        raw = req.get_data(cache=True)
        if not raw:
            return {}
        if req.mimetype != "application/json":
            raise UnsupportedMediaType("This takes application/json.")
        return _exact(_parsed(raw))

    def load_multipart(self, req: Request, schema: Any) -> Any:
        if req.mimetype != "multipart/form-data":
            raise UnsupportedMediaType("This takes multipart/form-data.")
        both: Any = CombinedMultiDict([req.form, req.files])
        return MultiDictProxy(both, schema)

    def handle_error(self, error: ValidationError, *_args: Any, **_kwargs: Any) -> NoReturn:
        ((location, messages),) = dict(error.messages).items()
        raise Unreadable(list(pointed(messages, "parameter" if location == "query" else "pointer")))


def _parsed(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise MalformedJson(f"not JSON: line {error.lineno}, column {error.colno}") from None


def _exact(value: Any) -> Any:
    """As it is; a whole number that not every reader keeps exactly is refused, wherever it stands."""
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


def pointed(messages: Any, kind: str, path: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """marshmallow's nested messages, one entry each: {"pointer": "#/a/0/b", "detail": …} or {"parameter": …}."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from pointed(inner, kind, path if name == "_schema" else (*path, str(name)))
    else:
        for text in messages if isinstance(messages, list) else [messages]:
            yield {kind: _place(path, kind), "detail": str(text)}


def _place(path: tuple[str, ...], kind: str) -> str:
    if kind == "parameter":
        return ".".join(path)
    return "#" + "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in path)
