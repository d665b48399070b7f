"""Clients of kafka-python with every safety setting written out; its own defaults are not ours."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.errors import (
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    KafkaError,
    TopicAuthorizationFailedError,
)
from kafka.net.compat import KafkaNetClient

from shared.kernel.errors import Unavailable

_NOT_ALLOWED = (ClusterAuthorizationFailedError, GroupAuthorizationFailedError, TopicAuthorizationFailedError)

DELIVERY_SECONDS = 10.0
"""No acknowledgement after this: not published. Shorter than what a relay's lease has left."""

REQUEST_BYTES = 256 * 1024
"""What goes to a partition together while the request before is on its way: sixteen times kafka-python's own, which
spends a third of its time on requests otherwise. Nothing waits for more to come."""

SAFELY: dict[str, Any] = {"acks": "all", "enable_idempotence": True}
"""How is published: once, and in the hands of all replicas in sync."""


@dataclass(frozen=True)
class KafkaSecurity:
    """How to speak to the broker: `protocol` PLAINTEXT, SSL, SASL_SSL or SASL_PLAINTEXT; `mechanism` SCRAM-SHA-512,
    PLAIN or OAUTHBEARER (then `tokens` is a `kafka.net.sasl.oauth.AbstractTokenProvider`); files are PEM."""

    protocol: str = "PLAINTEXT"
    mechanism: str | None = None
    username: str | None = None
    password: str | None = None
    tokens: Any = None
    ca_file: str | None = None
    cert_file: str | None = None
    key_file: str | None = None

    def __repr__(self) -> str:
        return f"KafkaSecurity({self.protocol}, {self.mechanism})"

    def describe(self) -> str:
        return f"{self.protocol}, {self.mechanism}" if self.mechanism else self.protocol

    def settings(self) -> dict[str, Any]:
        """As kafka-python names them."""
        return {
            "security_protocol": self.protocol, "sasl_mechanism": self.mechanism, "sasl_plain_username": self.username,
            "sasl_plain_password": self.password, "sasl_oauth_token_provider": self.tokens, "ssl_cafile": self.ca_file,
            "ssl_certfile": self.cert_file, "ssl_keyfile": self.key_file,
        }


PLAINTEXT = KafkaSecurity()


@dataclass(frozen=True)
class Clients:
    """Makes clients of one cluster; make them after a fork, in the process that uses them.

    `heartbeat` in seconds: a dead member is noticed after 15 of them, a rebalance takes about two.
    """

    bootstrap: str
    security: KafkaSecurity = PLAINTEXT
    heartbeat: float = 1.0
    patience: float = 10.0
    """Seconds a client may take to find the cluster."""
    wait: float = 0.5
    """Seconds the broker may keep a consumer's question while there is nothing new; its other questions wait behind."""

    def producer(self) -> Any:
        """Raises Unavailable."""
        return self._make(KafkaProducer, **self._common(), **SAFELY, linger_ms=0, batch_size=REQUEST_BYTES,
                          allow_auto_create_topics=False,
                          max_in_flight_requests_per_connection=5, max_block_ms=5_000,
                          request_timeout_ms=5_000, delivery_timeout_ms=int(DELIVERY_SECONDS * 1_000))

    def consumer(self, group: str | None) -> Any:
        """Without topics: a consumer that is given them at once may join before it has metadata, and then has nothing
        for ever. Raises Unavailable."""
        return self._make(KafkaConsumer, **self._common(), group_id=group, enable_auto_commit=False,
                          auto_offset_reset="earliest", allow_auto_create_topics=False, max_poll_records=500,
                          max_poll_interval_ms=300_000, fetch_max_wait_ms=int(self.wait * 1_000),
                          session_timeout_ms=int(self.heartbeat * 15_000),
                          heartbeat_interval_ms=int(self.heartbeat * 1_000), request_timeout_ms=30_000,
                          partition_assignment_strategy=(CooperativeStickyAssignor,))

    def admin(self, seconds: float = 10.0) -> Any:
        """Whose questions take so long at most, the first with which it finds the cluster included. Raises
        Unavailable."""
        return self._make(KafkaAdminClient, **self._common(min(seconds, self.patience)),
                          request_timeout_ms=int(seconds * 1_000))

    def failed(self, error: KafkaError) -> Unavailable:
        """The refusal to raise instead."""
        name = type(error).__name__
        if isinstance(error, _NOT_ALLOWED):
            return Unavailable(f"Kafka at {self.bootstrap} does not allow this ({name}): the user needs the right")
        return self.away(name)

    def away(self, why: object) -> Unavailable:
        """The refusal to raise when the cluster does not answer."""
        hint = "" if self.security.protocol == "PLAINTEXT" else (
            "; a wrong password, a missing or wrong CA and a token for another audience look the same from here")
        return Unavailable(f"Kafka at {self.bootstrap} does not answer ({why}){hint}")

    def _common(self, patience: float | None = None) -> dict[str, Any]:
        return {"bootstrap_servers": self.bootstrap.split(","), "reconnect_backoff_max_ms": 1_000,
                "bootstrap_timeout_ms": int((patience or self.patience) * 1_000), **self.security.settings()}

    def _make(self, kind: Callable[..., Any], **settings: Any) -> Any:
        if not self.reachable():  # cheaper than a client that waits, and nothing is left behind
            raise self.away("no connection")
        if self.security.tokens:
            self.security.tokens.token()  # what it raises in the client's own thread is lost
        made: list[Any] = []

        def connection(**config: Any) -> Any:
            made.append(KafkaNetClient(**config))
            return made[0]
        try:
            return kind(**settings, kafka_client=connection)
        except KafkaError as error:
            for one in made:
                one.close()  # a constructor that fails leaves its thread behind
            raise self.failed(error) from None

    def reachable(self) -> bool:
        """Whether any of the addresses takes a connection."""
        return any(_answers(*address.strip().rpartition(":")[::2]) for address in self.bootstrap.split(","))


def _answers(host: str, port: str) -> bool:
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=2).close()
    except OSError:
        return False
    return True
