"""Bearer tokens: minted by a built-in issuer or by the company's identity provider, checked in one place."""

import base64
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol

import orjson
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from shared.kernel.clock import Clock, SystemClock
from shared.web.callers import Caller, NotSignedIn
from shared.web.checked import CheckedTokens
from shared.web.keys import DiscoveredKeys, FixedKeys, KeySource

ALGORITHMS = ["ES256", "RS256", "PS256"]
"""Signatures with a private key only: a public key can never be used as a shared secret."""
SKEW = 60
LONGEST = 8 * 1024


@dataclass(frozen=True)
class TrustedIssuer:
    """An issuer whose tokens count, and the claims in which they say who somebody is: a name, or a path of names with
    dots (`realm_access.roles`)."""

    issuer: str
    audience: str
    source: KeySource
    person_claim: str = "person_id"
    roles_claim: str = "roles"

    def caller(self, claims: dict[str, Any]) -> Caller:
        """Who these claims are about."""
        person, roles = claim(claims, self.person_claim), claim(claims, self.roles_claim) or []
        if not isinstance(roles, list) or not isinstance(person, str | None):
            raise NotSignedIn("the token's claims have another form than agreed")
        scopes = str(claims.get("scope") or "").split()
        return Caller(person, str(claims["sub"]), frozenset(map(str, roles)), frozenset(scopes))


@dataclass(frozen=True)
class TokenChecker:
    """Checks signature, algorithm, issuer, audience and times."""

    issuers: Sequence[TrustedIssuer]
    checked: CheckedTokens = field(default_factory=CheckedTokens, repr=False, compare=False)

    def check(self, token: str) -> Caller:
        """Raises NotSignedIn, saying no more than needed; Unavailable when the issuer's keys cannot be had."""
        if known := self.checked.get(token):
            return known
        issuer, claims = self._verified(token)
        caller = issuer.caller(claims)
        self.checked.keep(token, caller, float(claims["exp"]) + SKEW)
        return caller

    def claims(self, token: str) -> dict[str, Any]:
        """All that a token says, when it counts. Raises as `check`."""
        return self._verified(token)[1]

    def _verified(self, token: str) -> tuple[TrustedIssuer, dict[str, Any]]:
        header, claims = _unverified(token)
        issuer = next((one for one in self.issuers if one.issuer == claims.get("iss")), None)
        if issuer is None:
            raise NotSignedIn("the token is of an issuer that does not count here")
        try:
            verified = jwt.decode(token, issuer.source.keys(header.get("kid")), algorithms=ALGORITHMS)
            self._registry(issuer).validate(verified.claims)
        except (JoseError, ValueError, TypeError, RecursionError):  # TypeError: joserfc on headers of odd types
            raise NotSignedIn("the token is wrong or has expired") from None
        return issuer, verified.claims

    @staticmethod
    def _registry(issuer: TrustedIssuer) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            leeway=SKEW, iss={"essential": True, "value": issuer.issuer},
            aud={"essential": True, "value": issuer.audience}, exp={"essential": True}, sub={"essential": True})


def claim(claims: Mapping[str, Any], name: str) -> Any:
    """The claim of this name or, where there is none, at the end of this path; else None."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _unverified(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    if len(token) > LONGEST:
        raise NotSignedIn("the token is too long")
    try:
        head, body = (orjson.loads(base64.urlsafe_b64decode(part + "==")) for part in token.split(".")[:2])
    except ValueError:
        raise NotSignedIn("the token cannot be read") from None
    if not isinstance(head, dict) or not isinstance(body, dict) or not isinstance(head.get("kid"), str | None):
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
    """The key in this file, readable by its owner alone; made when there is none. Two starts at once agree on one.

    Raises PermissionError when others may read it.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _publish(ECKey.generate_key("P-256").as_pem(private=True), path)
    if path.stat().st_mode & 0o077:
        raise PermissionError(f"{path} holds a private key and others may read it: chmod 600")
    return key_from(path.read_text())


def _publish(content: bytes, path: Path) -> None:
    # a link appears whole or not at all, and never over another's
    with NamedTemporaryFile(dir=path.parent) as fresh:
        fresh.write(content)
        fresh.flush()
        with suppress(FileExistsError):
            os.link(fresh.name, path)


class Trust(Protocol):
    """What a service is told about tokens."""

    @property
    def token_key(self) -> str: ...
    @property
    def oidc_issuer(self) -> str: ...
    @property
    def oidc_audience(self) -> str: ...
    @property
    def person_claim(self) -> str: ...
    @property
    def roles_claim(self) -> str: ...


def checker_of(trust: Trust) -> TokenChecker:
    """Trusts the built-in issuer when its key is given, and the identity provider when its address is."""
    issuer = TokenIssuer(key_from(trust.token_key)) if trust.token_key else None
    return checker_for(issuer, trust.oidc_issuer, trust.oidc_audience, person_claim=trust.person_claim,
                       roles_claim=trust.roles_claim)


def checker_for(issuer: TokenIssuer | None, oidc_issuer: str = "", audience: str = "ithaca", *,
                person_claim: str = "person_id", roles_claim: str = "roles",
                discover: Callable[[str], KeySource] = DiscoveredKeys) -> TokenChecker:
    """Trusts the built-in issuer when given, and the identity provider when its URL is."""
    trusted = [issuer.trusted()] if issuer else []
    if oidc_issuer:
        trusted.append(TrustedIssuer(oidc_issuer, audience, discover(oidc_issuer), person_claim, roles_claim))
    return TokenChecker(trusted)
