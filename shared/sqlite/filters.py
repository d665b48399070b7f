"""Filters and orders as SQL over JSON text, matching what MongoDB would find."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any

from shared.kernel.clock import iso
from shared.store.documents import Where

_SIGNS = {"$gt": ">", "$gte": ">=", "$lt": "<", "$lte": "<="}


def column(field: str) -> str:
    """The SQL expression of a field, which may be a dotted path."""
    return "id" if field == "_id" else f"json_extract(doc,{path(field)})"


def path(field: str) -> str:
    """Where a field stands, as SQL has it."""
    if not all(part.isidentifier() for part in field.split(".")):
        raise ValueError(f"{field} is not a field's name")
    return f"'$.{field}'"


def array(fields: Sequence[str]) -> str:
    """The id and these fields as one JSON array: of one field alone it would be its value."""
    return f"json_extract(doc,{','.join(path(field) for field in ('_id', *fields))})"


def value(given: Any) -> Any:
    """A filter's value as SQLite compares it."""
    if isinstance(given, datetime):
        return iso(given)
    return given.value if isinstance(given, Enum) else given


def condition(where: Where) -> tuple[str, list[Any]]:
    """The WHERE clause and its values."""
    clauses, values = ["1=1"], []
    for field, wanted in where.items():
        tests = wanted if isinstance(wanted, Mapping) else {"$eq": wanted}
        for operator, operand in tests.items():
            clause, more = _clause(column(field), operator, operand)
            clauses.append(clause)
            values += more
    return " AND ".join(clauses), values


def _clause(left: str, operator: str, operand: Any) -> tuple[str, list[Any]]:
    if operator == "$in":
        marks = ",".join("?" * len(operand))
        return f"{left} IN ({marks})", [value(one) for one in operand]
    if operator == "$eq":
        # `=` and not IS where it can be: only `=` uses an expression index
        return (f"{left} IS NULL", []) if operand is None else (f"{left} = ?", [value(operand)])
    if operator == "$ne":
        return f"{left} IS NOT ?", [value(operand)]
    same_type = "" if isinstance(value(operand), str) else f" AND typeof({left}) <> 'text'"
    return f"{left} {_SIGNS[operator]} ?{same_type}", [value(operand)]


def order(by: str, descending: bool) -> str:
    """(value, id). The id alone is named once: SQLite would sort by it again."""
    way = "DESC" if descending else "ASC"
    return ", ".join(f"{column(field)} {way}" for field in dict.fromkeys((by, "_id")))


def behind(order_by: str, after: tuple[Any, str], descending: bool) -> tuple[str, list[Any]]:
    """What follows (value, id) in the order; a None comes first, as in MongoDB."""
    left, (last, last_id), sign = column(order_by), after, "<" if descending else ">"
    if order_by == "_id":
        return f"id {sign} ?", [last_id]
    if last is None:
        rest = "" if descending else f" OR {left} IS NOT NULL"
        return f"(({left} IS NULL AND id {sign} ?){rest})", [last_id]
    nulls = f" OR {left} IS NULL" if descending else ""
    return f"({left} {sign} ? OR ({left} = ? AND id {sign} ?){nulls})", [value(last), value(last), last_id]
