"""A chunk of a directory file against the directory: what it would change, who is missing, and the change itself."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from services.matching.application.directory import Directory, NameTaken, Told
from services.matching.application.erased_names import NameErased
from services.matching.contracts.people import PersonState
from services.matching.domain.columns import Field
from services.matching.domain.directory import Details
from services.matching.domain.directory_chunk import Finding, Kind
from services.matching.domain.directory_row import DirectoryRow, state_after
from services.matching.domain.person import Person
from services.matching.domain.row import RowError
from services.matching.domain.sound import BadDetails
from shared.kernel.errors import NotFound

ERASED = "Somebody of this name or address asked to be forgotten: take the line out of the file."


@dataclass(frozen=True)
class DirectoryLines:
    """Belongs to the worker. `fresh` details count for new people of whom the file does not say them."""

    directory: Directory
    fresh: Details

    def compare(self, rows: list[DirectoryRow], left_out: set[int]) -> tuple[list[Finding], list[RowError]]:
        """What each line would change, and errors of those that name somebody who was forgotten."""
        asked, erased = self._look_up(rows)
        findings = [_REFUSED if row.line in left_out or row.names & (erased | {""})
                    else self._would(row, asked) for row in rows]
        return findings, [row.error(Field.ID, "erased-id", ERASED) for row in rows if row.names & erased]

    def apply(self, rows: list[DirectoryRow], planned: list[Finding]) -> list[Finding]:
        """What came of each line. What was planned and is done already counts as done: a crash may come between."""
        asked, erased = self._look_up(rows)
        refused = {row.line for row, plan in zip(rows, planned, strict=True)
                   if plan.kind is Kind.REFUSED or row.names & (erased | {""})}
        new = self._welcome([row for row in rows if row.line not in refused], asked)
        return [_REFUSED if row.line in refused else new.get(row.line) or _done(plan, self._does(row, asked))
                for row, plan in zip(rows, planned, strict=True)]

    def _welcome(self, rows: list[DirectoryRow], asked: "_Asked") -> dict[int, Finding]:
        """Who is new, all at once; by line."""
        told = {row.directory_id: self._told(row, asked)(None) for row in rows if row.directory_id not in asked.known}
        added = self.directory.welcome([one for one in told.values() if one.state is not PersonState.LEFT])
        return {row.line: Finding(Kind.NEW, added[row.directory_id].id) for row in rows if row.directory_id in added}

    def missing(self, rows: list[DirectoryRow], after: str, until: str | None) -> list[Person]:
        """Who is here, between these names, and not in the file. Externals end on their own day."""
        there = {row.directory_id for row in rows}
        return [one for one in self.directory.between(after, until)
                if one.directory_id not in there and one.details.external is None]

    def let_go(self, missing: Iterable[tuple[str, Finding]]) -> None:
        """These leave, as far as they still have the names that were missing."""
        for name, finding in missing:
            with suppress(NotFound):
                self.directory.let_go(finding.person_id, name)

    def _look_up(self, rows: list[DirectoryRow]) -> tuple["_Asked", set[str]]:
        names = [row.directory_id for row in rows]
        others = [name for row in rows for name in row.named]
        people, erased = self.directory.people, self.directory.erased
        known, gone = people.named(names), erased.nobodys(others, people)
        ids = {name: one for name, one in people.ids_of([*names, *others]).items() if name not in gone}
        return _Asked(known, ids), erased.in_lines(rows, people)

    def _would(self, row: DirectoryRow, asked: "_Asked") -> Finding:
        before = asked.known.get(row.directory_id)
        return _finding(before, self._told(row, asked)(before), asked.ids[row.directory_id])

    def _does(self, row: DirectoryRow, asked: "_Asked") -> Finding:
        told, before = self._told(row, asked), asked.known.get(row.directory_id)
        now = told(before)
        finding = _finding(before, now, asked.ids[row.directory_id])
        if finding.kind is Kind.UNCHANGED and (before is None or before.of_directory):
            return finding
        try:
            if before is None:
                return Finding(finding.kind, self.directory.enter(now).id, finding.fields)
            self.directory.revise(before.id, told)
        except (NameTaken, NameErased, BadDetails, NotFound):
            return _REFUSED
        return finding

    def _told(self, row: DirectoryRow, asked: "_Asked") -> Callable[[Person | None], Told]:
        def told(before: Person | None) -> Told:
            details = row.details(before.details if before else self.fresh, asked.ids)
            state = state_after(details, before, self.directory.clock.now())
            return Told(directory_id=row.directory_id, details=details, state=state)
        return told


@dataclass(frozen=True)
class _Asked:
    """Who bears the names, and the person ids of everybody named who may be."""

    known: dict[str, Person]
    ids: dict[str, str]


_REFUSED = Finding(Kind.REFUSED)


def _finding(before: Person | None, told: Told, person_id: str) -> Finding:
    """Whoever is gone, or never was here, does not leave."""
    gone = before is None or before.has_left
    if told.state is PersonState.LEFT:
        return Finding(Kind.UNCHANGED if gone else Kind.LEAVING, person_id)
    if before is None:
        return Finding(Kind.NEW, person_id)
    fields = tuple(name for name, value in vars(told.details).items() if value != getattr(before.details, name))
    fields += ("state",) if told.state is not before.state else ()
    if gone:
        return Finding(Kind.BACK, person_id, fields)
    return Finding(Kind.CHANGED if fields else Kind.UNCHANGED, person_id, fields)


def _done(planned: Finding, done: Finding) -> Finding:
    return planned if done.kind is Kind.UNCHANGED else done
