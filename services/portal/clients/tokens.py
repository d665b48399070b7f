"""Tokens the portal mints for its calls: short-lived, for one person or for the portal itself."""

from collections.abc import Iterable
from typing import Protocol


class Tokens(Protocol):
    """Signs what the services check."""

    def mint(self, person_id: str | None, roles: Iterable[str] = (), scopes: Iterable[str] = ()) -> str: ...
