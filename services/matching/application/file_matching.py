"""Matching on two sheets alone: for somebody who has no more than that."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from services.matching.application.matchmaking import Comparer, Matchmaker
from services.matching.domain.columns import guess
from services.matching.domain.matchmaking.checking import Rows, flaws_in, missing, people_of
from services.matching.domain.matchmaking.comparison import Comparison
from services.matching.domain.matchmaking.default_rules import default_rulebook
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
    """`left_out` names the optional rules and terms for which there were no columns. `comparison`: if it was asked.
    `headings`: key of a column of the mentees → how their table calls it."""

    problem: Problem
    proposals: Proposals
    left_out: tuple[str, ...]
    headings: Mapping[str, str]
    comparison: Comparison | None = None


@dataclass(frozen=True)
class FileMatching:
    """One question, one answer; nothing is kept. With a comparer the answer says what other objectives would bring."""

    matchmaker: Matchmaker
    comparer: Comparer | None = None

    def match(
        self, sheets: Mapping[Role, Sheet], rulebook: Rulebook | None, seed: str = "", progress: Progress = unwatched
    ) -> Matched:
        """Without a rulebook the default one is used, and headings are understood in English and German.

        Raises BadSheets with everything that is wrong, and TooManyPeople.
        """
        named = {side: NamedSheet.of(sheet, guessing=rulebook is None) for side, sheet in sheets.items()}
        columns = {side: frozenset(one.headings) for side, one in named.items()}
        fitted, left_out = (rulebook or default_rulebook()).fitted(columns[Role.MENTOR], columns[Role.MENTEE])
        rows = {side: Rows(side, one.lines) for side, one in named.items()}
        lacking = missing(fitted, columns)
        flaws = {
            side: named[side].all_flaws(lacking[side], flaws_in(rows[side], rows[other], fitted))
            for side, other in ((Role.MENTOR, Role.MENTEE), (Role.MENTEE, Role.MENTOR))
        }
        if any(flaws.values()):
            raise BadSheets(flaws)
        mentors, mentees = people_of(rows[Role.MENTOR], fitted), people_of(rows[Role.MENTEE], fitted)
        problem = Problem(mentors, mentees, fitted, seed=seed)
        headings = named[Role.MENTEE].headings
        if self.comparer is None:
            return Matched(problem, self.matchmaker.propose(problem, progress), left_out, headings)
        proposals, comparison = self.matchmaker.propose_and_compare(problem, self.comparer, progress)
        return Matched(problem, proposals, left_out, headings, comparison)


@dataclass(frozen=True)
class NamedSheet:
    """A sheet whose columns go by their keys. `headings` knows how the sheet itself calls them."""

    sheet: Sheet
    headings: Mapping[str, str]

    @classmethod
    def of(cls, sheet: Sheet, guessing: bool) -> "NamedSheet":
        """`guessing`: a column that means a field goes by it, unless one has that very name."""
        headings = {column_key(name): name for name in reversed(sheet.columns)}
        meant = guess(sheet.columns) if guessing else {}
        for field, name in meant.items():
            if field not in headings:
                headings = {field if key == column_key(name) else key: one for key, one in headings.items()}
        return cls(sheet, headings)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The cells by the keys."""
        named = list(self.headings.items())
        return tuple(Line(one.number, {key: one.cells[name] for key, name in named}) for one in self.sheet.rows)

    def all_flaws(self, lacking: list[Flaw], found: list[Flaw]) -> tuple[Flaw, ...]:
        """Where a column is missing, what depends on it says nothing new; a file that is no table has no columns."""
        if not self.sheet.columns:
            return self.sheet.problems
        gone = {flaw.column for flaw in lacking}
        rest = [self._by_heading(flaw) for flaw in found if flaw.column not in gone]
        return tuple(sorted((*self.sheet.problems, *lacking, *rest), key=lambda flaw: flaw.line))

    def _by_heading(self, flaw: Flaw) -> Flaw:
        return replace(flaw, column=self.headings.get(flaw.column, flaw.column))
