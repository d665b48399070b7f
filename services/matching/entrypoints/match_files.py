"""`ithaca match`: the matching alone, on two spreadsheets. Its exit codes are described in `docs/match-files.md`."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from services.matching.adapters.engine_comparison import EngineComparer
from services.matching.adapters.engine_solver import EngineSolver
from services.matching.adapters.files import table, write_all
from services.matching.adapters.report import report_page
from services.matching.adapters.rules_yaml import read_rules
from services.matching.adapters.spreadsheet import read_sheet
from services.matching.application.file_matching import BadSheets, FileMatching, Matched
from services.matching.application.matchmaking import Matchmaker, TooManyPeople
from services.matching.application.pairs_table import PairsTable
from services.matching.domain.flaw_words import flaw_words
from services.matching.domain.matchmaking.people import Role
from services.matching.domain.matchmaking.problem import Progress as Told
from services.matching.domain.matchmaking.rules import Rulebook
from services.matching.domain.matchmaking.rules_file import WrongRules
from services.matching.domain.matchmaking.wording import LANGUAGES, label
from services.matching.domain.sheet import Sheet, column_key

BAD_INPUT = 3
CANNOT_WRITE = 4
TOO_LARGE = 5

_READABLE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_WRITABLE = click.Path(path_type=Path)
_SHARES = {"scoring": (0.0, 0.3), "compiling": (0.3, 0.0), "solving": (0.3, 0.4), "explaining": (0.7, 0.1),
           "comparing": (0.8, 0.2)}


@dataclass(frozen=True)
class _Asked:
    """The options of one call."""

    mentors: Path
    mentees: Path
    out: Path
    rules: Path | None
    report: Path | None
    language: str
    seed: str
    encoding: str | None
    fairness: tuple[str, ...]


@click.command("match")
@click.option("--mentors", type=_READABLE, required=True, help="Table of the mentors, as a spreadsheet saves it.")
@click.option("--mentees", type=_READABLE, required=True, help="Table of the mentees.")
@click.option("--out", type=_WRITABLE, required=True, help="Table of pairs to write, and of everybody without.")
@click.option("--rules", type=_READABLE, help="YAML file with rules and weights; a documented default works without.")
@click.option("--report", type=_WRITABLE, help="HTML page to write, for reading and printing.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of what people read.")
@click.option("--seed", default="", help="Any text: decides between matchings that are equally good.")
@click.option("--encoding", help="Of both tables, where the guess is wrong: cp1250 for example.")
@click.option("--fairness", multiple=True, metavar="COLUMN", help="Compare groups of mentees by this in the report.")
def match(**options: str | Path | tuple[str, ...] | None) -> None:
    """Match two spreadsheets, with reasons. Needs no server and keeps nothing."""
    asked = _Asked(**options)  # type: ignore[arg-type]  # click has checked every option
    _require_sense(asked)
    sheets = {Role.MENTOR: _read(asked.mentors, asked), Role.MENTEE: _read(asked.mentees, asked)}
    _require_columns(asked, sheets[Role.MENTEE])
    matched = _matched(asked, sheets, _rulebook(asked))
    _write(asked, matched, sheets[Role.MENTOR].delimiter)
    _say(asked, matched, sheets)


def _require_sense(asked: _Asked) -> None:
    """A result never replaces an input, and the two results are two files."""
    given = [path.resolve() for path in (asked.mentors, asked.mentees, asked.rules) if path]
    written = [path.resolve() for path in (asked.out, asked.report) if path]
    if len({*given, *written}) < len(set(given)) + len(written):
        raise click.UsageError("--out and --report must be files of their own")
    try:
        "".encode(asked.encoding or "utf-8")
    except LookupError:
        raise click.UsageError(f"no encoding is called {asked.encoding}") from None


def _require_columns(asked: _Asked, mentees: Sheet) -> None:
    known = {column_key(name) for name in mentees.columns}
    for column in asked.fairness:
        if mentees.columns and column_key(column) not in known:
            raise click.UsageError(f"--fairness: {asked.mentees} has no column “{column}”")


def _read(path: Path, asked: _Asked) -> Sheet:
    try:
        return read_sheet(path.read_bytes(), asked.encoding)
    except OSError as error:
        _fail(BAD_INPUT, f"{path}: {error.strerror}")


def _rulebook(asked: _Asked) -> Rulebook | None:
    if not asked.rules:
        return None
    try:
        return read_rules(asked.rules.read_bytes())
    except OSError as error:
        _fail(BAD_INPUT, f"{asked.rules}: {error.strerror}")
    except WrongRules as error:
        _fail(BAD_INPUT, *(f"{asked.rules}: {problem}" for problem in error.problems))


def _matched(asked: _Asked, sheets: Mapping[Role, Sheet], rulebook: Rulebook | None) -> Matched:
    matching = FileMatching(Matchmaker(EngineSolver()), EngineComparer() if asked.report else None)
    try:
        with _progress() as told:
            return matching.match(sheets, rulebook, asked.seed, told)
    except BadSheets as error:
        _fail(BAD_INPUT, *_flaws(asked, error))
    except TooManyPeople as error:
        _fail(TOO_LARGE, f"too large to solve here: {error}")


def _flaws(asked: _Asked, error: BadSheets) -> Iterator[str]:
    for side, path in ((Role.MENTOR, asked.mentors), (Role.MENTEE, asked.mentees)):
        for flaw in error.flaws[side]:
            place = f"{path}:{flaw.line}" if flaw.line else str(path)
            yield f"{place}: {flaw_words(flaw, asked.language)}"


def _write(asked: _Asked, matched: Matched, delimiter: str) -> None:
    files = {asked.out: table(PairsTable(matched, asked.language).rows(), delimiter)}
    if asked.report:
        files[asked.report] = report_page(matched, asked.language, asked.fairness)
    try:
        write_all(files)
    except OSError as error:
        _fail(CANNOT_WRITE, f"cannot write: {error.strerror or error}")


def _say(asked: _Asked, matched: Matched, sheets: Mapping[Role, Sheet]) -> None:
    """What was understood of the files, what was left out and what came of it, all on stderr."""
    for side, path in ((Role.MENTOR, asked.mentors), (Role.MENTEE, asked.mentees)):
        click.echo(f"{path}: {len(sheets[side].rows)} {side.value}s, read as {sheets[side].encoding}", err=True)
    if matched.left_out:
        names = ", ".join(label(name, {}, "en") for name in matched.left_out)
        click.echo(f"left out, for want of columns: {names}", err=True)
    without = [one for one in matched.proposals.unmatched if one.code != "fewer-than-wanted"]
    mentees = sum(one.role is Role.MENTEE for one in without)
    click.echo(
        f"{asked.out}: {len(matched.proposals.pairs)} pairs; {mentees} mentees and "
        f"{len(without) - mentees} mentors without",
        err=True,
    )


def _fail(code: int, *lines: str) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    click.echo("nothing was written", err=True)
    sys.exit(code)


@contextmanager
def _progress() -> Iterator[Told]:
    """A bar on the terminal; nothing where there is none."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading", total=1.0)

        def told(phase: str, part: float) -> None:
            start, share = _SHARES[phase]
            bar.update(task, description=phase, completed=start + share * part)

        yield told
