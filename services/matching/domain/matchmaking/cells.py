"""What a cell says: one text, a list, a number, yes. Capitals, spaces and forms of Unicode do not count."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

Row = Mapping[str, str | Sequence[str]]
"""Column → text, or a list that is already taken apart."""

YES = ("yes", "y", "true", "1", "x", "ja", "j", "wahr")
BETWEEN = re.compile(r"[;,|\n]")
"""What stands between the entries of a list."""

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_LARGEST = 10**9


def fold(text: str) -> str:
    """The form in which two texts are compared."""
    if text.isascii():  # which has one form only
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def text_of(row: Row, column: str) -> str:
    """The whole cell as it was written; empty where there is none."""
    value = row.get(column, "")
    return value.strip() if isinstance(value, str) else "; ".join(value)


def items_of(row: Row, column: str) -> dict[str, str]:
    """The entries of a list, folded form → as written, in order, each once."""
    value = row.get(column, "")
    parts = BETWEEN.split(value) if isinstance(value, str) else value
    return {folded: part.strip() for part in parts if (folded := fold(part))}


def value_of(row: Row, column: str) -> dict[str, str]:
    """The whole cell as a list of at most one entry, so that commas in it do not matter."""
    text = text_of(row, column)
    return {fold(text): text} if text else {}


def thousandths(text: str) -> int | None:
    """A number, with a point or a comma, in whole thousandths; None for what is not one."""
    if not _NUMBER.fullmatch(text.strip()):
        return None
    try:
        found = int(Decimal(text.strip().replace(",", ".")) * 1000)
    except InvalidOperation:  # more digits than a number of this kind has
        return None
    return found if abs(found) <= _LARGEST * 1000 else None
