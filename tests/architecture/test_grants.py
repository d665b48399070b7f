"""What the chart grants on Kafka is what the catalogue says, and no more."""

from importlib import import_module
from typing import Any

import pytest

from deploy.helm.__main__ import FILE, text
from deploy.helm.grants import kafka_of
from deploy.standalone.house import SERVICES, topics
from shared.catalogue.contracts import Catalogue

Grants = dict[str, dict[str, set[str]]]


@pytest.fixture(scope="module")
def grants(catalogue: Catalogue) -> Grants:
    """User → operation → topics."""
    return {user["name"]: granted(user["acls"]) for user in kafka_of(catalogue)["users"]}


def granted(acls: list[dict[str, Any]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for acl in acls:
        for operation in acl["operations"]:
            if acl["resource"]["type"] == "topic":
                found.setdefault(operation, set()).add(acl["resource"]["name"])
    return found


def test_the_file_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "run `make contracts`"


def test_every_topic_is_there_once(catalogue: Catalogue) -> None:
    names = [topic["name"] for topic in kafka_of(catalogue)["topics"]]

    assert names == sorted({topic.name for topic in topics()})


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_writes_what_it_publishes_and_reads_what_it_listens_to(service: str, grants: Grants) -> None:
    own = grants[f"ithaca-{service}"]
    contracts = import_module(f"services.{service}.contracts.catalogue")

    assert own["Write"] == {event.topic for event in contracts.EVENTS}
    assert own["Read"] == set(import_module(f"services.{service}.entrypoints.events").TOPICS)
    assert own["Create"] == {topic.name for topic in contracts.TOPICS}
    assert own.keys() == {"Write", "Read", "Create", "Describe"}


def test_a_topic_has_one_service_that_writes_to_it_but_for_the_receipts(grants: Grants) -> None:
    writers = {topic: [user for user, one in grants.items() if topic in one.get("Write", ())]
               for one in grants.values() for topic in one.get("Write", ())}

    assert {topic for topic, users in writers.items() if len(users) > 1} == {"mentoring.erasures.v1"}
    assert writers["mentoring.hr-changes.v1"] == ["ithaca-hr"]


def test_another_system_reads_what_is_operational_and_writes_nothing(grants: Grants) -> None:
    operational = {topic.name for topic in topics() if topic.tier == "operational"}

    assert grants["ithaca-subscriber"].keys() == {"Read", "Describe"}
    assert grants["ithaca-subscriber"]["Read"] == operational
    assert "mentoring.people.v1" not in operational
    assert grants["ithaca-hr"].keys() == {"Write", "Describe"}


def test_a_group_belongs_to_one_user(catalogue: Catalogue) -> None:
    groups = {user["name"]: [(acl["resource"]["name"], acl["resource"]["patternType"]) for acl in user["acls"]
                             if acl["resource"]["type"] == "group"] for user in kafka_of(catalogue)["users"]}

    assert groups == {**{f"ithaca-{name}": [(name, "literal")] for name in SERVICES}, "ithaca-hr": [],
                      "ithaca-subscriber": [("subscriber", "prefix")]}
