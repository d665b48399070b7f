"""RFC 9457 problems: the one table of what a refusal becomes over HTTP."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import orjson
from flask import Response

from shared.kernel.errors import (
    AlreadyExists,
    Busy,
    DomainError,
    EventTooLarge,
    Invalid,
    KeyReused,
    NotAllowed,
    NotFound,
    OutboxFull,
    QuotaReached,
    ShapeTooNew,
    Stale,
    StoreFull,
    Unavailable,
    WrongState,
)
from shared.web.limiter import TooManyRequests
from shared.web.versions import VersionRequired

MEDIA_TYPE = "application/problem+json"


class Kind(NamedTuple):
    """What a class of refusals becomes: status, title, and for passing troubles the seconds to wait."""

    status: int
    title: str
    retry_after: int | None = None


Table = Mapping[type[DomainError], Kind]

PROBLEMS: dict[type[DomainError], Kind] = {
    DomainError: Kind(409, "Refused"),
    NotFound: Kind(404, "Not found"),
    NotAllowed: Kind(403, "Not allowed"),
    AlreadyExists: Kind(409, "Exists already"),
    WrongState: Kind(409, "Not possible in this state"),
    Invalid: Kind(422, "Breaks a rule"),
    KeyReused: Kind(422, "Idempotency-Key used before for another request"),
    EventTooLarge: Kind(422, "Too large"),
    Stale: Kind(412, "Changed meanwhile"),
    VersionRequired: Kind(428, "Say which version"),
    TooManyRequests: Kind(429, "Too many requests", retry_after=1),
    QuotaReached: Kind(429, "Enough for now", retry_after=3_600),
    Busy: Kind(503, "Changed by many at once", retry_after=1),
    OutboxFull: Kind(503, "Too much waits to be published", retry_after=30),
    StoreFull: Kind(503, "Out of space", retry_after=60),
    Unavailable: Kind(503, "Not available now", retry_after=5),
    ShapeTooNew: Kind(503, "Written by a newer release", retry_after=30),
}
"""Subclasses are answered as their nearest parent here, with their own code; DomainError itself is the last resort."""


def codes_of(errors: Iterable[type[DomainError]], table: Table = PROBLEMS) -> dict[str, dict[str, Any]]:
    """What a client may be told, by code: status and meaning."""
    return {one.code: {"status": kind_of(one, table).status, "means": " ".join((one.__doc__ or "").split())}
            for one in sorted(errors, key=lambda one: one.code)}


def refusals_of(*packages: str) -> Iterator[type[DomainError]]:
    """Those that are declared in these packages, as far as they are imported."""
    return (one for one in _below(DomainError) if one.__module__.startswith(packages))


def _below(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def kind_of(error: type[DomainError], table: Table = PROBLEMS) -> Kind:
    """The entry of the nearest class in the table."""
    return next(table[parent] for parent in error.__mro__ if parent in table)


def problem(status: int, code: str, title: str, detail: str | None = None, **more: Any) -> Response:
    """The answer. `code` is stable, `title` goes with the code, `detail` is about this time."""
    body = {"type": f"urn:problem-type:{code}", "title": title, "status": status, "code": code, "detail": detail,
            **more}
    told = {name: value for name, value in body.items() if value is not None}
    return Response(orjson.dumps(told), status, content_type=MEDIA_TYPE)


def refusal(error: DomainError, table: Table = PROBLEMS) -> Response:
    """The problem of a refused command. One for something not found is always the same, whatever was looked for."""
    if isinstance(error, NotFound):
        return not_found()
    kind = kind_of(type(error), table)
    answer = problem(kind.status, error.code, kind.title, str(error) or None)
    if kind.retry_after is not None:
        answer.headers["Retry-After"] = str(kind.retry_after)
    return answer


def not_found() -> Response:
    """Never says what was not found: what exists elsewhere must look like what does not exist."""
    return problem(404, NotFound.code, "Not found", "There is nothing here, or nothing that you may see.")
