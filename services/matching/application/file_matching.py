"""Matching on two sheets alone: for somebody who has no more than that."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.matching.application.matchmaking import Matchmaker
from services.matching.domain.matchmaking.checking import Rows, flaws_in, missing, people_of
from services.matching.domain.matchmaking.people import Role
from services.matching.domain.matchmaking.problem import Problem, Progress, Proposals, unwatched
from services.matching.domain.matchmaking.rules import Rulebook
from services.matching.domain.sheet import Flaw, Line, Sheet, column_key
from shared.kernel.errors import Invalid


class BadSheets(Invalid):
    """Something is wrong in the sheets, so nothing was matched. `flaws` has everything, by side and line."""

    code = "bad-sheets"

    def __init__(self, flaws: Mapping[Role, tuple[Flaw, ...]]) -> None:
        super().__init__(f"{sum(map(len, flaws.values()))} flaws")
        self.flaws = flaws


@dataclass(frozen=True)
class Matched:
    """`left_out` names the optional rules and terms for which there were no columns."""

    problem: Problem
    proposals: Proposals
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class FileMatching:
    """One question, one answer; nothing is kept."""

    matchmaker: Matchmaker

    def match(
        self, sheets: Mapping[Role, Sheet], rulebook: Rulebook, seed: str = "", progress: Progress = unwatched
    ) -> Matched:
        """Raises BadSheets with everything that is wrong, and TooManyPeople."""
        rows = {side: _rows(side, sheet) for side, sheet in sheets.items()}
        columns = {side: frozenset(map(column_key, sheet.columns)) for side, sheet in sheets.items()}
        fitted, left_out = rulebook.fitted(columns[Role.MENTOR], columns[Role.MENTEE])
        lacking = missing(fitted, columns)
        flaws = {
            side: _sorted(sheets[side], lacking[side], flaws_in(rows[side], rows[other], fitted))
            for side, other in ((Role.MENTOR, Role.MENTEE), (Role.MENTEE, Role.MENTOR))
        }
        if any(flaws.values()):
            raise BadSheets(flaws)
        mentors, mentees = people_of(rows[Role.MENTOR], fitted), people_of(rows[Role.MENTEE], fitted)
        problem = Problem(mentors, mentees, fitted, seed=seed)
        return Matched(problem, self.matchmaker.propose(problem, progress), left_out)


def _rows(side: Role, sheet: Sheet) -> Rows:
    lines = (Line(line.number, {column_key(name): text for name, text in line.cells.items()}) for line in sheet.rows)
    return Rows(side, tuple(lines))


def _sorted(sheet: Sheet, lacking: list[Flaw], found: list[Flaw]) -> tuple[Flaw, ...]:
    """Where a column is missing, what depends on it says nothing new; a sheet that cannot be read has no columns."""
    if not sheet.columns:
        return sheet.problems
    gone = {flaw.column for flaw in lacking}
    rest = [flaw for flaw in found if flaw.column not in gone]
    return tuple(sorted((*sheet.problems, *lacking, *rest), key=lambda flaw: flaw.line))
