"""The commands over the audit log: `audit verify | export`."""

from collections.abc import Callable
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


def audit(open_worker: Callable[[], Worker]) -> click.Group:
    """The group `audit`."""
    group = click.Group("audit", help="Who changed what, when and why; and whether anything of it was altered.")
    group.add_command(_verify(open_worker))
    group.add_command(_export(open_worker))
    return group


def verified(worker: Worker, anchors: dict[int, str] | None = None) -> Verdict:
    """Also a line in the log. Raises AuditBroken."""
    backbone = worker.backbone
    looking = Verification(backbone.trail, list(backbone.audited.values()), lambda: worker.outbox.depth()[0])
    try:
        found = looking.verify(anchors)
    except AuditBroken as broken:
        log.error("audit_broken", service=backbone.service, place=str(broken))
        raise
    log.info("audit_verified", service=backbone.service, number=found.entries, hash=found.hash)
    return found


def _verify(open_worker: Callable[[], Worker]) -> click.Command:
    @click.command("verify", help="Compute the whole chain anew, and compare it with the documents. Ends with 1 and "
                                  "the first place that is wrong.")
    @click.option("--anchor", "anchors", multiple=True, type=_read(_anchor), metavar="NUMBER:HASH",
                  help="An audit_anchor that was kept elsewhere; may be given more than once.")
    def verify(anchors: tuple[tuple[int, str], ...]) -> None:
        try:
            found = verified(open_worker(), dict(anchors))
        except AuditBroken as broken:
            raise click.ClickException(str(broken)) from None
        if found.waiting:
            click.echo(f"{found.waiting} document(s) have entries that still wait for the worker")
        click.echo(f"{found.entries} entries about {found.documents} documents, nothing altered: "
                   f"{found.entries}:{found.hash}")
    return verify


def _export(open_worker: Callable[[], Worker]) -> click.Command:
    @click.command("export", help="Entries as a file, the oldest first.")
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
    number, _, digest = text.partition(":")
    return int(number), digest


def _read(read: Callable[[str], T]) -> Callable[[str], T]:
    def convert(text: str) -> T:
        try:
            return read(text)
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
    return convert
