"""What every answer carries, and which requests are not served at all."""

import secrets

from flask import Flask, Response, request
from flask_wtf import CSRFProtect
from werkzeug.exceptions import Forbidden

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "object-src 'none'; require-trusted-types-for 'script'"
)
PREVIEW_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
SAFE = ("GET", "HEAD", "OPTIONS")
OURS = (None, "same-origin", "none")


def join(app: Flask) -> None:
    """The hidden field in every form, the browser's own word on where a request came from, and strict policies."""
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    CSRFProtect(app)
    app.before_request(refuse_foreign_forms)
    app.after_request(harden)
    app.teardown_request(let_go_of_files)


def nonce() -> str:
    """One a request: scripts and htmx elements carry it, injected ones cannot."""
    found = request.environ.get("ithaca.nonce")
    if not isinstance(found, str):
        found = request.environ["ithaca.nonce"] = secrets.token_urlsafe(16)
    return found


def refuse_foreign_forms() -> None:
    """Old browsers send no Sec-Fetch-Site; the hidden field still holds for them."""
    if request.method not in SAFE and request.headers.get("Sec-Fetch-Site") not in OURS:
        raise Forbidden


def let_go_of_files(_error: BaseException | None) -> None:
    """Uploads do not wait for the collector of garbage."""
    request.close()


def harden(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce()))
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return response
