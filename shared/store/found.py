"""A page of what was asked for."""

from typing import Any, Generic, NamedTuple, TypeVar

R = TypeVar("R")


class Found(NamedTuple, Generic[R]):
    """Aggregates or rows, and where the next page begins (None: that was all)."""

    items: list[R]
    after: tuple[Any, str] | None
