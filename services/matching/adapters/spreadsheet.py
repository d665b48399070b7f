"""Reads what a spreadsheet saved as text: any encoding, comma, semicolon, tab or pipe. Names every bad line at once."""

import csv
import io
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from services.matching.adapters.encodings import encoding_of
from services.matching.domain.sheet import Flaw, Line, Sheet, column_key

_DELIMITERS = (",", ";", "\t", "|")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_LOOK_AT = 50
_BROKEN_AT_MOST = 1000


@dataclass(frozen=True)
class _Record:
    number: int
    cells: Sequence[str]


def read_sheet(data: bytes, encoding: str | None = None) -> Sheet:
    """Never raises for what is in `data`: whatever is wrong is among the sheet's problems.

    `encoding` overrules the guess; the codec must exist.
    """
    if data.startswith(_WORKBOOKS):
        return _refused(Flaw(0, "workbook"))
    name = encoding or encoding_of(data)
    try:
        text = data.decode(name).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return _refused(Flaw(data[: error.start].count(b"\n") + 1, "wrong-encoding", params={"encoding": name}))
    if "\0" in text:
        return _refused(Flaw(text[: text.index("\0")].count("\n") + 1, "not-text"))
    return _sheet_of(text, name)


def _refused(flaw: Flaw) -> Sheet:
    return Sheet((), (), (flaw,))


def _sheet_of(text: str, encoding: str) -> Sheet:
    text, told, skipped = _without_hint(text)
    delimiter = told or _delimiter_of(text)
    flaws: list[Flaw] = []
    records = _records(text, delimiter, skipped, flaws)
    heading = next(records, None)
    if heading is None:
        return Sheet((), (), (*flaws, Flaw(0, "empty-file")), encoding, delimiter)
    width, doubled = _width(heading.cells), _doubled(heading)
    columns = tuple(cell.strip() for cell in heading.cells[:width])
    rows = tuple(_lines(records, columns, flaws))
    problems = sorted((*flaws, *doubled, *_unnamed(heading, columns)), key=lambda flaw: flaw.line)
    return Sheet(columns, rows, tuple(problems), encoding, delimiter)


def _without_hint(text: str) -> tuple[str, str | None, int]:
    """Some spreadsheets write `sep=;` as a first line: the rest, the delimiter it names, how many lines it took."""
    first, _, rest = text.partition("\n")
    hint = first.strip().strip('"').lower()
    if hint.startswith("sep=") and len(first.strip().strip('"')) <= 5:
        return rest, first.strip("\r\n").strip('"')[4:5] or None, 1
    return text, None, 0


def _delimiter_of(text: str) -> str:
    """The one that cuts most of the first lines into as many cells as the heading has."""
    head = "".join(line for line, _ in zip(io.StringIO(text, newline=""), range(_LOOK_AT), strict=False))
    return max(_DELIMITERS, key=lambda delimiter: _agreement(head, delimiter))


def _agreement(head: str, delimiter: str) -> tuple[int, int]:
    widths = [len(record.cells) for record in _records(head, delimiter, 0, [])]
    if not widths or widths[0] == 1:
        return (0, 0)
    return (Counter(widths)[widths[0]], widths[0])


def _records(text: str, delimiter: str, skipped: int, flaws: list[Flaw]) -> Iterator[_Record]:
    """Records that hold anything, each with the number of the line it starts on.

    A quote that is never closed swallows the lines after it: reading goes on with the line after the broken one, so
    that those are checked too, but not for ever.
    """
    lines = list(io.StringIO(text, newline=""))
    start = 0
    for _ in range(_BROKEN_AT_MOST):
        broken = yield from _until_broken(lines, start, delimiter, skipped)
        if broken is None:
            return
        flaws.append(Flaw(broken + 1 + skipped, "broken-quotes"))
        start = broken + 1


def _until_broken(lines: list[str], start: int, delimiter: str, skipped: int) -> Generator[_Record, None, int | None]:
    """Answers the position of the line where a record starts that cannot be read, or None at the end."""
    reader = csv.reader(islice(lines, start, None), delimiter=delimiter, strict=True)
    while True:
        position = start + reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return None
        except csv.Error:
            return position
        if any(cell.strip() for cell in cells):
            yield _Record(position + 1 + skipped, cells)


def _width(cells: Sequence[str]) -> int:
    """Columns up to the last with a name: a spreadsheet may write empty ones after it."""
    return max(position for position, cell in enumerate(cells, start=1) if cell.strip())


def _doubled(heading: _Record) -> Iterator[Flaw]:
    times = Counter(column_key(cell) for cell in heading.cells if cell.strip())
    for key, count in times.items():
        if count > 1:
            name = next(cell.strip() for cell in heading.cells if column_key(cell) == key)
            yield Flaw(heading.number, "doubled-column", name, {"times": count})


def _unnamed(heading: _Record, columns: Sequence[str]) -> Iterator[Flaw]:
    for position, name in enumerate(columns, start=1):
        if not name:
            yield Flaw(heading.number, "unnamed-column", params={"position": position})


def _lines(records: Iterator[_Record], columns: Sequence[str], flaws: list[Flaw]) -> Iterator[Line]:
    width = len(columns)
    for record in records:
        extra = any(cell.strip() for cell in record.cells[width:])
        if len(record.cells) < width or extra:
            code = "long-line" if extra else "short-line"
            flaws.append(Flaw(record.number, code, params={"cells": len(record.cells), "columns": width}))
        else:
            yield Line(record.number, dict(zip(columns, map(str.strip, record.cells), strict=False)))
