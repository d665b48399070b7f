"""One run: the story told under fire, brought to rest, and judged."""

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from os import WNOHANG, waitpid
from pathlib import Path

from deploy.standalone.environment import environment
from deploy.standalone.house import SERVICES, topics
from services.matching.engine.warming import warm
from shared.runtime.engines import open_log
from shared.runtime.logging import configure
from tests.engines.child import free_port
from tests.fault.client import LEDGER, OVER, accepted
from tests.fault.clock import FastClock
from tests.fault.crew import Crew, fork, kill
from tests.fault.drain import drain, forget
from tests.fault.engines import PAIRS, Engines
from tests.fault.goals import GOALS
from tests.fault.judge import Findings, Judge
from tests.fault.post import keep_post
from tests.fault.service import World, part
from tests.fault.telling import tell

DAY = 86_400
MAILS, TROUBLE = "mails", "trouble"


@dataclass
class Verdict:
    """The one line of a run. `trials` are kills; `passed` needs all of `target`, and no note."""

    goal: str
    seed: int
    commit: str
    scale: str
    target: int
    trials: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    accepted: int = 0
    effects: int = 0
    lost: int = 0
    duplicates: int = 0
    out_of_order: int = 0
    divergences: int = 0
    repeated_mails: int = 0
    crashes: int = 0
    worst_s: float = 0.0
    duration_s: float = 0.0
    versions: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    passed: bool = False


def run(name: str, seed: int, scale: str, commit: str, folder: Path) -> Verdict:
    """What comes of this goal. The folder holds everything, and may be looked at afterwards."""
    goal, begun = GOALS[name], time.monotonic()
    verdict, plan = Verdict(name, seed, commit, scale, goal.target(scale)), goal.plan(seed, scale)
    _warm_up()
    with PAIRS[goal.engines](folder) as engines, _world(folder, engines) as world:
        crew, story = Crew(world), fork(lambda: tell(world, folder, seed, engines.threads))
        try:
            plan.run(crew, engines, folder / LEDGER)
            _bring_to_rest(world, folder, crew, story)
        finally:
            crew.end_all()
            kill(story)
        _judge(verdict, folder, Judge(world.environ, folder, crew).findings_of())
        verdict.crashes = len(crew.crashes)
        verdict.notes += crew.crashes
        verdict.versions = dict(engines.versions)
    verdict.kills, verdict.trials = dict(sorted(plan.done.items())), plan.done.total()
    verdict.duration_s = round(time.monotonic() - begun, 1)
    verdict.passed = goal.reached(scale, plan.done) and verdict.accepted > 0 and not verdict.notes
    return verdict


def _warm_up() -> None:
    """Everything is imported once, and nothing opened: a fork then starts in hundredths of a second."""
    configure("CRITICAL")
    logging.disable()  # kafka-python says of each connection that it was cut
    for service in SERVICES:
        for module in ("bootstrap", "settings", "entrypoints.http", "entrypoints.events"):
            part(service, module)
    for module in ("shared.sqlite.documents", "shared.embedded.log", "shared.mongo.store",
                   "shared.kafka.log"):
        import_module(module)
    warm()


@contextmanager
def _world(folder: Path, engines: Engines) -> Iterator[World]:
    """Topics, a mail server, a fast clock and open doors."""
    port = free_port()
    post = fork(lambda: keep_post(folder / MAILS, port))
    with ExitStack() as stack:
        stack.callback(kill, post)
        doors = {service: stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=64))
                 for service in SERVICES}
        environ = environment(folder, "http://127.0.0.1:8080", {
            **engines.environ, "SMTP_URL": f"smtp://127.0.0.1:{port}?starttls=no", "SMTP_PAUSE": "1"})
        world = World(environ, FastClock(DAY / engines.day), doors)
        _wait(fork(lambda: _set_up(world)))
        yield world


def _set_up(world: World) -> None:
    """No topic is compacted, or the judge would not see what was there."""
    with closing(open_log(world.environ["EVENTS_URL"])) as log:
        log.create_topics([replace(topic, compacted=False) for topic in topics()])


def _bring_to_rest(world: World, folder: Path, crew: Crew, story: int) -> None:
    """No more commands; time runs on until claims of the dead are over and who asked for it is forgotten, and then goes
    slowly."""
    (folder / OVER).touch()
    _wait(story, crew)
    _wait(fork(lambda: time.sleep(DAY / world.clock.speed / 24)), crew)
    _wait(fork(lambda: forget(world, folder / TROUBLE)), crew)
    world.clock.keep_real_time()
    if _wait(fork(lambda: drain(world, folder / TROUBLE)), crew):
        with (folder / TROUBLE).open("a") as trouble:
            trouble.write("whoever looks whether all rests has ended by himself\n")


def _wait(process: int, crew: Crew | None = None) -> int:
    """Until it has ended; meanwhile whoever ends by himself is started again. Answers its exit status."""
    while True:
        ended, status = waitpid(process, WNOHANG)
        if ended:
            return status
        if crew:
            crew.mend()
        time.sleep(0.02)


def _judge(verdict: Verdict, folder: Path, findings: Findings) -> None:
    commands = accepted(folder / LEDGER)
    verdict.accepted, verdict.effects = len(commands), sum(one.times for each in commands for one in each.effects)
    verdict.worst_s = max((one.seconds for one in commands), default=0.0)
    for name in ("lost", "duplicates", "out_of_order", "divergences", "repeated_mails"):
        setattr(verdict, name, getattr(findings, name))
    trouble = folder / TROUBLE
    verdict.notes = findings.notes + (trouble.read_text().splitlines() if trouble.exists() else [])
