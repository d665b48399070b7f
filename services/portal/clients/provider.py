"""The company's identity provider: OpenID Connect's authorization code flow with PKCE, state and nonce."""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, urlencode

import httpx

from shared.kernel.errors import Unavailable
from shared.web.callers import NotSignedIn
from shared.web.keys import AWAY, Asked, DiscoveredKeys, about
from shared.web.tokens import TokenChecker, TrustedIssuer

LONGEST = 600
"""Seconds that somebody may take at the provider."""


@dataclass(frozen=True)
class Attempt:
    """What the browser keeps while the person is at the provider; all of it is used once."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    next: str
    begun: int

    @classmethod
    def begin(cls, next: str, now: float) -> "Attempt":
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, next, int(now))

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def is_answered_by(self, state: str, now: float) -> bool:
        return same(self.state, state) and now - self.begun <= LONGEST


@dataclass
class Provider:
    """`client_id` and `secret` are what the provider knows the portal by; `return_to` is where it sends people back."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    return_to: str
    http: httpx.Client
    seconds: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self._about = Asked(lambda: about(self.http, self.issuer), self.seconds)
        keys = DiscoveredKeys(self.issuer, self.http)
        self._checker = TokenChecker([TrustedIssuer(self.issuer, self.client_id, keys)])

    def address(self, attempt: Attempt) -> str:
        """Where the person signs in. Raises Unavailable."""
        query = {"response_type": "code", "client_id": self.client_id, "redirect_uri": self.return_to,
                 "scope": "openid profile email", "state": attempt.state, "nonce": attempt.nonce,
                 "code_challenge": attempt.challenge, "code_challenge_method": "S256"}
        return with_query(self._place("authorization_endpoint"), query)

    def claims(self, code: str, attempt: Attempt) -> dict[str, Any]:
        """Who came back with this code. Raises NotSignedIn, Unavailable."""
        claims = self._checker.claims(self._id_token(code, attempt))
        if not same(str(claims.get("nonce", "")), attempt.nonce):
            raise NotSignedIn("the token answers another question")
        if claims.get("azp", self.client_id) != self.client_id:
            raise NotSignedIn("the token was made for somebody else")
        return claims

    def sign_out_address(self, back_to: str) -> str | None:
        """Where the sign-in at the provider ends; None where it has no such place, or does not answer."""
        query = {"client_id": self.client_id, "post_logout_redirect_uri": back_to}
        try:
            return with_query(self._place("end_session_endpoint"), query)
        except Unavailable:
            return None

    def _id_token(self, code: str, attempt: Attempt) -> str:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.return_to,
                "code_verifier": attempt.verifier}
        place = self._place("token_endpoint")
        try:
            answer = self.http.post(place, data=form, auth=(quote_plus(self.client_id), quote_plus(self.secret)))
            told = answer.json()
            if told.get("error") in ("invalid_client", "unauthorized_client"):
                raise Unavailable("the provider does not take OIDC_CLIENT_ID and OIDC_CLIENT_SECRET")
            if answer.status_code in (400, 401):
                raise NotSignedIn("the provider does not take the code")
            return str(answer.raise_for_status().json()["id_token"])
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError, AttributeError):
            raise Unavailable(AWAY) from None

    def _place(self, name: str) -> str:
        place = str(self._about.answer().get(name, ""))
        if not place.startswith("https:" if self.issuer.startswith("https:") else "http"):
            raise Unavailable(AWAY)
        return place


def with_query(place: str, query: Mapping[str, str]) -> str:
    return f"{place}{'&' if '?' in place else '?'}{urlencode(query)}"


def same(one: str, other: str) -> bool:
    """Compared in a time that tells nothing."""
    return hmac.compare_digest(one.encode(errors="replace"), other.encode(errors="replace"))
