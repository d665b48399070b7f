"""The commands every service's command line has: dead letters, the audit log, projections, and what to do after a
restore."""

from collections.abc import Callable

import click

from shared.kernel.clock import iso
from shared.kernel.errors import DomainError
from shared.messaging.dead_letters import DeadLetters, describe
from shared.messaging.failing_timers import FailingTimer
from shared.messaging.parking import ParkedKey
from shared.runtime.auditing import audit
from shared.runtime.rebuilding import Rebuild
from shared.runtime.worker import Worker

OpenWorker = Callable[[], Worker]


def commands(open_worker: OpenWorker) -> click.Group:
    """A group with `dead-letters list | show | replay | discard | discard-refused`, `audit verify | export`,
    `projections rebuild` and `restored`."""
    group = click.Group("service", help="Operate this service.")
    group.add_command(dead_letters(open_worker))
    group.add_command(audit(open_worker))
    group.add_command(_projections(open_worker))
    group.add_command(_restored(open_worker))
    return group


def _projections(open_worker: OpenWorker) -> click.Group:
    group = click.Group("projections", help="What this service knows of other services' entities.")

    @group.command("rebuild", help="Fill them anew from the log beside the present ones, then switch.")
    def rebuild() -> None:
        worker = open_worker()
        backbone = worker.backbone
        try:
            done = Rebuild(backbone.copies, worker.keep, worker.handlers, backbone.log).run()
        except DomainError as error:
            raise click.ClickException(f"stopped, the present ones stay: {error}") from None
        click.echo(f"{len(backbone.copies)} projection(s) rebuilt from {done} event(s)")
    return group


def _restored(open_worker: OpenWorker) -> click.Command:
    @click.command("restored", help="Call once after the store was restored from a backup.")
    def restored() -> None:
        generation = open_worker().backbone.store.raise_generation()
        click.echo(f"the store is now in generation {generation}")
    return restored


def dead_letters(open_worker: OpenWorker) -> click.Group:
    """The group `dead-letters`."""
    def opened() -> DeadLetters:
        return open_worker().dead_letters
    group = click.Group("dead-letters", help="Events that could not be handled, and the keys that wait behind them.")
    for command in (_list(open_worker), _show(opened), _replay(opened), _discard(opened), _discard_refused(opened)):
        group.add_command(command)
    return group


def _line(parked: ParkedKey) -> str:
    how = "is tried again" if parked.retry_at else "waits for you"
    return f"{parked.id}  {parked.topic}  {len(parked.waiting)} event(s)  {how}  {parked.error}"


def _timer_line(timer: FailingTimer) -> str:
    return (f"timer of {timer.collection} {timer.document}  rung {timer.attempts} time(s) since {iso(timer.since)}  "
            f"is tried again  {timer.error}")


def _list(open_worker: OpenWorker) -> click.Command:
    @click.command("list", help="One line a parked key, and one a timer that fails.")
    def show_all() -> None:
        worker = open_worker()
        for parked in worker.dead_letters.waiting():
            click.echo(_line(parked))
        for timer in worker.backbone.failing_timers.all():
            click.echo(_timer_line(timer))
    return show_all


def _show(opened: Callable[[], DeadLetters]) -> click.Command:
    @click.command("show", help="The events of one key, oldest first.")
    @click.argument("id")
    def show(id: str) -> None:
        parked = _found(opened(), id)
        click.echo(_line(parked))
        for event in parked.waiting:
            click.echo(f"  {event.id}  {event.type}  {event.time}  partition {event.partition} offset {event.offset}")
    return show


def _replay(opened: Callable[[], DeadLetters]) -> click.Command:
    @click.command("replay", help="Handle what waits behind this key, in order.")
    @click.argument("id")
    @click.option("--dry-run", is_flag=True, help="Only count.")
    def replay(id: str, dry_run: bool) -> None:
        letters = opened()
        _found(letters, id)
        try:
            done = letters.replay(id, dry=dry_run)
        except Exception as error:  # noqa: BLE001 - whatever failed once may fail again
            raise click.ClickException(f"stopped: {describe(error)}") from None
        click.echo(f"{done} event(s) {'would be ' if dry_run else ''}handled")
    return replay


def _discard(opened: Callable[[], DeadLetters]) -> click.Command:
    @click.command("discard", help="Give one event up; those behind it are handled by the next replay.")
    @click.argument("id")
    @click.argument("event_id")
    def discard(id: str, event_id: str) -> None:
        letters = opened()
        if event_id not in {one.id for one in _found(letters, id).waiting}:
            raise click.ClickException(f"no event {event_id} waits there: see dead-letters show {id}")
        left = letters.discard(id, event_id)
        click.echo(f"discarded; {len(left.waiting)} event(s) still wait")
    return discard


def _discard_refused(opened: Callable[[], DeadLetters]) -> click.Command:
    @click.command("discard-refused", help="Give up all that another system told on this topic and that was refused.")
    @click.argument("topic")
    def discard_refused(topic: str) -> None:
        click.echo(f"{opened().discard_refused(topic)} event(s) discarded")
    return discard_refused


def _found(letters: DeadLetters, id: str) -> ParkedKey:
    try:
        return letters.get(id)
    except DomainError as error:
        raise click.ClickException(str(error)) from None
