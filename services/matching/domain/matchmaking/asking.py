"""Reads settings out of a mapping that somebody wrote by hand, and collects everything that is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


class Asked:
    """One mapping at `path`. What is wrong goes to `problems` as a sentence that begins with the path."""

    def __init__(self, given: object, path: str, problems: list[str]) -> None:
        self.path, self.problems = path, problems
        self._given = given if isinstance(given, Mapping) else {}
        self._known: set[str] = set()
        if not isinstance(given, Mapping):
            self.wrong("", "names with values are expected")

    def wrong(self, name: str, why: str) -> None:
        where = ".".join(part for part in (self.path, name) if part)
        self.problems.append(f"{where}: {why}" if where else why)

    def has(self, name: str) -> bool:
        return self._given.get(name) is not None

    def names(self) -> tuple[str, ...]:
        """All that are there."""
        return tuple(str(name) for name in self._given)

    def any(self, name: str) -> Any:
        """The value as it is; None where there is none."""
        self._known.add(name)
        return self._given.get(name)

    def text(self, name: str, default: str = "") -> str:
        """Not empty, unless the default is."""
        value = self.any(name)
        if value is None:
            return default
        if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
            self.wrong(name, "a text is expected")
            return default
        return str(value).strip()

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number in this range."""
        value = self.any(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.wrong(name, f"a whole number from {least} to {most} is expected")
            return default
        return value

    def steps(self, name: str, default: int, least: int = -1_000_000_000) -> int:
        """A number of steps, whole or not, in thousandths."""
        found = self.steps_or_none(name, least)
        return default if found is None else found

    def steps_or_none(self, name: str, least: int = -1_000_000_000) -> int | None:
        """The same; None where it is not said."""
        value = self.any(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value * 1000 <= 1_000_000_000:
            self.wrong(name, "a number is expected" + (" above 0" if least > 0 else ""))
            return None
        return round(value * 1000)

    def flag(self, name: str) -> bool:
        """True or false; false where it is not said."""
        value = self.any(name)
        if value is not None and not isinstance(value, bool):
            self.wrong(name, "yes or no is expected")
        return value is True

    def texts(self, name: str, default: Sequence[str] = ()) -> tuple[str, ...]:
        """One text, or a list of texts."""
        value = self.any(name)
        if value is None:
            return tuple(default)
        found = value if isinstance(value, list | tuple) else [value]
        if not found or not all(isinstance(one, str | int) for one in found):
            self.wrong(name, "a list of texts is expected")
            return tuple(default)
        return tuple(_as_written(one) for one in found)

    def part(self, name: str) -> "Asked":
        """The mapping under this name; an empty one where there is none."""
        value = self.any(name)
        return Asked({} if value is None else value, f"{self.path}.{name}".strip("."), self.problems)

    def parts(self, name: str) -> "Iterator[Asked]":
        """The mappings of a list; what is none of them is said to be wrong."""
        value = self.any(name)
        if value is not None and not isinstance(value, list | tuple):
            self.wrong(name, "a list is expected")
            return
        for place, one in enumerate(value or ()):
            part = Asked(one, f"{self.path}.{name}[{place}]".strip("."), self.problems)
            if isinstance(one, Mapping):
                yield part

    def done(self) -> None:
        """Whatever nobody asked for is a mistake of the writer."""
        for name in sorted(str(one) for one in self._given.keys() - self._known):
            self.wrong(name, f"is not known here; known are {', '.join(sorted(self._known))}")


def _as_written(value: object) -> str:
    """YAML reads an unquoted yes and no as true and false."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).strip()
