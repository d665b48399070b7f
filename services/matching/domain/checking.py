"""Looks at a whole file through a mapping: which lines can be imported, and what is wrong with the others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from services.matching.domain.columns import Field, Mapping_, missing
from services.matching.domain.flaw_words import flaw_words
from services.matching.domain.row import Row, RowError
from services.matching.domain.sheet import Flaw, Line

MOST_LINES = 100_000
MOST_COLUMNS = 200
MOST_BAD_LINES = 5_000
"""With more the file is refused: then it is the wrong file, or the wrong mapping."""
MOST_ERRORS = 200


@dataclass
class Check:
    """`errors` holds the first 200; `left_out` every bad line's number; `fatal` when nothing can be imported so."""

    errors: list[RowError] = field(default_factory=list)
    count: int = 0
    left_out: set[int] = field(default_factory=set)
    fatal: bool = False

    def note(self, error: RowError) -> None:
        """One more error; one of line 0 is about the whole file and stands first."""
        self.count += 1
        if error.line == 0:
            self.fatal = True
            self.errors.insert(0, error)
        else:
            self.left_out.add(error.line)
            self.errors.append(error)
        del self.errors[MOST_ERRORS:]

    def require_few(self) -> None:
        """With too many bad lines it is the wrong file."""
        if len(self.left_out) > MOST_BAD_LINES:
            self.note(RowError(0, "", "too-many-errors", "Too many lines have errors: check the mapping and the file."))


_FATAL = {"workbook", "wrong-encoding", "not-text", "empty-file", "doubled-column"}


def check(lines: Iterable[Line], mapping: Mapping_, flaws: Sequence[RowError], columns: Sequence[str]) -> Check:
    """Every line is looked at, and none is named with what it holds. `flaws` are the file's own."""
    found = check_of(mapping, flaws, columns)
    if not found.fatal:
        _look_at(lines, mapping, found)
    return found


def nobody_there() -> RowError:
    """For a file of a heading alone."""
    return RowError(0, "", "nobody-there", "Nobody stands in this file.")


def too_many_lines() -> RowError:
    return RowError(0, "", "too-many-lines", f"A file has {MOST_LINES} lines at most: split it.",
                    {"most": str(MOST_LINES)})


def check_of(mapping: Mapping_, flaws: Sequence[RowError], columns: Sequence[str]) -> Check:
    """What is wrong whatever stands in the lines."""
    found = Check()
    for flaw in flaws:
        found.note(flaw)
        found.fatal = found.fatal or flaw.code in _FATAL
    for name in missing(mapping) if columns else ():
        found.note(RowError(0, "", "missing-column", f"No column says the {name}: choose one.", {"field": name}))
    if len(columns) > MOST_COLUMNS:
        found.note(RowError(0, "", "too-many-columns", f"A file has {MOST_COLUMNS} columns at most.",
                            {"most": str(MOST_COLUMNS)}))
    return found


def flaws_of(problems: Iterable[Flaw]) -> list[RowError]:
    """What is wrong with the file whatever its columns mean. A column without a heading is simply not read."""
    told = [RowError(one.line, one.column, one.code, _sentence(flaw_words(one, "en")),
                     {name: str(value) for name, value in one.params.items()})
            for one in problems if one.code != "unnamed-column"]
    return told[:MOST_BAD_LINES + 1]


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _look_at(lines: Iterable[Line], mapping: Mapping_, found: Check) -> None:
    ids: set[str] = set()
    emails: set[str] = set()
    for number, line in enumerate(lines):
        if number == MOST_LINES:
            found.note(too_many_lines())
            return
        _look_at_one(Row(line.number, line.cells, mapping), ids, emails, found)
    found.require_few()
    if not ids and not found.count:
        found.note(nobody_there())


def _look_at_one(row: Row, ids: set[str], emails: set[str], found: Check) -> None:
    errors = [*row.errors()] or [*_doubled(row, ids, emails)]
    for error in errors:
        found.note(error)
    if not errors:
        ids.add(row.directory_id)
        emails.add(row.email.casefold())


def _doubled(row: Row, ids: set[str], emails: set[str]) -> Iterator[RowError]:
    if row.directory_id in ids:
        yield row.error(Field.ID, "doubled-id", "This person has a line further up.")
    elif row.email.casefold() in emails:
        yield row.error(Field.EMAIL, "doubled-email", "Another person has this address further up.")
