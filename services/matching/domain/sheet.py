"""A table as a spreadsheet wrote it: named columns, lines with their numbers, and what is wrong with it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_GAPS = re.compile(r"[\s_\-]+")


@dataclass(frozen=True)
class Flaw:
    """Something wrong in a sheet. `line` is the line of the file, the heading being 1; 0 means the whole file."""

    line: int
    code: str
    column: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One row. `number` is where it starts in the file, also after cells that hold line breaks."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """`rows` holds the lines that are whole; each of the others is a flaw."""

    columns: tuple[str, ...]
    rows: tuple[Line, ...]
    problems: tuple[Flaw, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ","


def column_key(name: str) -> str:
    """`Mentor ID`, `mentor-id` and `MENTOR_ID` name the same column: `mentor_id`."""
    return _GAPS.sub("_", unicodedata.normalize("NFKC", name).strip().casefold()).strip("_")
