"""What is well and what is not, and what to do about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

from rich.table import Table

from deploy.standalone.house import SERVICES
from shared.kernel.clock import SystemClock
from shared.kernel.errors import DomainError
from shared.messaging.dead_letters import DeadLetters
from shared.runtime.backbone import Backbone
from shared.runtime.engines import open_backbone, open_log

OLD = timedelta(minutes=5)
_LIST = "look at them: python -m services.{}.entrypoints.cli dead-letters list"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's report."""

    part: str
    text: str
    well: bool = True
    advice: str = ""


def examine(environ: Mapping[str, str]) -> list[Finding]:
    """Looks at the log and at every service's store."""
    try:
        log = open_log(environ["EVENTS_URL"])
        log.ping()
    except DomainError as error:
        return [Finding("event log", str(error), False, "start the event log, then look again")]
    findings = [Finding("event log", _words(log.describe()))]
    for name in SERVICES:
        try:
            backbone = open_backbone(name, environ["STORE_URL"], log)
        except DomainError as error:
            findings.append(Finding(name, str(error), False, "start the store, then look again"))
            continue
        findings += _of(backbone)
        backbone.close()
    log.close()
    return findings


def _of(backbone: Backbone) -> Iterator[Finding]:
    name = backbone.service
    yield Finding(name, _words(backbone.store.describe()))
    depth, since = backbone.store.outbox().depth()
    old = since is not None and SystemClock().now() - since > OLD
    yield Finding(name, f"{depth} event(s) wait to be published" + (f", the oldest since {since}" if since else ""),
                  not old, "see that the worker runs and the event log answers" if old else "")
    topics = import_module(f"services.{name}.entrypoints.events").TOPICS
    behind = sum(backbone.log.lag(name, topics).behind.values())
    yield Finding(name, f"{behind} event(s) not yet handled")
    letters = DeadLetters(name, backbone.parked_keys, {}, SystemClock())
    parked = [one for one in letters.waiting() if one.retry_at is None]
    advice = _LIST.format(name) if parked else ""
    yield Finding(name, f"{len(parked)} key(s) parked", not parked, advice)
    failing = backbone.failing_timers.store.count({})
    yield Finding(name, f"{failing} timer(s) fail", not failing, _LIST.format(name) if failing else "")


def _words(about: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in about.items())


def shown(findings: Sequence[Finding]) -> Table:
    """A line a finding."""
    table = Table("", "Part", "Finding", "What to do")
    for one in findings:
        table.add_row("ok" if one.well else "!!", one.part, one.text, one.advice)
    return table
