"""After the last kill: what was accepted is worked off, and then nothing moves any more."""

import time
from collections.abc import Iterable
from pathlib import Path

from deploy.standalone.house import SERVICES
from services.matching.application.erasures import Erasures
from services.matching.domain.erasure import ErasureState
from shared.kernel.errors import DomainError
from shared.messaging.clock_loop import Ticking
from shared.runtime.backbone import Backbone
from tests.fault.service import World, ground, part

PATIENCE = 120.0
LOOKS = 3
"""So often in a row nothing must be left to do."""


def forget(world: World, trouble: Path) -> None:
    """Waits until everybody is forgotten who asked for it: that takes time, by the clock of the domain. Writes down
    when it takes too long."""
    _, _, matching = ground(world, "matching")
    deadline = time.monotonic() + PATIENCE
    while _is_asked(matching.erasures):
        if time.monotonic() > deadline:
            return _tell(trouble, ["somebody is not forgotten"])
        time.sleep(0.2)  # between two looks
    return None


def _is_asked(erasures: Erasures) -> bool:
    """Perhaps, while the store does not answer."""
    try:
        return erasures.store.count({"state": {"$ne": ErasureState.COMPLETE.value}}) > 0
    except DomainError:
        return True


def drain(world: World, trouble: Path) -> None:
    """Waits until everything has come to rest. Writes down what does not in time."""
    rooms = {service: ground(world, service) for service in SERVICES}
    deadline, quiet = time.monotonic() + PATIENCE, 0
    while quiet < LOOKS:
        left = [f"{service}: {what}" for service, (_, backbone, use_cases) in rooms.items()
                for what in _left(world, service, backbone, part(service, "bootstrap").ticking(use_cases))]
        if left and time.monotonic() > deadline:
            return _tell(trouble, left)
        quiet = 0 if left else quiet + 1
        time.sleep(0.2)  # between two looks
    return None


def _tell(trouble: Path, left: Iterable[str]) -> None:
    with trouble.open("a") as lines:
        lines.writelines(f"did not come to rest: {what}\n" for what in left)


def _left(world: World, service: str, backbone: Backbone, ticking: list[Ticking]) -> list[str]:
    """What still moves, or waits for ever."""
    topics = part(service, "entrypoints.events").TOPICS
    try:
        due = [one.repository.documents.name for one in ticking if any(one.repository.due(world.clock.now()))]
        behind = {topic: count for topic, count in backbone.log.lag(service, topics).behind.items() if count}
        waits = [one.key for one in backbone.parked_keys.each({}) if one.waiting and one.retry_at]
        found = {"events to publish": backbone.store.outbox().depth()[0], "timers due": due, "behind": behind,
                 "waits for what it needs": waits}
        return [f"{what}: {much}" for what, much in found.items() if much]
    except DomainError as error:
        return [str(error)]
