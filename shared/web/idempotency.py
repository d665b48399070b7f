"""Idempotency-Key: the command that a request is, so that its repeat gets the first answer."""

import hashlib
import re
from collections.abc import Iterator
from typing import IO

from flask import Request

from shared.kernel.commands import Command
from shared.kernel.errors import Invalid
from shared.web.callers import Caller
from shared.web.replies import Form

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_KEY = re.compile(r"[\x20-\x7e]{1,255}")


class BadKey(Invalid):
    """The Idempotency-Key is empty, too long or not plain ASCII."""

    code = "idempotency-key-invalid"


def command_of(request: Request, caller: Caller, form: Form) -> Command | None:
    """The command to serve. None for reads, without a key, where keys say nothing, and for anonymous callers: nobody
    can be told from nobody, so nothing is remembered for them. Raises BadKey."""
    key = request.headers.get("Idempotency-Key") if form.keyed else None
    if key is None or request.method not in CHANGING:
        return None
    if not _KEY.fullmatch(key) or not key.strip():
        raise BadKey("an Idempotency-Key has 1 to 255 printable ASCII characters")
    if caller.anonymous:
        return None
    return Command(caller=caller.opaque, key=key, route=f"{request.method} {request.url_rule}",
                   request=request_hash(request), render=form.render)


def request_hash(request: Request) -> str:
    """SHA-256 over method, path, query and content. Of a form its parts count, not the boundary that a client throws
    anew each time."""
    digest = hashlib.sha256()
    for part in (request.method.encode(), request.path.encode(), request.query_string, *_content(request)):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _content(request: Request) -> Iterator[bytes]:
    if request.mimetype != "multipart/form-data":
        yield request.get_data(cache=True)
        return
    for name, text in sorted(request.form.items(multi=True)):
        yield from (name.encode(), text.encode())
    for name, file in request.files.items(multi=True):
        yield from (name.encode(), (file.filename or "").encode(), _hash(file.stream))


def _hash(stream: IO[bytes]) -> bytes:
    digest = hashlib.sha256()
    while chunk := stream.read(1 << 16):
        digest.update(chunk)
    stream.seek(0)
    return digest.digest()
