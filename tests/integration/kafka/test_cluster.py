"""Topics as they are made, groups that share, foreign producers, and a guarded broker."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pytest
from kafka.admin import ConfigResource, ConfigResourceType

from shared.kafka.clients import KafkaSecurity
from shared.kafka.log import KafkaLog
from shared.kernel.errors import Unavailable
from shared.messaging.envelope import Received, Unreadable
from tests.contract.event_builders import a_topic, an_event, numbers, polled
from tests.engines.child import free_port
from tests.engines.kafka_server import KafkaServer
from tests.integration.kafka.brokers import own_certificate, within

DAY = 24 * 60 * 60 * 1_000


def settings_of(log: KafkaLog, topic: str) -> dict[str, str]:
    with closing(log._clients.admin()) as admin:
        found: Any = admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
    return {name: one["value"] for name, one in found["topic"][topic].items()}


@pytest.mark.parametrize(("more", "expected"), [
    ({"retention_days": 7}, {"cleanup.policy": "delete", "retention.ms": str(7 * DAY)}),
    ({"compacted": True}, {"cleanup.policy": "compact", "min.compaction.lag.ms": str(30 * DAY),
                           "delete.retention.ms": str(30 * DAY)}),
    ({"compacted": True, "tier": "restricted"}, {
        "cleanup.policy": "compact", "max.compaction.lag.ms": str(DAY), "delete.retention.ms": str(30 * DAY)}),
])
def test_a_topic_is_made_as_the_catalogue_says(log: KafkaLog, more: Any, expected: dict[str, str]) -> None:
    topic = a_topic(log, **more)

    assert expected.items() <= settings_of(log, topic).items()


def test_a_topic_that_cannot_be_made_is_named(log: KafkaLog) -> None:
    with pytest.raises(Unavailable, match=r"cannot be made: Invalid"):
        a_topic(log, partitions=-7)


def test_two_members_share_a_group_and_nothing_is_missed(log: KafkaLog) -> None:
    topic = a_topic(log)
    with closing(log.subscribe("g", [topic])) as one, closing(log.subscribe("g", [topic])) as two:
        with within(20):
            while not (one.positions() and two.positions()):
                for member in (one, two):
                    member.poll(0.1)
        log.publish([an_event(topic, number, source=f"/s/{number}", key=str(number)) for number in range(60)])

        seen = {member: polled(member, 60, seconds=1.5) for member in (one, two)}

        assert all(seen.values())
        assert sorted(numbers(seen[one] + seen[two])) == list(range(60))
        assert not set(one.positions()) & set(two.positions())


def test_structured_mode_of_a_foreign_producer_is_read(log: KafkaLog) -> None:
    topic = a_topic(log)
    envelope = {"specversion": "1.0", "id": "1", "source": "/hr", "type": "hr.person-moved.v1", "partitionkey": "p1",
                "time": "2026-03-01T09:00:00Z", "sequence": "000001.000000000004", "data": {"person_id": "p1"}}
    with closing(log._clients.producer()) as producer:
        producer.send(topic, value=orjson.dumps(envelope),
                      headers=[("Content-Type", b"application/cloudevents+json")]).get(10)
        producer.send(topic, key=b"\xff", value=b"\x00\x01", headers=[("x", b"")]).get(10)

    records = list(log.read([topic]))

    [event] = [one for one in records if isinstance(one, Received)]
    [other] = [one for one in records if isinstance(one, Unreadable)]
    assert (event.key, event.data, event.sequence.number) == ("p1", {"person_id": "p1"}, 4)
    assert (other.value, other.headers) == (b"\x00\x01", (("x", b""),))


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, kafka: KafkaServer) -> Iterator[tuple[str, Path]]:
    """Address and CA of a broker that wants TLS and a password."""
    ca, keystore = own_certificate(tmp_path_factory.mktemp("tls"))
    with KafkaServer(format_args=["--add-scram", "SCRAM-SHA-512=[name=worker,password=right]"]) as server:
        yield _guard(server, keystore), ca


def _guard(server: KafkaServer, keystore: Path) -> str:
    address = f"127.0.0.1:{free_port()}"
    server.stop()
    plain = (server.folder / "server.properties").read_text()
    listeners = next(line for line in plain.splitlines() if line.startswith("listeners="))
    advertised = next(line for line in plain.splitlines() if line.startswith("advertised.listeners="))
    server.extra = {
        "listeners": f"{listeners.partition('=')[2]},SASL_SSL://{address}",
        "advertised.listeners": f"{advertised.partition('=')[2]},SASL_SSL://{address}",
        "sasl.enabled.mechanisms": "SCRAM-SHA-512", "ssl.keystore.type": "PEM", "ssl.keystore.location": str(keystore),
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config":
            "org.apache.kafka.common.security.scram.ScramLoginModule required;",
    }
    server.start()
    return address


def a_secured_log(address: str, **security: Any) -> KafkaLog:
    return KafkaLog(address, KafkaSecurity(**{"protocol": "SASL_SSL", "mechanism": "SCRAM-SHA-512",
                                              "username": "worker", "password": "right", **security}), patience=3)


def test_a_guarded_broker_is_used_with_password_and_ca(guarded: tuple[str, Path]) -> None:
    address, ca = guarded
    with closing(a_secured_log(address, ca_file=str(ca))) as log:
        topic = a_topic(log)

        log.publish([an_event(topic, 1)])

        with closing(log.subscribe("g", [topic])) as subscription:
            assert numbers(polled(subscription, 1)) == [1]


@pytest.mark.parametrize("security", [{"password": "wrong"}, {"ca_file": None}, {"username": "nobody"}])
def test_what_looks_alike_from_outside_is_named_together(guarded: tuple[str, Path], security: Any) -> None:
    address, ca = guarded
    with closing(a_secured_log(address, **{"ca_file": str(ca), **security})) as log, \
            pytest.raises(Unavailable, match="a wrong password, a missing or wrong CA and a token") as refusal:
        log.ping()

    assert "wrong password," in str(refusal.value)
    assert "right" not in str(refusal.value)
