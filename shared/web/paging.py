"""Lists, a page at a time: opaque cursors, and the next page as a Link."""

import base64
import binascii
import hashlib
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlencode

import orjson
from flask import request
from marshmallow import ValidationError, fields, validate

from shared.kernel.clock import iso, parse
from shared.web.bodies import Query
from shared.web.replies import Reply

After = tuple[Any, str]
MAX_LIMIT = 200


class Found(Protocol):
    """A page, such as `Repository.find` answers."""

    @property
    def items(self) -> list[Any]: ...
    @property
    def after(self) -> After | None: ...


class Cursor(fields.Field[After]):
    """Where a page begins: opaque outside, the (value, id) of `Repository.find` inside.

    It counts on the path it was given for only. It is no secret and no permission: the rule of the route and the filter
    of the list decide what is shown, wherever a page begins.
    """

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> After:  # noqa: ARG002
        try:
            return unsealed(str(value), request.path)
        except (ValueError, TypeError, binascii.Error) as error:
            raise ValidationError("Not a cursor of this list: begin again without it.") from error


class Paging(Query):
    """Query of a list: loads into {"limit": int, "after": (value, id) | None}. Add filters in a subclass."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, MAX_LIMIT))
    after = Cursor(load_default=None, metadata={"type": "string", "description": "Of the Link to the next page"})


def paged(found: Found, items: list[Any] | None = None) -> Reply:
    """The page for `items_of`, with a Link to the next one. `items` where what is shown is not what was found."""
    body = {"items": found.items if items is None else items}
    return body, {} if found.after is None else {"Link": f'<{_next(found.after)}>; rel="next"'}


def _next(after: After) -> str:
    query = request.args.to_dict(flat=False) | {"after": [sealed(after, request.path)]}
    return f"{request.root_path}{request.path}?{urlencode(query, doseq=True)}"


def sealed(after: After, path: str) -> str:
    """The cursor of this place in the list at this path."""
    value, last = after
    kind, plain = ("t", iso(value)) if isinstance(value, datetime) else ("v", value)
    payload = orjson.dumps([kind, plain, last])
    return base64.urlsafe_b64encode(_seal(payload, path) + payload).decode().rstrip("=")


def unsealed(text: str, path: str) -> After:
    """Raises ValueError for what `sealed` did not write for this path."""
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    seal, payload = raw[:8], raw[8:]
    if seal != _seal(payload, path):
        raise ValueError("not of this list")
    kind, value, last = orjson.loads(payload)
    if not isinstance(last, str) or not isinstance(value, str | int | float | None):
        raise ValueError("not a place in a list")
    return (parse(str(value)) if kind == "t" else value), last


def _seal(payload: bytes, path: str) -> bytes:
    return hashlib.sha256(path.encode() + b"\x1f" + payload).digest()[:8]
