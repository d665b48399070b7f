"""The Ideal Mentor Profile: what a programme looks for in the answers of mentors, and what it finds there."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from services.matching.contracts.participants import GapTraining, Role
from services.matching.domain.answering import Answers
from services.matching.domain.form import Form, flaws_in
from services.matching.domain.matchmaking.cells import fold, items_of
from shared.kernel.errors import Invalid

MOST_CRITERIA = 30
MOST_POINTS = 1000
MOST_WORDS = 50

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_WHOLE = re.compile(r"-?[0-9]{1,9}")


class BadProfile(Invalid):
    """Nobody can be judged so. The text names everything that is wrong."""

    code = "bad-profile"


class Wants(StrEnum):
    """What a criterion wants of an answer."""

    NAMES = "names"
    NAMES_NONE = "names-none"
    AT_LEAST = "at-least"


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """`points` for an answer to the field `key` that names `least` of the `words` (of anything, without words), names
    none of them, or is a number from `least` on. Some of `least` entries earn their part, rounded down; everything else
    and no answer earn nothing. Whatever is not earned whole is a gap, which the training `module` closes."""

    code: str
    key: str
    wants: Wants
    points: int
    module: str
    labels: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    least: int = 1

    def earned(self, answers: Answers) -> int:
        entries = items_of(answers, self.key)
        return _EARNED[self.wants](self, entries) if entries else 0

    @property
    def folded(self) -> frozenset[str]:
        return frozenset(map(fold, self.words))

    def flaws(self) -> Iterator[str]:
        """A sentence for everything that is wrong with it."""
        if not _CODE.fullmatch(self.code) or not _CODE.fullmatch(self.module):
            yield "needs a code and a module, of small letters, digits and -"
        if not any(text.strip() for text in self.labels.values()):
            yield "needs a label in one language at least"
        if not 1 <= self.points <= MOST_POINTS:
            yield f"counts from 1 to {MOST_POINTS} points"
        if self.wants is Wants.NAMES_NONE and not self.words:
            yield "needs the words that nobody should name"
        if self.wants is Wants.NAMES and not 1 <= self.least <= (len(self.folded) or MOST_WORDS):
            yield "wants one entry at least, and no more than there are words"


def _named(one: Criterion, entries: Mapping[str, str]) -> int:
    found = len(one.folded & entries.keys()) if one.words else len(entries)
    return one.points * min(found, one.least) // one.least


def _named_none(one: Criterion, entries: Mapping[str, str]) -> int:
    return 0 if one.folded & entries.keys() else one.points


def _reached(one: Criterion, entries: Mapping[str, str]) -> int:
    [first, *more] = entries
    return one.points if not more and _WHOLE.fullmatch(first) and int(first) >= one.least else 0


_EARNED: Mapping[Wants, Callable[[Criterion, Mapping[str, str]], int]] = {
    Wants.NAMES: _named, Wants.NAMES_NONE: _named_none, Wants.AT_LEAST: _reached}


@dataclass(frozen=True, kw_only=True)
class Earned:
    """What an application has of one criterion: `points` of `most`."""

    code: str
    points: int
    most: int
    module: str

    @property
    def is_gap(self) -> bool:
        return self.points < self.most


@dataclass(frozen=True, kw_only=True)
class Scored:
    """What a profile found, and its number: of two, the greater one is newer."""

    number: int
    terms: tuple[Earned, ...] = ()

    @property
    def score(self) -> int:
        return sum(one.points for one in self.terms)

    @property
    def best(self) -> int:
        return sum(one.most for one in self.terms)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Codes of what is not earned whole."""
        return tuple(one.code for one in self.terms if one.is_gap)

    @property
    def training(self) -> tuple[GapTraining, ...]:
        """What closes each gap."""
        return tuple(GapTraining(gap=one.code, module=one.module) for one in self.terms if one.is_gap)


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Criteria in the order in which they are shown."""

    criteria: tuple[Criterion, ...] = ()

    def scored(self, number: int, answers: Answers) -> Scored:
        """Whole points: their sum is the score."""
        return Scored(number=number, terms=tuple(
            Earned(code=one.code, points=one.earned(answers), most=one.points, module=one.module)
            for one in self.criteria))

    def of(self, form: Form) -> "Profile":
        """Without what nobody is asked who applies as a mentor: that cannot be missing."""
        asked = {one.key for one in form.asked(Role.MENTOR)}
        return Profile(criteria=tuple(one for one in self.criteria if one.key in asked))

    def require_sound(self) -> None:
        """Raises BadProfile naming everything at once."""
        found = flaws_in([(one.code, one.flaws()) for one in self.criteria], "a criterion")
        if len(self.criteria) > MOST_CRITERIA:
            found.append(f"a profile has {MOST_CRITERIA} criteria at most")
        if found:
            raise BadProfile("; ".join(found))

    def require_asked(self, form: Form) -> None:
        """Raises BadProfile for criteria that look at what no mentor is asked."""
        if unasked := [one.code for one in self.criteria if one not in self.of(form).criteria]:
            raise BadProfile(f"{', '.join(unasked)}: choose a field that the form asks of mentors")


def with_points(document: dict[str, Any]) -> dict[str, Any]:
    """Of a stored application, from shape 1, which had its score in parts alone."""
    terms = (document.get("scored") or {}).get("terms") or ()
    return {**document, "points": sum(one["points"] for one in terms)}
