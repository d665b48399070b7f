"""A small OpenID provider in the test's own process: discovery, authorization, tokens, keys."""

import base64
import hashlib
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

ISSUER = "https://id.caldera.example"
CLIENT, SECRET = "ithaca-portal", "known to the two of them: a & b"


@dataclass
class ProviderStub:
    """Signs in whoever `claims` says. `changed` claims go into the token in place of right ones."""

    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "x-1", "roles": []})
    changed: dict[str, Any] = field(default_factory=dict)
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))
    signer: ECKey | None = None
    away: bool = False
    secret: str = SECRET
    issued: dict[str, dict[str, str]] = field(default_factory=dict)

    def client(self) -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(self.answer))

    def answer(self, request: httpx.Request) -> httpx.Response:
        if self.away:
            raise httpx.ConnectError("nobody there", request=request)
        if request.url.path == "/.well-known/openid-configuration":
            return httpx.Response(200, json=self.described)
        if request.url.path == "/keys":
            public = ECKey.import_key(self.key.as_dict(private=False))
            return httpx.Response(200, json=KeySet([public]).as_dict())
        return self.token(request)

    @property
    def described(self) -> dict[str, str]:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys",
                  "end_session_endpoint": "logout"}
        return {"issuer": ISSUER, **{name: f"{ISSUER}/{path}" for name, path in places.items()}}

    def sign_in(self, address: str) -> str:
        """What the person does there: answers the path and query that they are sent back to."""
        asked = dict(parse_qsl(urlsplit(address).query, strict_parsing=True))
        assert address.startswith(f"{ISSUER}/authorize?")
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        code = f"code {len(self.issued)}"
        self.issued[code] = asked
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, request: httpx.Request) -> httpx.Response:
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        asked = self.issued.pop(form.get("code", ""), None)
        if not self.is_known(request):
            return httpx.Response(401, json={"error": "invalid_client"})
        if asked is None or challenge(form["code_verifier"]) != asked["code_challenge"]:
            return httpx.Response(400, json={"error": "invalid_grant"})
        assert form["redirect_uri"] == asked["redirect_uri"]
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        signed = jwt.encode({"alg": "ES256", "kid": self.key.kid}, {**claims, **self.claims, **self.changed},
                            self.signer or self.key)
        return httpx.Response(200, json={"access_token": "unused", "token_type": "Bearer", "id_token": signed})

    def is_known(self, request: httpx.Request) -> bool:
        said = f"{CLIENT}:{urlencode({'': self.secret})[1:]}".encode()
        return request.headers.get("authorization") == f"Basic {base64.b64encode(said).decode()}"


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
