"""Long lists as CSV, read page by page while they are sent: nobody's browser and no process holds all of one."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import Response, stream_with_context

from services.portal.clients import Services
from services.portal.clients.calls import Json, Page
from services.portal.pages.visit import Visit
from shared.kernel.cells import harmless

AT_ONCE = 200
"""As many rows as a service gives on one page."""

People = dict[str, Json]
Cell = str | int


@dataclass(frozen=True)
class Sheet:
    """`read` answers the rows behind a cursor; `columns` have a heading, and what stands there for a row and the people
    known by their ids; `names` are the ids of those whom a row names."""

    name: str
    read: Callable[[Services, str], Page]
    names: Callable[[Json], Iterable[str]]
    columns: Sequence[tuple[str, Callable[[Json, People], Cell]]]


def sent(visit: Visit, sheet: Sheet) -> Response:
    """The first page is read before anything is sent, so that a refusal is a page. Raises TooManyRequests."""
    visit.portal.files.admit(visit.person.id)
    first = visit.need(lambda: sheet.read(visit.services, ""))
    body = stream_with_context(_lines(visit, sheet, first))
    return Response(body, content_type="text/csv; charset=utf-8", headers={
        "Content-Disposition": f'attachment; filename="{sheet.name}.csv"'})


def _lines(visit: Visit, sheet: Sheet, page: Page) -> Iterator[str]:
    """With a mark in front by which spreadsheets know UTF-8. A token does not live as long as a file may take."""
    yield "\N{ZERO WIDTH NO-BREAK SPACE}" + _text([[safe(heading) for heading, _cell in sheet.columns]])
    while True:
        services = visit.portal.services_for(visit.person)
        people = services.matching.people(one for row in page.items for one in sheet.names(row))
        yield _text([safe(cell(row, people)) for _heading, cell in sheet.columns] for row in page.items)
        if not page.after:
            return
        page = sheet.read(services, page.after)


def _text(rows: Iterable[Sequence[Cell]]) -> str:
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    return lines.getvalue()


def safe(cell: Cell) -> Cell:
    """Nothing that a spreadsheet takes for a formula."""
    return harmless(cell) if isinstance(cell, str) else cell
