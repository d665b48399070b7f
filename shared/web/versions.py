"""A document's version over HTTP: ETag, If-Match, If-None-Match."""

import re

from flask import Response, request

from shared.kernel.errors import DomainError, Stale

_STRONG = re.compile(r'"(\d{1,15})"')


class VersionRequired(DomainError):
    """The change must say which version it is of."""

    code = "version-required"


def expected_version() -> int | None:
    """The version that If-Match names; None when it is absent or `*`. Raises Stale for anything that can match none:
    weak tags, several, or tags that are not ours."""
    given = request.headers.get("If-Match")
    if given is None or given.strip() == "*":
        return None
    if not (found := _STRONG.fullmatch(given.strip())):
        raise Stale("If-Match takes the one ETag that this resource was answered with")
    return int(found[1])


def required_version() -> int | None:
    """As `expected_version`; raises VersionRequired when If-Match is absent."""
    if "If-Match" not in request.headers:
        raise VersionRequired('send the ETag of the version that you change as If-Match, or "*" for any')
    return expected_version()


def etag(response: Response, version: int | None) -> Response:
    """The answer with its version as a strong tag; without one, as it is."""
    if version is not None:
        response.set_etag(str(version))
    return response


def unchanged(response: Response) -> Response:
    """304 in place of a body that the client has."""
    if request.method not in ("GET", "HEAD"):
        return response
    tag, _ = response.get_etag()
    if tag and request.if_none_match.contains_weak(tag):
        response.set_data(b"")
        response.status_code = 304
        response.headers.remove("Content-Type")
    return response
