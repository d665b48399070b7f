"""Bearer tokens: minted by a built-in issuer or by the company's identity provider, checked in one place."""

import base64
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import httpx
import orjson
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from shared.kernel.clock import Clock, SystemClock
from shared.kernel.errors import Unavailable
from shared.web.callers import Caller, NotSignedIn

ALGORITHMS = ["ES256", "RS256", "PS256"]
"""Signatures with a private key only: a public key can never be used as a shared secret."""
SKEW = 60
_REFRESH = 30.0
_KEEP = 3600.0


class KeySource(Protocol):
    """Where an issuer's public keys come from."""

    def keys(self, kid: str | None) -> KeySet:
        """The keys, looked up anew when none has this id. Raises Unavailable."""


@dataclass(frozen=True)
class FixedKeys:
    """Keys that are known beforehand."""

    given: KeySet

    def keys(self, kid: str | None) -> KeySet:  # noqa: ARG002 - the port's
        return self.given


@dataclass
class DiscoveredKeys:
    """The keys an OpenID provider publishes; looked up at first use, hourly, and for a key id nobody knows."""

    issuer: str
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=5))
    _found: KeySet | None = None
    _at: float = 0.0

    def keys(self, kid: str | None) -> KeySet:
        age = time.monotonic() - self._at
        unknown = self._found is not None and kid not in {key.kid for key in self._found.keys}
        if self._found is None or age > _KEEP or (unknown and age > _REFRESH):
            self._found, self._at = self._look_up(), time.monotonic()
        return self._found

    def _look_up(self) -> KeySet:
        try:
            about = self.client.get(self.issuer.rstrip("/") + "/.well-known/openid-configuration").raise_for_status()
            found = self.client.get(about.json()["jwks_uri"]).raise_for_status()
            return KeySet.import_key_set(found.json())
        except (httpx.HTTPError, ValueError, KeyError, JoseError):
            raise Unavailable("the identity provider does not answer: try again") from None


@dataclass(frozen=True)
class TrustedIssuer:
    """An issuer whose tokens count, and where its tokens say who somebody is."""

    issuer: str
    audience: str
    source: KeySource
    person_claim: str = "person_id"
    roles_claim: str = "roles"

    def caller(self, claims: dict[str, Any]) -> Caller:
        """Who these claims are about."""
        person, roles = claims.get(self.person_claim), claims.get(self.roles_claim) or []
        if not isinstance(roles, list) or not isinstance(person, str | None):
            raise NotSignedIn("the token's claims have another form than agreed")
        scopes = str(claims.get("scope") or "").split()
        return Caller(person, str(claims["sub"]), frozenset(map(str, roles)), frozenset(scopes))


@dataclass(frozen=True)
class TokenChecker:
    """Checks signature, algorithm, issuer, audience and times."""

    issuers: Sequence[TrustedIssuer]

    def check(self, token: str) -> Caller:
        """Raises NotSignedIn, saying no more than needed; Unavailable when the issuer's keys cannot be had."""
        header, claims = _unverified(token)
        issuer = next((one for one in self.issuers if one.issuer == claims.get("iss")), None)
        if issuer is None:
            raise NotSignedIn("the token is of an issuer that does not count here")
        try:
            verified = jwt.decode(token, issuer.source.keys(header.get("kid")), algorithms=ALGORITHMS)
            self._registry(issuer).validate(verified.claims)
        except (JoseError, ValueError):
            raise NotSignedIn("the token is wrong or has expired") from None
        return issuer.caller(verified.claims)

    @staticmethod
    def _registry(issuer: TrustedIssuer) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            leeway=SKEW, iss={"essential": True, "value": issuer.issuer},
            aud={"essential": True, "value": issuer.audience}, exp={"essential": True}, sub={"essential": True})


def _unverified(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        head, body = (orjson.loads(base64.urlsafe_b64decode(part + "==")) for part in token.split(".")[:2])
    except ValueError:
        raise NotSignedIn("the token cannot be read") from None
    if not isinstance(head, dict) or not isinstance(body, dict):
        raise NotSignedIn("the token cannot be read")
    return head, body


@dataclass(frozen=True)
class TokenIssuer:
    """Signs short-lived tokens (ES256). `clock` is the machine's: a token's life is real seconds."""

    key: ECKey
    issuer: str = "ithaca"
    audience: str = "ithaca"
    clock: Clock = field(default_factory=SystemClock)

    def mint(self, subject: str, *, person_id: str | None = None, roles: Sequence[str] = (), scopes: Sequence[str] = (),
             lifetime: timedelta = timedelta(minutes=5)) -> str:
        """A token for this subject."""
        now = int(self.clock.now().timestamp())
        claims = {"iss": self.issuer, "aud": self.audience, "sub": subject, "person_id": person_id,
                  "roles": list(roles), "scope": " ".join(scopes), "iat": now, "nbf": now,
                  "exp": now + int(lifetime.total_seconds())}
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)

    def trusted(self) -> TrustedIssuer:
        """How a checker knows this issuer's tokens."""
        public = ECKey.import_key(self.key.as_dict(private=False))
        return TrustedIssuer(self.issuer, self.audience, FixedKeys(KeySet([public])))


def key_from(text: str) -> ECKey:
    """A key from PEM text or a JSON Web Key. Raises ValueError."""
    key = ECKey.import_key(orjson.loads(text) if text.lstrip().startswith("{") else text)
    key.ensure_kid()
    return key


def key_file(path: Path) -> ECKey:
    """The key in this file, readable by its owner alone; made when there is none. Two starts at once agree on one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(ECKey.generate_key("P-256").as_pem(private=True))
        _publish(fresh, path)
    return key_from(path.read_text())


def _publish(fresh: Path, path: Path) -> None:
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def checker_for(issuer: TokenIssuer | None, oidc_issuer: str = "", audience: str = "ithaca", *,
                person_claim: str = "person_id", discover: Callable[[str], KeySource] = DiscoveredKeys) -> TokenChecker:
    """Trusts the built-in issuer when given, and the identity provider when its URL is."""
    trusted = [issuer.trusted()] if issuer else []
    if oidc_issuer:
        trusted.append(TrustedIssuer(oidc_issuer, audience, discover(oidc_issuer), person_claim))
    return TokenChecker(trusted)
