"""Idempotency-Key: the command that a request is, so that its repeat gets the first answer."""

import hashlib
import io
import re
from typing import Any, cast

from flask import Request

from shared.kernel.commands import Command
from shared.kernel.errors import DomainError
from shared.kernel.ids import derived_id
from shared.web.callers import Caller
from shared.web.replies import Form

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_KEY = re.compile(r"[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?")


class KeyUnusable(DomainError):
    """The Idempotency-Key is empty, longer than 255 characters or not plain ASCII."""

    code = "idempotency-key-unusable"


def command_of(request: Request, caller: Caller, form: Form) -> Command | None:
    """The command to serve; None for reads, without a key, and for anonymous callers, whom nothing is remembered of.

    Raises KeyUnusable.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None or request.method not in CHANGING:
        return None
    if not _KEY.fullmatch(key):
        raise KeyUnusable("an Idempotency-Key has 1 to 255 printable ASCII characters")
    if caller.anonymous:
        return None
    return Command(caller=derived_id("caller", str(caller.person_id), str(caller.subject)), key=key,
                   route=f"{request.method} {request.url_rule}", request=request_hash(request), render=form.render)


def request_hash(request: Request) -> str:
    """SHA-256 over method, path, query and content. Of a multipart body its parts count, not their random boundary."""
    digest = hashlib.sha256()
    for part in (request.method, request.path, request.query_string.decode("latin-1")):
        _add(digest, part.encode())
    if request.mimetype == "multipart/form-data":
        _add_parts(digest, request)
    else:
        _add(digest, request.get_data(cache=True))
    return digest.hexdigest()


def _add(digest: Any, content: bytes) -> None:
    digest.update(len(content).to_bytes(8, "big") + content)


def _add_parts(digest: Any, request: Request) -> None:
    for name, text in sorted(request.form.items(multi=True)):
        _add(digest, name.encode())
        _add(digest, text.encode())
    for name, file in request.files.items(multi=True):
        _add(digest, name.encode())
        _add(digest, (file.filename or "").encode())
        digest.update(hashlib.file_digest(cast(io.BufferedReader, file.stream), "sha256").digest())
        file.stream.seek(0)
