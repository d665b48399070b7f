"""Everybody who tells the story at once, and somebody who disturbs."""

import itertools
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from shared.kernel.errors import DomainError
from shared.kernel.events import Sequence
from shared.messaging.envelope import Outgoing
from shared.runtime.backbone import Backbone
from tests.fault.asking import ask_around
from tests.fault.client import OVER, Client, Over
from tests.fault.service import World, ground
from tests.fault.story import Programme

STRAY, MOST_STRAYS = "/elsewhere/goals/", 10


def tell(world: World, folder: Path, seed: int, threads: int) -> None:
    """Each thread lives one programme after the other until it is over, two more forget people, one lets mentees ask
    mentors, and one only opens programmes, so that something is accepted whatever the others wait for; what went wrong
    is in the file `trouble`."""
    lives = [*[Programme.live] * threads, *[Programme.come_and_go] * 2, ask_around, _open]
    tellers = [threading.Thread(target=_disturb, args=(world, folder, seed))]
    tellers += [threading.Thread(target=_tell, args=(world, folder, f"{seed}x{number}", seed, live))
                for number, live in enumerate(lives)]
    for teller in tellers:
        teller.start()
    for teller in tellers:
        teller.join()


def _tell(world: World, folder: Path, name: str, seed: int, live: Callable[[Programme], None]) -> None:
    client = Client(world, folder, name, seed)
    try:
        for number in itertools.count():
            live(Programme(client, f"{name}p{number}", world.clock))
    except Over:
        return
    except Exception:  # noqa: BLE001 - the run is judged by what was accepted, and fails for this
        with (folder / "trouble").open("a") as trouble:
            trouble.write(traceback.format_exc())


def _open(programme: Programme) -> None:
    programme.open()
    time.sleep(0.5)  # three commands each


def _disturb(world: World, folder: Path, seed: int) -> None:
    """Somebody else writes what is no event of ours to a topic: it is parked, and nothing else waits for it. Twenty in
    a minute would stop the consumer, and rightly: when it is behind, he waits."""
    _, backbone, _ = ground(world, "matching")
    over, number = folder / OVER, 0
    while not over.exists():
        if number - _parked(backbone) < MOST_STRAYS:
            backbone.log.publish([_stray(f"stray-{number}")])
            number += 1
        time.sleep(5)  # so that there are fewer than twenty a minute


def _parked(backbone: Backbone) -> int:
    """How many of his were parked; none, as far as one knows while the store does not answer."""
    try:
        return sum(one.key.startswith("stray") for one in backbone.parked_keys.each({}))
    except DomainError:
        return 0


def _stray(name: str) -> Outgoing:
    return Outgoing(id=name, source=STRAY + name, sequence=Sequence(1, 1), topic="mentoring.goals.v1", key=name,
                    type="mentoring.goal-drafted.v1", time="2026-03-02T07:00:00.000Z", data={})
