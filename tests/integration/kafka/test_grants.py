"""What the chart grants is enough for each service on a broker that lets nobody do anything else."""

from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from kafka.admin import ACLOperation, ACLResourcePatternType, ResourceType

from deploy.helm.grants import kafka_of
from deploy.standalone.environment import environment
from deploy.standalone.house import SERVICES, topics
from shared.catalogue.contracts import load_all
from shared.kernel.errors import Unavailable
from shared.runtime.engines import open_log
from tests.contract.event_builders import an_event
from tests.engines.kafka_server import KafkaServer
from tests.integration.kafka.guarded import LEAVES_SOCKETS, Guarded, a_guarded_broker

pytestmark = LEAVES_SOCKETS
USERS = {user["name"]: user["acls"] for user in kafka_of(load_all(SERVICES))["users"]}
PATTERNS = {"literal": ACLResourcePatternType.LITERAL, "prefix": ACLResourcePatternType.PREFIXED}
EVERY = sorted({topic.name for topic in topics()})


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, kafka: KafkaServer) -> Iterator[Guarded]:
    with a_guarded_broker(tmp_path_factory.mktemp("grants"), tuple(USERS)) as guarded:
        for user, acls in USERS.items():
            for acl in acls:
                grant(guarded, user, acl)
        yield guarded


def grant(guarded: Guarded, user: str, acl: dict[str, Any]) -> None:
    resource = acl["resource"]
    operations = [ACLOperation[one.upper()] for one in acl["operations"]]
    guarded.grant(user, ResourceType[resource["type"].upper()], resource["name"], *operations,
                  pattern=PATTERNS[resource["patternType"]])


def granted(user: str, operation: str) -> list[str]:
    return sorted(acl["resource"]["name"] for acl in USERS[user]
                  if acl["resource"]["type"] == "topic" and operation in acl["operations"])


@pytest.fixture(scope="module")
def made(guarded: Guarded) -> Guarded:
    """Each service makes what is missing of its own, as its worker does at start."""
    for service in SERVICES:
        with closing(open_log(guarded.url(f"ithaca-{service}"))) as log:
            log.create_topics(topics([service]))
    return guarded


@pytest.mark.parametrize("service", SERVICES)
def test_a_worker_has_the_rights_that_it_needs(service: str, made: Guarded, tmp_path: Path) -> None:
    given = {"EVENTS_URL": made.url(f"ithaca-{service}")}
    settings = import_module(f"services.{service}.settings").read(environment(tmp_path, "http://127.0.0.1", given))

    worker = import_module(f"services.{service}.entrypoints.worker").open_worker(settings)
    try:
        assert worker.settle() == 0
        worker.ready()
        assert set(worker.backbone.log.lag(service, worker.topics).behind) == set(worker.topics)
    finally:
        worker.stop()
        worker.backbone.close()
        worker.backbone.log.close()


@pytest.mark.parametrize("user", USERS)
def test_a_user_writes_to_its_own_topics_and_to_no_other(user: str, made: Guarded) -> None:
    with closing(open_log(made.url(user))) as log:
        taken = [topic for topic in granted(user, "Write") if log.publish([an_event(topic)])]
    with closing(open_log(made.url(user))) as log:
        foreign = sorted(set(EVERY) - set(granted(user, "Write")))[:3]
        refused = [topic for topic in foreign if not log.publish([an_event(topic)])]

    assert (taken, refused) == (granted(user, "Write"), foreign)


def test_a_subscriber_reads_what_is_operational_and_nothing_else(made: Guarded) -> None:
    open_to_all = granted("ithaca-subscriber", "Read")

    with closing(open_log(made.url("ithaca-subscriber"))) as log:
        with closing(log.subscribe("subscriber-of-the-intranet", open_to_all)):
            pass
        for topic in set(EVERY) - set(open_to_all):
            with pytest.raises(Unavailable, match=rf"{topic} does not exist or may not be read"):
                log.subscribe("subscriber-of-the-intranet", [topic])
