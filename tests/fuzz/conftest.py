"""Each service under fire, on its embedded engines, with something in it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from services.matching.domain.person import person_id
from tests.fuzz.fuzzing import Fuzzed, Who
from tests.unit.community.house import CommunityHouse
from tests.unit.matching.house import MatchingHouse
from tests.unit.notifications.house import NotificationsHouse
from tests.unit.surveys.calling import PUBLIC_KEY
from tests.unit.surveys.house import SurveysHouse

OFFICE: Who = ("office-1", ("programme-office",))
OTHERS: list[Who] = [OFFICE, OFFICE, ("ada", ("auditor",)), ("", ())]
PAIR: list[Who] = [("mentor-1", ()), ("mentee-1", ()), ("coordinator-1", ())]
IDS = {"programme_id": ["programme-1"], "pair_id": ["pair-1"], "person_id": ["mentor-1", "mentee-1"]}


@dataclass
class Target:
    """A service under fire, and what it does between two salvos."""

    fuzzed: Fuzzed
    between: Callable[[], object]


def fuzzed(house: Any, service: str, callers: list[Who], **ids: list[str]) -> Fuzzed:
    make_app = import_module(f"services.{service}.entrypoints.http").make_app
    app = make_app(getattr(house, service), replace(house.settings, token_key=PUBLIC_KEY), house.backbone)
    found = Fuzzed(app, callers + OTHERS)
    found.ids.update(ids)
    return found


def matching(folder: Path) -> Iterator[Target]:
    with closing(MatchingHouse(folder)) as house:
        programme = house.a_full_programme()
        house.a_published_run(programme)
        run = house.a_proposed_run(programme)
        people = [person_id("e1"), person_id("m1")]
        yield Target(fuzzed(house, "matching", [("carla", ()), *((one, ()) for one in people)],
                            programme_id=[programme.id], run_id=[run.id], person_id=people), house.settle)


def surveys(folder: Path) -> Iterator[Target]:
    with closing(SurveysHouse(folder)) as house:
        house.start_pair("1")
        house.pass_days(13)
        house.send_all()
        yield Target(fuzzed(house, "surveys", PAIR, **IDS), house.settle)


def notifications(folder: Path) -> Iterator[Target]:
    with closing(NotificationsHouse(folder)) as house:
        house.begin_pair()
        yield Target(fuzzed(house, "notifications", PAIR, **IDS), lambda: house.wait(timedelta(minutes=1)))


def community(folder: Path) -> Iterator[Target]:
    with closing(CommunityHouse(folder)) as house:
        house.create_pair("1")
        yield Target(fuzzed(house, "community", PAIR, **IDS), house.settle)


@pytest.fixture
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Target]:
    """Of the service that the test asks for."""
    yield from {one.__name__: one for one in (matching, surveys, notifications, community)}[request.param](tmp_path)
