"""JSON Web Tokens: minted with one key, checked against the issuers that are trusted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

import orjson
from joserfc import jws, jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import ECKey, KeySet
from joserfc.jwt import JWTClaimsRegistry

from shared.kernel.clock import Clock, SystemClock
from shared.web.callers import Caller, NotSignedIn
from shared.web.keys import GivenKeys, KeySource

SKEW_SECONDS = 60
LONGEST = 8 * 1024
ALGORITHMS = ("ES256", "RS256", "PS256")
"""Signatures that are taken; no shared secrets, and never `none`."""


@dataclass(frozen=True)
class TokenIssuer:
    """Signs tokens (ES256) with a private P-256 key given as JWK or PEM text."""

    key_text: str
    issuer: str
    audience: str
    clock: Clock = field(default_factory=SystemClock)

    def mint(self, subject: str, person_id: str | None = None, roles: Iterable[str] = (),
             scopes: Iterable[str] = (), lifetime: timedelta = timedelta(minutes=15)) -> str:
        """A token that counts from now for `lifetime`."""
        now = int(self.clock.now().timestamp())
        claims = {"iss": self.issuer, "aud": self.audience, "sub": subject, "iat": now, "nbf": now,
                  "exp": now + int(lifetime.total_seconds()), "roles": sorted(roles), "scope": " ".join(sorted(scopes))}
        claims |= {"person_id": person_id} if person_id else {}
        return jwt.encode({"alg": "ES256", "kid": self._key.kid, "typ": "at+jwt"}, claims, self._key, ["ES256"])

    def trusted(self) -> "TrustedIssuer":
        """What a checker needs to take these tokens."""
        return TrustedIssuer(self.issuer, self.audience, self.public_keys(), algorithms=("ES256",))

    def public_keys(self) -> GivenKeys:
        public = ECKey.import_key(self._key.as_dict(private=False))
        return GivenKeys(KeySet([public]))

    @cached_property
    def _key(self) -> ECKey:
        text = self.key_text.strip()
        key = ECKey.import_key(orjson.loads(text) if text.startswith("{") else text)
        key.ensure_kid()
        return key


@dataclass(frozen=True)
class TrustedIssuer:
    """Whose tokens count, for which audience, and which claims say who it is.

    A claim's name may be a path (`realm_access.roles`). Roles and scopes are lists of texts or, as OAuth has
    it, one text with blanks.
    """

    issuer: str
    audience: str
    keys: KeySource
    person_claim: str = "person_id"
    roles_claim: str = "roles"
    scopes_claim: str = "scope"
    algorithms: Sequence[str] = ALGORITHMS

    def caller(self, claims: Mapping[str, Any]) -> Caller:
        person = claim(claims, self.person_claim)
        return Caller(person if isinstance(person, str) and person else None, claims["sub"],
                      texts(claim(claims, self.roles_claim)), texts(claim(claims, self.scopes_claim)))


class TokenChecker:
    """Checks signature, `iss`, `aud`, `exp`, `nbf` and `sub` with at most 60 seconds between the clocks."""

    def __init__(self, issuers: Iterable[TrustedIssuer], clock: Clock | None = None) -> None:
        self._issuers = {one.issuer: one for one in issuers}
        self._clock = clock or SystemClock()

    def check(self, token: str) -> Caller:
        """Raises NotSignedIn, or Unavailable when the issuer's keys cannot be had."""
        try:
            issuer, kid = self._claimed(token)
            return issuer.caller(self._proven(token, issuer, kid))
        except ExpiredTokenError:
            raise NotSignedIn("the token has expired") from None
        except (JoseError, ValueError, TypeError, AttributeError, RecursionError):
            raise NotSignedIn("the token does not count here") from None

    def _claimed(self, token: str) -> tuple[TrustedIssuer, str | None]:
        """Whose token it says it is: nothing of this is believed before `_proven`."""
        if len(token) > LONGEST:
            raise ValueError("too long")
        parts = jws.extract_compact(token.encode("ascii"))
        issuer = self._issuers.get(orjson.loads(parts.payload)["iss"]) if parts.payload else None
        kid = parts.headers().get("kid")
        if issuer is None or parts.headers()["alg"] not in issuer.algorithms or not isinstance(kid, str | None):
            raise ValueError("nobody's")
        return issuer, kid

    def _proven(self, token: str, issuer: TrustedIssuer, kid: str | None) -> Mapping[str, Any]:
        claims = jwt.decode(token, issuer.keys.keys(kid), list(issuer.algorithms)).claims
        registry = JWTClaimsRegistry(
            int(self._clock.now().timestamp()), SKEW_SECONDS, iss={"essential": True, "value": issuer.issuer},
            aud={"essential": True, "value": issuer.audience}, exp={"essential": True}, sub={"essential": True})
        registry.validate(claims)
        return claims


def claim(claims: Mapping[str, Any], name: str) -> Any:
    """The claim of that name or, where names are paths, at the end of the path; None when there is none."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def texts(value: Any) -> frozenset[str]:
    """A list's texts, or a text's words; anything else is none."""
    if isinstance(value, str):
        return frozenset(value.split())
    return frozenset(one for one in value if isinstance(one, str)) if isinstance(value, list) else frozenset()
