"""What is well and what is not, and what to do about it."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

from rich.table import Table

from deploy.standalone.folder import inhabited
from deploy.standalone.house import SERVICES
from shared.kernel.clock import SystemClock, iso
from shared.kernel.errors import DomainError
from shared.messaging.dead_letters import DeadLetters
from shared.messaging.log import EventLog
from shared.runtime.backbone import Backbone
from shared.runtime.engines import open_backbone, open_log

OLD = timedelta(minutes=5)
WHICH = ("engine", "version", "place", "database", "cluster")
NEVER = datetime.min.replace(tzinfo=UTC)
RESTORE = "end the house, put the files back from a backup, then call `ithaca restored`"
LIST = "look at them: python -m services.{}.entrypoints.cli dead-letters list"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's report."""

    part: str
    text: str
    well: bool = True
    advice: str = ""


def examine(folder: Path, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Looks at the house, the log and every service's store; changes nothing."""
    running = inhabited(folder)
    yield Finding("house", f"{'is' if running else 'is not'} running, Python {platform.python_version()}",
                  advice="" if running else f"ithaca up --data {folder}")
    if lost := _missing("event log", environ["EVENTS_URL"], "events"):
        yield lost
        return
    try:
        with closing(open_log(environ["EVENTS_URL"])) as log:
            log.ping()
            yield from _engine("event log", log.describe())
            for name in SERVICES:
                yield from _service(name, environ["STORE_URL"], log)
    except DomainError as error:
        yield _ill("event log", error)


def _missing(part: str, url: str, file: str) -> Finding | None:
    """An embedded engine's file that is gone: opening it would make an empty one, and hide the loss."""
    scheme, _, place = url.partition(":")
    path = Path(place.partition("?")[0]) / f"{file}.db"
    if scheme not in ("sqlite", "embedded") or path.exists():
        return None
    return Finding(part, f"{path} is missing", False, RESTORE)


def _service(name: str, url: str, log: EventLog) -> Iterator[Finding]:
    if lost := _missing(name, url, name):
        yield lost
        return
    try:
        with closing(open_backbone(name, url, log)) as backbone:
            yield from _of(backbone)
    except DomainError as error:
        yield _ill(name, error)


def _ill(part: str, error: DomainError) -> Finding:
    return Finding(part, str(error), False, f"see that it runs and answers; if its file is broken, {RESTORE}")


def _of(backbone: Backbone) -> Iterator[Finding]:
    yield from _engine(backbone.service, backbone.store.describe())
    yield _outbox(backbone)
    yield _lag(backbone)
    yield from _parked(backbone)


def _outbox(backbone: Backbone) -> Finding:
    depth, since = backbone.store.outbox().depth()
    text = f"{depth} event(s) wait to be published" + (f", the oldest since {iso(since)}" if since else "")
    return _waits(backbone.service, text, since)


def _lag(backbone: Backbone) -> Finding:
    topics = import_module(f"services.{backbone.service}.entrypoints.events").TOPICS
    behind, at = sum(backbone.log.lag(backbone.service, topics).behind.values()), backbone.caught_up_at()
    text = f"{behind} event(s) not yet handled" + (f", all were at {iso(at)}" if behind and at else "")
    return _waits(backbone.service, text, (at or NEVER) if behind else None)


def _waits(service: str, text: str, since: datetime | None) -> Finding:
    old = since is not None and SystemClock().now() - since > OLD
    return Finding(service, text, not old, "see that the house or the worker runs, and what it logs" if old else "")


def _parked(backbone: Backbone) -> Iterator[Finding]:
    letters = DeadLetters(backbone.service, backbone.parked_keys, {}, SystemClock())
    held_up = [one.retry_at for one in letters.held_up()]
    stuck, by_hand = held_up.count(None) + letters.refused(), LIST.format(backbone.service)
    first = next((one.error for one in letters.waiting() if one.retry_at is None), "")
    yield Finding(backbone.service, f"{stuck} key(s) parked" + (f": {first}" if stuck else ""),
                  not stuck, by_hand if stuck else "")
    failing = backbone.failing_timers.store.count({})
    yield Finding(backbone.service, f"{failing} timer(s) fail", not failing, by_hand if failing else "")
    if waits := len(held_up) - held_up.count(None):
        yield Finding(backbone.service, f"{waits} key(s) wait for what comes first",
                      advice="they are tried again by themselves")


def _engine(part: str, about: Mapping[str, str]) -> Iterator[Finding]:
    """Which it is and where, and below what it can and holds to."""
    known = {name: value for name, value in about.items() if name in WHICH}
    yield Finding(part, _words(known))
    yield Finding(part, _words({name: value for name, value in about.items() if name not in WHICH}))


def _words(about: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in about.items())


def shown(findings: Sequence[Finding]) -> Table:
    """A line a finding."""
    table = Table("", "Part", "Finding", "What to do")
    for one in findings:
        table.add_row("ok" if one.well else "!!", one.part, one.text, one.advice)
    return table
