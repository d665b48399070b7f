"""What a journey belongs to."""

from enum import StrEnum


class Relationship(StrEnum):
    """Of which of them `pair_id` is the id."""

    PAIR = "pair"
    CIRCLE = "circle"
