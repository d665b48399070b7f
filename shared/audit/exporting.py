"""The audit log as a file: CSV for people, JSON lines for whoever verifies it elsewhere: all of it,
for the hash of an entry is over the one before it."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any, NamedTuple

import orjson

from shared.audit.entries import Entry
from shared.kernel.cells import harmless

COLUMNS = tuple(one.name for one in fields(Entry))


class Format(NamedTuple):
    """How entries are written down."""

    media_type: str
    lines: Callable[[Iterable[Entry]], Iterator[str]]


def json_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """An entry a line, with all that its hash is over."""
    return (orjson.dumps(asdict(one)).decode() + "\n" for one in entries)


def csv_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """A heading, and an entry a line; no cell is a formula."""
    yield _line(COLUMNS)
    for one in entries:
        yield _line([_cell(value) for value in asdict(one).values()])


FORMATS: Mapping[str, Format] = {
    "csv": Format("text/csv; charset=utf-8", csv_lines), "jsonl": Format("application/jsonl", json_lines)}
"""By the ending of the file."""


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return orjson.dumps(value).decode()
    text = " ".join(map(str, value)) if isinstance(value, list) else value
    return harmless(text) if isinstance(text, str) else text


def _line(cells: Iterable[Any]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()
