"""A broker that wants TLS and a password or a token: who may come in, who may not, and who may read what."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from kafka.admin import ACLOperation, ResourceType

from shared.kernel.errors import Unavailable
from shared.kernel.ids import new_id
from shared.messaging.log import Topic
from shared.runtime.engines import open_log
from tests.contract.event_builders import an_event, numbers, polled
from tests.engines.kafka_server import KafkaServer
from tests.integration.kafka.guarded import LEAVES_SOCKETS, Guarded, a_guarded_broker

pytestmark = LEAVES_SOCKETS
LOOKS_ALIKE = "a wrong password, a missing or wrong CA and a token"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, kafka: KafkaServer) -> Iterator[Guarded]:
    """Ithaca's own worker may do everything with its topics and groups, a subscriber read what is operational."""
    with a_guarded_broker(tmp_path_factory.mktemp("tls")) as guarded:
        guarded.grant("worker", ResourceType.TOPIC, "mentoring.", ACLOperation.ALL)
        guarded.grant("worker", ResourceType.GROUP, "worker-", ACLOperation.READ)
        guarded.grant("subscriber", ResourceType.TOPIC, "mentoring.pairs.", ACLOperation.READ)
        guarded.grant("subscriber", ResourceType.GROUP, "subscriber-", ACLOperation.READ)
        yield guarded


def a_topic(guarded: Guarded, subject: str, **more: Any) -> str:
    """One with an event on it, made and filled by the worker over the guarded door."""
    name = f"mentoring.{subject}.{new_id()[:8]}"
    with closing(open_log(guarded.url())) as log:
        log.create_topics([Topic(name, **more)])
        assert log.publish([an_event(name)])
    return name


def test_password_and_ca_open_the_door(guarded: Guarded) -> None:
    topic = a_topic(guarded, "pairs")

    with closing(open_log(guarded.url())) as log, closing(log.subscribe("worker-a", [topic])) as subscription:
        assert numbers(polled(subscription, 1)) == [1]
        subscription.commit()
        assert log.lag("worker-a", [topic]).behind == {topic: 0}


@pytest.mark.parametrize("wrong", [{"password": "wrong"}, {"ca_file": ""}, {"user": "nobody"}])
def test_what_looks_alike_from_outside_is_named_together(guarded: Guarded, wrong: dict[str, str]) -> None:
    with closing(open_log(guarded.url(**wrong, patience="2"))) as log:
        with pytest.raises(Unavailable, match=LOOKS_ALIKE) as refusal:
            log.ping()
        assert log.publish([an_event("mentoring.pairs.v1")]) == []

    assert "wrong" not in str(refusal.value).replace("wrong password,", "").replace("wrong CA", "")


def test_a_token_opens_the_door(guarded: Guarded, tmp_path: Path) -> None:
    topic = a_topic(guarded, "pairs")

    with closing(open_log(guarded.token_url(tmp_path / "token"))) as log:
        assert numbers(log.publish([an_event(topic, 2)])) == [2]  # type: ignore[arg-type]
        assert numbers(list(log.read([topic]))) == [1, 2]


@pytest.mark.parametrize("claims", [{"aud": "another"}, {"iss": "https://another.example.org"}])
def test_a_token_for_somebody_else_does_not(guarded: Guarded, tmp_path: Path, claims: dict[str, str]) -> None:
    with closing(open_log(guarded.token_url(tmp_path / "token", **claims))) as log, \
            pytest.raises(Unavailable, match=LOOKS_ALIKE):
        log.ping()


def test_a_token_file_that_is_not_there_is_named(guarded: Guarded, tmp_path: Path) -> None:
    url = guarded.token_url(tmp_path / "token")
    (tmp_path / "token").unlink()

    with closing(open_log(url)) as log, pytest.raises(Unavailable, match="no token"):
        log.ping()


def test_a_subscriber_reads_what_is_operational_and_nothing_of_people(guarded: Guarded) -> None:
    pairs, people = a_topic(guarded, "pairs"), a_topic(guarded, "people", compacted=True, tier="restricted")

    with closing(open_log(guarded.url("subscriber"))) as log:
        with closing(log.subscribe("subscriber-a", [pairs])) as subscription:
            assert numbers(polled(subscription, 1)) == [1]
        with pytest.raises(Unavailable, match=rf"{people} does not exist or may not be read"):
            log.subscribe("subscriber-a", [people])
        with pytest.raises(Unavailable):
            list(log.read([people]))


def test_a_subscriber_writes_nothing_and_joins_no_foreign_group(guarded: Guarded) -> None:
    topic = a_topic(guarded, "pairs")

    with closing(open_log(guarded.url("subscriber"))) as log:
        assert log.publish([an_event(topic, 2)]) == []
        with closing(log.subscribe("matching", [topic])) as subscription, \
                pytest.raises(Unavailable, match="does not allow this"):
            polled(subscription, 1, seconds=5)
