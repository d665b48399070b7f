"""Lists that a name narrows."""

from functools import cache
from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length

from shared.web.bodies import Body, items_of
from shared.web.paging import Found, Paging, paged
from shared.web.replies import Reply

MOST_CHARACTERS = 100


class NameQuery(Paging):
    q = fields.String(load_default="", validate=Length(max=MOST_CHARACTERS), metadata={
        "description": "How a word of a name or a mail address begins, or words of a name; the order of the list "
                       "does not change"})


@cache
def named_items_of(body: type[Schema]) -> type[Schema]:
    """As `items_of`, and whether more people have such a name than were looked at."""
    inner = items_of(body)
    kind: type[Schema] = type(inner.__name__.removesuffix("Items") + "ByName", (Body,), {
        "items": fields.List(fields.Nested(body), required=True), "cut": fields.Boolean()})
    return kind


def named(found: Found, items: list[Any] | None = None) -> Reply:
    """The page for `named_items_of`."""
    body, headers = paged(found, items)
    return {**body, "cut": getattr(found, "cut", False)}, headers
