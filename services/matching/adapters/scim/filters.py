"""Whom a filter of SCIM can mean, found without looking at everybody: an index answers, or one part of each entry."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from scim2_models.path import CompareOperator, Comparison, LogicalExpr, LogicalOperator, ValuePath

from services.matching.application.directory import Directory
from services.matching.application.entries import Entries
from services.matching.domain.person import Person
from services.matching.domain.sound import HALF

Lookup = Callable[[str], list[Person]]
MOST_ALTERNATIVES = 20
"""As many parts of an `or` are looked up."""


def lookups(directory: Directory) -> Mapping[str, Lookup]:
    """By the attribute, in small letters."""
    entries = Entries(directory.people)
    return {
        "username": directory.named, "externalid": directory.of_external_id, "id": directory.of_id,
        "displayname": entries.called, "emails": entries.of_address, "emails.value": entries.of_address,
        "name.formatted": partial(entries.spelt, "formatted_name"),
        "name.givenname": partial(entries.spelt, "given_name"),
        "name.familyname": partial(entries.spelt, "family_name")}


def narrowed(node: Any, known: Mapping[str, Lookup], within: str = "") -> list[Person] | None:
    """Everybody who may match and few others; None where only a look at everybody tells. Of an `and` one half is
    enough, of an `or` both are needed."""
    if isinstance(node, ValuePath):
        return narrowed(node.val_filter, known, f"{_name(node)}.")
    if isinstance(node, LogicalExpr):
        found = (narrowed(one, known, within) for one in node.terms)
        if node.op is LogicalOperator.and_:
            return next((one for one in found if one is not None), None)
        return _together(found) if len(node.terms) <= MOST_ALTERNATIVES else None
    if isinstance(node, Comparison) and node.op is CompareOperator.eq and isinstance(node.value, str):
        lookup = known.get(within + _name(node))
        return lookup and (lookup(node.value) if node.value and not HALF.search(node.value) else [])
    return None


def _together(found: Iterable[list[Person] | None]) -> list[Person] | None:
    everybody: dict[str, Person] = {}
    for some in found:
        if some is None:
            return None
        everybody |= {one.id: one for one in some}
    return list(everybody.values())


def _name(node: ValuePath | Comparison) -> str:
    return str(node.attr_path).rpartition(":")[2].casefold()
