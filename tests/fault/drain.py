"""After the last kill: what was accepted is worked off, and then nothing moves any more."""

import time

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


class Restless(Exception):
    """Something still moves, or waits for ever."""


def forget(world: World) -> None:
    """Waits until everybody is forgotten who asked for it: that takes time, by the clock of the domain. Raises
    Restless."""
    _, _, matching = ground(world, "matching")
    deadline = time.monotonic() + PATIENCE
    while _is_asked(matching.erasures):
        if time.monotonic() > deadline:
            raise Restless
        time.sleep(0.2)  # between two looks


def _is_asked(erasures: Erasures) -> bool:
    """Perhaps, while the store does not answer."""
    try:
        return erasures.store.count({"state": {"$ne": ErasureState.COMPLETE.value}}) > 0
    except DomainError:
        return True


def drain(world: World) -> None:
    """Waits until everything has come to rest. Raises Restless."""
    rooms = {service: ground(world, service) for service in SERVICES}
    deadline, quiet = time.monotonic() + PATIENCE, 0
    while quiet < LOOKS:
        if time.monotonic() > deadline:
            raise Restless
        rests = all(_rests(world, service, backbone, part(service, "bootstrap").ticking(use_cases))
                    for service, (_, backbone, use_cases) in rooms.items())
        quiet = quiet + 1 if rests else 0
        time.sleep(0.2)  # between two looks


def _rests(world: World, service: str, backbone: Backbone, ticking: list[Ticking]) -> bool:
    topics = part(service, "entrypoints.events").TOPICS
    try:
        return not (backbone.store.outbox().depth()[0]
                    or any(one.repository.due(world.clock.now(), 1) for one in ticking)
                    or any(one.waiting and one.retry_at for one in backbone.parked_keys.each({}))
                    or any(backbone.log.lag(service, topics).behind.values()))
    except DomainError:
        return False
