"""Filters and orders for MongoDB, with the portable operators alone."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shared.store.conversion import plain
from shared.store.documents import Where

_KINDS: tuple[tuple[tuple[type, ...], Any], ...] = (
    ((type(None),), None),
    ((int, float), {"$gte": float("-inf")}),
    ((str,), {"$gte": ""}),
    ((bool,), {"$in": [False, True]}),
    ((datetime,), {"$gte": datetime(1, 1, 1, tzinfo=UTC)}),
)
"""The order of types, and what finds all of one: a comparison finds values of its own type alone."""


def condition(where: Where) -> dict[str, Any]:
    """The filter, with plain values."""
    return {field: _tests(wanted) for field, wanted in where.items()}


def _tests(wanted: Any) -> Any:
    if not isinstance(wanted, Mapping):
        return plain(wanted)
    return {operator: [plain(one) for one in value] if operator == "$in" else plain(value)
            for operator, value in wanted.items()}


def behind(order_by: str, after: tuple[Any, str], descending: bool) -> dict[str, Any]:
    """What follows (value, id) in the order."""
    (value, last_id), sign = after, "$lt" if descending else "$gt"
    if order_by == "_id":
        return {"_id": {sign: last_id}}
    further: list[dict[str, Any]] = [{order_by: value, "_id": {sign: last_id}}]
    if value is not None:
        further.append({order_by: {sign: value}})
    return {"$or": further + [{order_by: every} for every in _kinds_behind(value, descending)]}


def _kinds_behind(value: Any, descending: bool) -> list[Any]:
    kinds = [types for types, _ in _KINDS]
    place = next(number for number, types in enumerate(kinds) if type(value) in types)
    found = _KINDS[:place] if descending else _KINDS[place + 1:]
    return [every for _, every in found]
