"""The commands over the audit log: `audit verify | export`."""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click
import structlog

from shared.audit.exporting import FORMATS
from shared.audit.trail import Wanted
from shared.audit.verifying import AuditBroken, Verdict, Verification
from shared.kernel.clock import parse
from shared.runtime.worker import Worker

log = structlog.get_logger("audit")
T = TypeVar("T")
WAITING = 3
"""The exit code while entries are on their way: neither whole nor broken."""


def audit(open_worker: Callable[[], Worker]) -> click.Group:
    """The group `audit`."""
    group = click.Group("audit", help="Who changed what, when and why; and whether anything of it was altered.")
    group.add_command(_verify(open_worker))
    group.add_command(_export(open_worker))
    return group


def verified(worker: Worker, anchors: dict[int, str] | None = None, older: int = 0) -> Verdict:
    """Also a line in the log. Raises AuditBroken."""
    backbone = worker.backbone
    looking = Verification(backbone.trail, list(backbone.audited.values()), worker.outbox)
    try:
        found = looking.verify(anchors, older)
    except AuditBroken as broken:
        log.error("audit_broken", service=backbone.service, place=str(broken))
        raise
    log.info("audit_verified", service=backbone.service, number=found.entries, hash=found.hash)
    return found


def _verify(open_worker: Callable[[], Worker]) -> click.Command:
    @click.command("verify", help="Compute the whole chain anew, and compare it with the documents. Ends with 1 and "
                                  "the first place that is wrong; with 3 while entries wait for the worker.")
    @click.option("--anchor", "anchors", multiple=True, type=_read(_anchor), metavar="NUMBER:HASH",
                  help="An audit_anchor that was kept elsewhere; may be given more than once.")
    @click.option("--older", type=click.IntRange(min=0), default=0, metavar="NUMBER",
                  help="So many documents at most may have no entry: those that are older than the log.")
    def verify(anchors: tuple[tuple[int, str], ...], older: int) -> None:
        try:
            found = verified(open_worker(), _by_number(anchors), older)
        except AuditBroken as broken:
            raise click.ClickException(str(broken)) from None
        _tell(found)
    return verify


def _tell(found: Verdict) -> None:
    whole = f"{found.entries}:{found.hash}"
    if found.older:
        click.echo(f"{found.older} document(s) have no entry: nothing is known about them")
    if found.waiting:
        click.echo(f"{found.waiting} document(s) have entries that still wait for the worker: start it, and verify "
                   f"again. What is in the log holds: {whole}")
        raise click.exceptions.Exit(WAITING)
    click.echo(f"{found.entries} entries about {found.documents} documents, nothing altered: {whole}")


def _export(open_worker: Callable[[], Worker]) -> click.Command:
    @click.command("export", help="Entries as a file, in the order of the chain. Only a file "
                                  "without a filter can be verified elsewhere.")
    @click.option("--format", "kind", type=click.Choice(sorted(FORMATS)), default="csv", show_default=True)
    @click.option("--document", help="About this one: a pair, a programme, a person …")
    @click.option("--who", help="By this person or client.")
    @click.option("--since", type=_read(parse), help="From this moment on, as in 2027-03-01T00:00:00Z.")
    @click.option("--until", type=_read(parse), help="Before this moment.")
    def export(kind: str, **wanted: Any) -> None:
        for line in FORMATS[kind].lines(open_worker().backbone.trail.each(Wanted(**wanted))):
            click.echo(line, nl=False)
    return export


def _anchor(text: str) -> tuple[int, str]:
    found = re.fullmatch(r"([1-9][0-9]{0,14}):([0-9a-f]{64})", text.strip().lower())
    if not found:
        raise ValueError("an anchor is the number of an entry, a colon and its hash of 64 hexadecimal digits")
    return int(found[1]), found[2]


def _by_number(anchors: Sequence[tuple[int, str]]) -> dict[int, str]:
    found: dict[int, str] = {}
    for number, digest in anchors:
        if found.setdefault(number, digest) != digest:
            raise click.BadParameter(f"two hashes of entry {number}: one of them is not an anchor of this log")
    return found


def _read(read: Callable[[str], T]) -> Callable[[str], T]:
    def convert(text: str) -> T:
        try:
            return read(text)
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
    return convert
