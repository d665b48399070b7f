"""What may be said of a person: how long a text is, what an address is, and what nobody is called."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from shared.kernel.errors import Invalid

LONGEST = 200
LONGEST_ADDRESS = 254
MOST = 100
"""As many managers, languages or addresses of one person."""
EMAIL = re.compile(r"[^@\s<>\"(),:;\[\]\\]+@[^@\s<>\"(),:;\[\]\\.]+(\.[^@\s<>\"(),:;\[\]\\.]+)+")
HALF = re.compile(r"[\ud800-\udfff]")
"""Half a sign, which no store takes."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
READABLE = re.compile(rf"(?=\s*\S)[^{_CONTROL.pattern[1:-1]}]+\Z")
"""One line with something in it."""

Rule = Callable[[str, Any], None]
"""(part, what is said of it) → None, or raises BadDetails."""


class BadDetails(Invalid):
    """The directory says something of a person that cannot be. `reason`: which part, and how."""

    code = "bad-details"

    def __init__(self, text: str, reason: str, part: str = "", **params: str) -> None:
        super().__init__(f"{part.replace('_', ' ')}: {text}" if part else text)
        self.reason, self.params = reason, params


class Judged(Protocol):
    """What is said of a person."""

    def require_sound(self) -> None:
        """Raises BadDetails."""


def is_sound(said: Judged) -> bool:
    """Whether nothing of it is bad."""
    try:
        said.require_sound()
    except BadDetails:
        return False
    return True


def require_parts(said: object, known: object | None, rules: Mapping[str, Rule]) -> None:
    """Raises BadDetails, saying which part, never what it holds. What is known already is not judged again: nobody is
    kept from leaving by it."""
    for part, require in rules.items():
        value = getattr(said, part)
        if known is None or value != getattr(known, part):
            require(part, value)


def require_text(part: str, text: str) -> None:
    """Raises BadDetails."""
    if len(text) > LONGEST:
        raise BadDetails(f"no text is longer than {LONGEST} characters", "long-text", part, most=str(LONGEST))
    if not text.isascii() and HALF.search(text):
        raise BadDetails("half a sign is in it", "control-character", part)


def require_line(part: str, text: str) -> None:
    """A text that stands in lines of mails and lists. Raises BadDetails."""
    require_text(part, text)
    if _CONTROL.search(text):
        raise BadDetails("a control character, such as the end of a line, is in it", "control-character", part)


def require_name(part: str, text: str) -> None:
    """Raises BadDetails."""
    require_line(part, text)
    if not text.strip():
        raise BadDetails("something that can be read is needed", "missing-name", part, most=str(LONGEST))


def require_address(part: str, text: str) -> None:
    """A mail address, or none. Raises BadDetails."""
    if text and (len(text) > LONGEST_ADDRESS or not EMAIL.fullmatch(text) or _CONTROL.search(text)):
        raise BadDetails("this is no e-mail address", "bad-email", part)


def require_texts(part: str, texts: Collection[str]) -> None:
    """Raises BadDetails."""
    if len(texts) > MOST:
        raise BadDetails(f"there are more than {MOST}", "too-many-values", part, most=str(MOST))
    for one in texts:
        require_text(part, one)


@lru_cache(maxsize=500)
def is_zone(name: str) -> bool:
    """Whether this names a time zone."""
    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


def require_zone(_part: str, name: str) -> None:
    """Raises BadDetails."""
    if not is_zone(name):
        raise BadDetails("the time zone is none, as Europe/Berlin is one", "bad-time-zone")


def require_day(text: str) -> date:
    """Raises BadDetails."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # days are compared as texts
        raise BadDetails("a day is written as 2027-03-01", "bad-day")
    return day
