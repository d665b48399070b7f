"""After the last kill: what was accepted is worked off, and then nothing moves any more."""

import time

from deploy.standalone.house import SERVICES
from shared.kernel.errors import DomainError
from shared.messaging.clock_loop import Ticking
from shared.runtime.backbone import Backbone
from tests.fault.service import World, ground, part

PATIENCE = 120.0
LOOKS = 3
"""So often in a row nothing must be left to do."""


class Restless(Exception):
    """Something still moves, or waits for ever."""


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
