"""A broker that wants TLS and a password or a token, and lets everybody at what they were granted and nothing else."""

import gc
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from kafka.admin import (
    ACL,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ResourcePattern,
    ResourceType,
)

from shared.kafka.log import KafkaLog
from tests.engines.child import free_port
from tests.engines.kafka_server import KafkaServer
from tests.integration.kafka.brokers import own_certificate

ISSUER, AUDIENCE = "https://id.example.org", "kafka"
USERS = ("worker", "subscriber")
LOGIN = "org.apache.kafka.common.security"
LEAVES_SOCKETS = [pytest.mark.usefixtures("sockets_collected"),
                  pytest.mark.filterwarnings("ignore:unclosed <ssl.SSLSocket:ResourceWarning")]
"""Of tests that knock at such a door: kafka-python leaves the socket of a try that is refused to the garbage
collector."""


@dataclass(frozen=True)
class Guarded:
    """The guarded door of a broker, and the keys to it. Tests grant rights at `server.url`, which needs none."""

    server: KafkaServer
    address: str
    ca: Path
    key: RSAKey

    def url(self, user: str = "worker", password: str = "right", **more: str) -> str:
        """For `EVENTS_URL`, with a password."""
        settings = {"mechanism": "SCRAM-SHA-512", "ca_file": str(self.ca), **more}
        return f"kafka://{user}:{password}@{self.address}?{self._query(settings)}"

    def token_url(self, file: Path, **claims: str) -> str:
        """For `EVENTS_URL`, with a token that stands in a file."""
        now = int(time.time())
        claimed = {"iss": ISSUER, "aud": AUDIENCE, "sub": "worker", "iat": now, "exp": now + 300, **claims}
        file.write_text(jwt.encode({"alg": "RS256", "kid": self.key.kid}, claimed, self.key) + "\n")
        settings = {"mechanism": "OAUTHBEARER", "token_file": str(file), "ca_file": str(self.ca), "patience": "3"}
        return f"kafka://{self.address}?{self._query(settings)}"

    def _query(self, settings: dict[str, str]) -> str:
        given = {name: value for name, value in settings.items() if value}
        return urlencode({"protocol": "SASL_SSL", "patience": "5", "heartbeat": "0.1", **given})

    def grant(self, user: str, kind: ResourceType, name: str, *operations: ACLOperation,
              pattern: ACLResourcePatternType = ACLResourcePatternType.PREFIXED) -> None:
        """Lets the user do this with everything whose name is so, or begins so."""
        what = ResourcePattern(kind, name, pattern)
        acls = [ACL(f"User:{user}", "*", one, ACLPermissionType.ALLOW, what) for one in operations]
        with closing(KafkaLog.from_url(self.server.url)) as log, closing(log._clients.admin()) as admin:
            admin.create_acls(acls)


@contextmanager
def a_guarded_broker(folder: Path, names: Sequence[str] = USERS) -> Iterator[Guarded]:
    """Runs one that knows these users."""
    ca, keystore = own_certificate(folder)
    key = RSAKey.generate_key(2048, parameters={"kid": "test"})
    (folder / "jwks.json").write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    users = [argument for user in names for argument in ("--add-scram", f"SCRAM-SHA-512=[name={user},password=right]")]
    jwks = (folder / "jwks.json").as_uri()
    server = KafkaServer(format_args=users, jvm_flags=[f"-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls={jwks}"])
    address = f"127.0.0.1:{free_port()}"
    server.extra = {**listeners(server, address), **door(keystore, jwks), **RIGHTS}
    with server:
        yield Guarded(server, address, ca, key)
        gc.collect()


def listeners(server: KafkaServer, address: str) -> dict[str, str]:
    """The guarded listener beside the plain one of the cluster itself."""
    plain, controller = f"PLAINTEXT://{server.bootstrap}", f"CONTROLLER://127.0.0.1:{server.controller_port}"
    return {"listeners": f"{plain},{controller},SASL_SSL://{address}",
            "advertised.listeners": f"{plain},SASL_SSL://{address}"}


def door(keystore: Path, jwks: str) -> dict[str, str]:
    """TLS, passwords and tokens."""
    listener, oauth = "listener.name.sasl_ssl", f"{LOGIN}.oauthbearer"
    return {
        "ssl.keystore.type": "PEM", "ssl.keystore.location": str(keystore),
        "sasl.enabled.mechanisms": "SCRAM-SHA-512,OAUTHBEARER",
        f"{listener}.scram-sha-512.sasl.jaas.config": f"{LOGIN}.scram.ScramLoginModule required;",
        f"{listener}.oauthbearer.sasl.jaas.config": f"{oauth}.OAuthBearerLoginModule required;",
        f"{listener}.oauthbearer.sasl.server.callback.handler.class": f"{oauth}.OAuthBearerValidatorCallbackHandler",
        f"{listener}.oauthbearer.sasl.oauthbearer.jwks.endpoint.url": jwks,
        f"{listener}.oauthbearer.sasl.oauthbearer.expected.audience": AUDIENCE,
        f"{listener}.oauthbearer.sasl.oauthbearer.expected.issuer": ISSUER,
    }


RIGHTS = {
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "super.users": "User:ANONYMOUS",  # who comes in by the plain listener: the broker itself, and the test that grants
    "allow.everyone.if.no.acl.found": "false",
}
