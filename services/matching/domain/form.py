"""What people are asked who apply: fields in order, each of a kind, in as many languages as the coordinator writes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from services.matching.contracts.participants import Role
from services.matching.domain.columns import PERSONAL, Field
from services.matching.domain.matchmaking.cells import BETWEEN
from services.matching.domain.participant import MOST_PAIRS
from shared.kernel.errors import Invalid

MOST_FIELDS = 60
MOST_OPTIONS = 200
LARGEST = 999_999_999

_KEY = re.compile(r"[a-z][a-z0-9_]{0,49}")
_KNOWN_OTHERWISE = PERSONAL | {Field.ID, Field.MANAGER}
"""The directory says these; nobody says them of themselves."""


class FieldKind(StrEnum):
    """What kind of answer a field takes."""

    SHORT_TEXT = "short-text"
    LONG_TEXT = "long-text"
    ONE_OF = "one-of"
    SEVERAL_OF = "several-of"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes-no"
    SCALE = "scale"
    SKILLS = "skills"
    PEOPLE = "people"


WITH_OPTIONS = frozenset({FieldKind.ONE_OF, FieldKind.SEVERAL_OF})
NUMBERED = frozenset({FieldKind.NUMBER, FieldKind.SCALE})


class BadForm(Invalid):
    """The form cannot be asked so. The text names everything that is wrong."""

    code = "bad-form"


@dataclass(frozen=True, kw_only=True)
class Option:
    """`code` is what rules compare; `labels` what people read, by language."""

    code: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FormField:
    """`key` is the column that rules read. `least` and `most` are the range of a number or scale, the most entries of
    several, skills and people; None: the kind's own."""

    key: str
    kind: FieldKind
    labels: Mapping[str, str]
    helps: Mapping[str, str] = field(default_factory=dict)
    roles: tuple[Role, ...] = (Role.MENTOR, Role.MENTEE)
    required: bool = False
    options: tuple[Option, ...] = ()
    least: int | None = None
    most: int | None = None

    def flaws(self) -> Iterator[str]:
        """A sentence for everything that is wrong with it."""
        yield from self._flaws_of_key()
        if not any(text.strip() for text in self.labels.values()):
            yield "needs a label in one language at least"
        if not self.roles or len(set(self.roles)) < len(self.roles):
            yield "is for mentors, for mentees or for both"
        if self.kind in WITH_OPTIONS:
            yield from flaws_of_options(self.options)
            if not self.options:
                yield "needs options to choose from"
        elif self.options:
            yield f"takes no options, because it is a {self.kind}"
        yield from self._flaws_of_range()

    def _flaws_of_key(self) -> Iterator[str]:
        if not _KEY.fullmatch(self.key):
            yield "needs a key of small letters, digits and _, which begins with a letter"
        if self.key in _KNOWN_OTHERWISE:
            yield "must not be asked: the directory says it"
        if self.key == Field.CAPACITY and (self.kind is not FieldKind.NUMBER or not self._within(0, MOST_PAIRS)):
            yield f"must be a number from 0 to {MOST_PAIRS} at most"

    def _flaws_of_range(self) -> Iterator[str]:
        least, most = self.range
        if not -LARGEST <= least <= most <= LARGEST:
            yield "has a least that is above its most, or a number that is too large"
        if self.kind is FieldKind.SCALE and not 1 <= most - least <= 20:
            yield "needs a scale of 2 to 21 steps"
        if self.kind not in NUMBERED and self.most is not None and self.most < 1:
            yield "takes one entry at least"

    def _within(self, least: int, most: int) -> bool:
        return least <= self.range[0] and self.range[1] <= most

    @property
    def range(self) -> tuple[int, int]:
        """Of numbers."""
        least, most = (1, 5) if self.kind is FieldKind.SCALE else (0, MOST_PAIRS if self._is_capacity else LARGEST)
        return (least if self.least is None else self.least, most if self.most is None else self.most)

    @property
    def _is_capacity(self) -> bool:
        return self.key == Field.CAPACITY


def flaws_in(parts: Sequence[tuple[str, Iterable[str]]], nameless: str) -> list[str]:
    """What is wrong with each, by its key, and keys that are there twice."""
    counted = Counter(key for key, _ in parts)
    return [*(f"{key or nameless} {flaw}" for key, flaws in parts for flaw in flaws),
            *(f"{key} is there twice" for key, count in counted.items() if count > 1)]


def flaws_of_options(options: tuple[Option, ...]) -> Iterator[str]:
    """A sentence for everything that is wrong with a list to choose from."""
    if len(options) > MOST_OPTIONS:
        yield f"has more than {MOST_OPTIONS} options"
    if any(not one.code.strip() or BETWEEN.search(one.code) for one in options):
        yield "has an option that is empty or holds one of ; , |"
    twice = Counter(one.code.casefold() for one in options)
    if any(count > 1 for count in twice.values()):
        yield "has an option twice"


@dataclass(frozen=True, kw_only=True)
class Form:
    """Fields in the order in which they are asked."""

    fields: tuple[FormField, ...]

    def asked(self, role: Role) -> tuple[FormField, ...]:
        """Of people who apply in this role."""
        return tuple(one for one in self.fields if role in one.roles)

    def require_sound(self) -> None:
        """Raises BadForm naming everything at once."""
        found = flaws_in([(one.key, one.flaws()) for one in self.fields], "a field")
        if len(self.fields) > MOST_FIELDS:
            found.append(f"a form has {MOST_FIELDS} fields at most")
        if found:
            raise BadForm("; ".join(found))
