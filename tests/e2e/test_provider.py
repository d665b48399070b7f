"""With OIDC_ISSUER set, every service takes the tokens of a provider that it finds over real HTTP, beside its own."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from shared.web.tokens import TokenIssuer
from tests.e2e.village import OFFICE, Village

OF_THE_OFFICE = {"matching": "", "surveys": "/cases", "community": "/assignments", "notifications": "/messages"}
PATHS = {"matching": "/programmes", "surveys": "/me/check-ins", "community": "/me/assignments",
         "notifications": "/mailbox"}


class Provider:
    """Serves its discovery document and its public keys on a port of its own."""

    def __init__(self) -> None:
        self.key = ECKey.generate_key("P-256", auto_kid=True)
        provider = self

        class Pages(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = json.dumps(provider.page(self.path)).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Nobody reads it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(self, path: str) -> object:
        keys = KeySet([ECKey.import_key(self.key.as_dict(private=False))]).as_dict()
        return keys if path == "/keys" else {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"}

    def token(self, audience: str = "ithaca", key: ECKey | None = None) -> str:
        return TokenIssuer(key or self.key, self.issuer, audience).mint("ada", person_id="ada", roles=["operator"])

    def realm_token(self, **claims: object) -> str:
        """As Keycloak writes it: the person under a name of its own, the roles of the realm one level down."""
        now = int(time.time())
        about = {"iss": self.issuer, "aud": "ithaca", "sub": "1f2e", "preferred_username": "ada", "exp": now + 300}
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, {**about, **claims}, self.key)


@pytest.fixture
def provider() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.server.shutdown()
    provider.server.server_close()


@pytest.fixture
def village(tmp_path: Path, provider: Provider) -> Iterator[Village]:
    village = Village(tmp_path, OIDC_ISSUER=provider.issuer)
    yield village
    village.close()


def status(village: Village, service: str, token: str, path: str = "") -> int:
    client = village.house.apps[service].test_client()
    return client.get("/v1" + (path or PATHS[service]), headers={"Authorization": f"Bearer {token}"}).status_code


@pytest.mark.parametrize("service", PATHS)
def test_a_token_of_the_provider_counts_and_forged_ones_do_not(
        village: Village, provider: Provider, service: str) -> None:
    stranger = ECKey.generate_key("P-256", auto_kid=True)

    assert status(village, service, provider.token()) == 200
    assert status(village, service, provider.token(audience="another")) == 401
    assert status(village, service, provider.token(key=stranger)) == 401
    assert village.ask("GET", service, PATHS[service], by=OFFICE).status_code == 200


@pytest.mark.parametrize("service", PATHS)
def test_without_a_provider_only_the_built_in_issuer_counts(
        tmp_path: Path, provider: Provider, service: str) -> None:
    alone = Village(tmp_path)

    assert status(alone, service, provider.token()) == 401
    assert alone.ask("GET", service, PATHS[service], by=OFFICE).status_code == 200
    alone.close()


@pytest.mark.parametrize("service", OF_THE_OFFICE)
def test_roles_count_where_the_provider_writes_them(tmp_path: Path, provider: Provider, service: str) -> None:
    village = Village(tmp_path, OIDC_ISSUER=provider.issuer, PERSON_CLAIM="preferred_username",
                      ROLES_CLAIM="realm_access.roles")
    path = f"/programmes/{village.programme()}{OF_THE_OFFICE[service]}"
    village.settle()

    in_the_realm = status(village, service, provider.realm_token(realm_access={"roles": ["programme-office"]}), path)
    at_the_top = status(village, service, provider.realm_token(roles=["programme-office"]), path)
    village.close()

    assert (in_the_realm, at_the_top) == (200, 404)
