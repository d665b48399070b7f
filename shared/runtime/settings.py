"""What the environment can change, read once at start; everything missing or wrong is named at once."""

from collections.abc import Callable, Mapping
from typing import TypeVar

T = TypeVar("T")


class WrongSettings(Exception):
    """Names every setting that is missing or wrong, never a value."""


class Reader:
    """Reads settings one after the other and complains about all of them in `done`."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._problems: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        """A setting as it stands; without a default it must be there."""
        value = self._environ.get(name, default)
        if value is None:
            self._problems.append(f"{name} is missing")
        return value or ""

    def parsed(self, name: str, default: str | None, parse: Callable[[str], T], fallback: T) -> T:
        """A setting through a parser that raises ValueError with a reason."""
        try:
            return parse(self.text(name, default))
        except ValueError as error:
            self._problems.append(f"{name} is wrong: {error}")
            return fallback

    def number(self, name: str, default: int) -> int:
        return self.parsed(name, str(default), int, default)

    def secret(self, name: str) -> str:
        """A text of chance, too long to be guessed."""
        return self.parsed(name, None, _long_enough, "")

    def done(self) -> None:
        """Raises WrongSettings naming all problems."""
        if self._problems:
            raise WrongSettings("; ".join(self._problems))


def _long_enough(text: str) -> str:
    if len(text) < 32:
        raise ValueError("a secret has at least 32 characters of chance")
    return text
