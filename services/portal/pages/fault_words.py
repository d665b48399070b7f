"""What is wrong with a file that was uploaded, in the reader's language."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from services.portal.clients.calls import Json

FAULTS: dict[str, LazyString] = {
    "workbook": _l("This is a workbook: save it as CSV or text first."),
    "wrong-encoding": _l("This cannot be read as %(encoding)s."),
    "not-text": _l("This is no text: it holds zero bytes."),
    "empty-file": _l("The file is empty: a line with the names of the columns is expected."),
    "nobody-there": _l("Nobody stands in this file."),
    "broken-quotes": _l("Quotation marks do not close, or text follows after them."),
    "doubled-column": _l("The column “%(column)s” is there %(times)s times."),
    "short-line": _l("The line has %(cells)s cells, the heading %(columns)s."),
    "long-line": _l("The line has %(cells)s cells, the heading %(columns)s."),
    "missing-column": _l("No column is read as “%(field)s”: say which one it is."),
    "too-many-columns": _l("A file has %(most)s columns at most."),
    "too-many-lines": _l("A file has %(most)s lines at most: split it."),
    "too-many-errors": _l("Too many lines have errors: look at the columns and at the file."),
    "unsure-who-is-there": _l("Somebody may stand in a line that cannot be read, and would leave: correct the lines "
                              "below, or say that only some people are in the file."),
    "missing-id": _l("Nobody is named."),
    "missing-name": _l("A name of 1 to %(most)s characters is needed."),
    "bad-email": _l("This is no e-mail address."),
    "bad-capacity": _l("A whole number from 0 to %(most)s is needed."),
    "bad-language": _l("A language tag such as en or de is needed."),
    "bad-time-zone": _l("A zone such as Europe/Berlin is needed."),
    "own-manager": _l("Nobody is their own manager."),
    "own-wish": _l("Nobody can wish for themselves."),
    "wished-and-excluded": _l("Somebody is both wished for and excluded."),
    "long-cell": _l("A cell holds %(most)s characters at most."),
    "long-text": _l("No text is longer than %(most)s characters."),
    "control-character": _l("A control character, such as the end of a line, is in a name."),
    "too-many-values": _l("There are more than %(most)s of a kind."),
    "erased-id": _l("Somebody of this name or address asked to be forgotten: take the line out of the file."),
    "bad-day": _l("A day is written as 2027-03-01."),
    "bad-leave": _l("A leave ends before it begins."),
    "bad-working-days": _l("Days worked are written one by one, as in mon; tue; wed."),
    "doubled-id": _l("This person has a line further up."),
    "doubled-email": _l("Another person has this address further up."),
}


FILE_REFUSALS = {
    "import-not-ready": _l("This import was begun already, or cannot be begun like this. The page shows how it stands "
                           "now."),
    "directory-file-not-ready": _l("This file is compared, applied or discarded already. The page shows how it stands "
                                   "now."),
    "many-would-leave": _l("More people would leave than is usual. Look at the file, then say how many leave."),
    "directory-file-outdated": _l("Another file was applied since. Upload this one again to see what it changes now."),
}


def told(faults: list[Json], fields: Mapping[str, LazyString]) -> list[Json]:
    """The faults, each with our sentence; what a newer service finds has its own. `fields`: what a column may be."""
    return [{**one, "text": sentence(one, fields)} for one in faults]


def sentence(fault: Json, fields: Mapping[str, LazyString]) -> str:
    params = {"column": fault.get("column"), **(fault.get("params") or {})}
    field = params.get("field", "")
    words = FAULTS.get(str(fault.get("code")))
    try:
        return str(words % {**params, "field": fields.get(field, field)}) if words else str(fault.get("text", ""))
    except KeyError:  # kept before its params were
        return str(fault.get("text", ""))
