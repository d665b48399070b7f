"""`directory sync FILE`: the directory from a file, on a schedule. Says ids and lines, never names: output is kept."""

import sys
from collections.abc import Callable, Iterator
from typing import IO

import click

from services.matching.application import Matching
from services.matching.application.directory_files import DirectoryFiles, Uploaded, mapping_of
from services.matching.domain.directory_chunk import Kind
from services.matching.domain.directory_file import DirectoryFile, FileState, ManyWouldLeave
from shared.kernel.errors import DomainError, OutboxFull

REFUSED, MANY_LEAVE, LEFT_OUT, WAITS = 1, 3, 4, 5
"""Ends with: nothing was done; nothing was done, since too many would leave; done, but for lines that were refused; not
done to the end, since no worker publishes what was told so far."""
NO_WORKER = ("not done to the end: too much waits to be published, and no worker publishes it. Nothing is lost: "
             "start the worker, and send the same file again")


def directory(open_matching: Callable[[], Matching]) -> click.Group:
    """The group `directory`."""
    group = click.Group("directory", help="What the organisation's directory says of people.")

    @group.command("sync", help="Make people what FILE says (CSV; -: what comes in). The second time changes nothing.")
    @click.argument("file", type=click.File("rb"))
    @click.option("--dry-run", is_flag=True, help="Only say what would change.")
    @click.option("--full", is_flag=True, help="Whoever is missing in the file leaves.")
    @click.option("--leaving", type=int, help="So many leave, on purpose; needed when it is more than usual.")
    @click.option("--column", multiple=True, help="What a column means, as in id=Staff No; else by its heading.")
    def sync(file: IO[bytes], dry_run: bool, full: bool, leaving: int | None, column: tuple[str, ...]) -> None:
        files = open_matching().directory_files
        try:
            for begun in files.being_applied() if not dry_run else ():
                files.walk.finish(begun.id)
            checked = _checked(files, Uploaded(data=file.read(), full=full, mapping=mapping_of(column),
                                               brought_by="schedule"))
            sys.exit(_only_said(files, checked) if dry_run else _applied(files, checked, leaving))
        except ManyWouldLeave as error:
            click.echo(f"nothing was done: {error} (--leaving)", err=True)
            sys.exit(MANY_LEAVE)
        except OutboxFull:
            click.echo(NO_WORKER, err=True)
            sys.exit(WAITS)
        except DomainError as error:
            raise click.ClickException(str(error)) from None
    return group


def _checked(files: DirectoryFiles, uploaded: Uploaded) -> DirectoryFile:
    """Compared, and its difference said."""
    file = files.walk.finish(files.check(uploaded).id)
    click.echo("".join(f"{line}\n" for line in _difference(files, file)), nl=False)
    if file.state is FileState.REFUSED:
        sys.exit(REFUSED)
    return file


def _difference(files: DirectoryFiles, file: DirectoryFile) -> Iterator[str]:
    for error in file.errors:
        yield f"line {error.line}  {error.code}  {error.column}  {error.text}"
    for one in files.lines(file, None, sys.maxsize, None).items if file.state is not FileState.REFUSED else ():
        if one.finding.kind is not Kind.REFUSED:
            yield f"line {one.line or '-'}  {one.finding.kind}  {one.finding.person_id}  {' '.join(one.finding.fields)}"
    yield ", ".join(f"{count} {kind}" for kind, count in file.difference.items()) or "refused"


def _only_said(files: DirectoryFiles, file: DirectoryFile) -> int:
    files.walk.finish(files.discard(file.id).id)
    return _left_out(file.difference)


def _applied(files: DirectoryFiles, file: DirectoryFile, leaving: int | None) -> int:
    try:
        files.apply(file.id, leaving)
    except DomainError:
        files.walk.finish(files.discard(file.id).id)
        raise
    done = files.walk.finish(file.id)
    click.echo("done: " + ", ".join(f"{count} {kind}" for kind, count in done.results.items()))
    return _left_out(done.results)


def _left_out(counts: dict[str, int]) -> int:
    return LEFT_OUT if counts.get(Kind.REFUSED) else 0
