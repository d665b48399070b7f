"""Answers to a form: checked by the kind of each field, and turned into the text that rules compare."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from services.matching.contracts.participants import Role
from services.matching.domain.choice import CHOICES
from services.matching.domain.form import FieldKind, Form, FormField, Option
from services.matching.domain.matchmaking.cells import fold, items_of
from services.matching.domain.row import LONGEST_CELL
from services.matching.domain.sound import EMAIL
from shared.kernel.errors import Invalid

LONGEST_SHORT = 200
_WHOLE = re.compile(r"-?[0-9]{1,9}")

Answers = dict[str, str]
"""Key of the field → text, as a cell of a file would have it; several entries are separated by `;`."""


class BadAnswers(Invalid):
    """The form is not filled in as it should be. The text names every field."""

    code = "bad-answers"


@dataclass(frozen=True)
class Flaw:
    """What is wrong with one answer: a stable `code`, the number it is about if any, and a `text` in English that does
    not repeat the answer."""

    key: str
    code: str
    text: str
    number: int | None = None


class _Wrong(Exception):
    def __init__(self, code: str, text: str, number: int | None = None) -> None:
        self.code, self.text, self.number = code, text, number


@dataclass(frozen=True)
class Questionnaire:
    """The form as one role is asked it; `skills` is the programme's vocabulary, empty: everybody's own words."""

    form: Form
    role: Role
    skills: tuple[Option, ...] = ()

    @property
    def fields(self) -> tuple[FormField, ...]:
        return self.form.asked(self.role)

    def merged(self, before: Answers, given: Mapping[str, str]) -> Answers:
        """What was answered, with what is answered now. Answers to fields that are not asked any more stay; what is
        wrong stays as it was written. Raises BadAnswers for a field that nobody asks, and for endless texts."""
        asked = {one.key: one for one in self.fields}
        given = {key: text.replace("\r\n", "\n") for key, text in given.items()}
        if unknown := given.keys() - asked.keys():
            raise BadAnswers(f"nobody asks for {', '.join(sorted(unknown))}")
        if endless := sorted(key for key, text in given.items() if len(text) > LONGEST_CELL):
            raise BadAnswers(f"{', '.join(endless)}: an answer holds {LONGEST_CELL} characters at most")
        answers = {**before, **{key: self._as_read(asked[key], text) for key, text in given.items()}}
        return {key: text for key, text in answers.items() if text}

    def flaws(self, answers: Answers) -> list[Flaw]:
        """Everything that is missing or wrong, in the order of the form."""
        return [flaw for one in self.fields for flaw in self._flaws_of(one, answers.get(one.key, ""))]

    def require_sound(self, answers: Answers) -> None:
        """Raises BadAnswers naming all flaws at once."""
        if found := self.flaws(answers):
            raise BadAnswers("; ".join(f"{one.key}: {one.text}" for one in found))

    def _flaws_of(self, one: FormField, text: str) -> Iterator[Flaw]:
        try:
            read = self._read(one, text)
        except _Wrong as wrong:
            yield Flaw(one.key, wrong.code, wrong.text, wrong.number)
        else:
            if one.required and not read:
                yield Flaw(one.key, "missing", "an answer is needed")

    def _as_read(self, one: FormField, text: str) -> str:
        try:
            return self._read(one, text)
        except _Wrong:
            return text.strip()

    def _read(self, one: FormField, text: str) -> str:
        if not text.strip():
            return ""
        if one.kind is FieldKind.SKILLS and self.skills:
            return _chosen(text, self.skills, one.most)
        return _READERS[one.kind](one, text.strip())


def _short(_: FormField, text: str) -> str:
    if len(text) > LONGEST_SHORT:
        raise _Wrong("too-long", f"{LONGEST_SHORT} characters at most", LONGEST_SHORT)
    return " ".join(text.split())


def _long(_: FormField, text: str) -> str:
    return text


def _one_of(one: FormField, text: str) -> str:
    return _option(text, one.options)


def _several_of(one: FormField, text: str) -> str:
    return _chosen(text, one.options, one.most)


def _number(one: FormField, text: str) -> str:
    least, most = one.range
    if not _WHOLE.fullmatch(text):
        raise _Wrong("no-number", "a whole number is needed")
    if int(text) < least:
        raise _Wrong("too-small", f"{least} at least", least)
    if int(text) > most:
        raise _Wrong("too-large", f"{most} at most", most)
    return str(int(text))


def _date(_: FormField, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _Wrong("no-date", "a day is needed, as in 2027-03-01") from None


def _yes_no(_: FormField, text: str) -> str:
    if fold(text) not in ("yes", "no"):
        raise _Wrong("no-yes-or-no", "yes or no is needed")
    return fold(text)


def _words(one: FormField, text: str) -> str:
    return _joined(items_of({one.key: text}, one.key).values(), one.most)


def _people(one: FormField, text: str) -> str:
    named = list(items_of({one.key: text}, one.key))
    if not all(EMAIL.fullmatch(name) for name in named):
        raise _Wrong("no-address", "e-mail addresses are needed")
    return _joined(named, one.most or CHOICES)


_READERS: Mapping[FieldKind, Callable[[FormField, str], str]] = {
    FieldKind.SHORT_TEXT: _short, FieldKind.LONG_TEXT: _long, FieldKind.ONE_OF: _one_of,
    FieldKind.SEVERAL_OF: _several_of, FieldKind.NUMBER: _number, FieldKind.DATE: _date, FieldKind.YES_NO: _yes_no,
    FieldKind.SCALE: _number, FieldKind.SKILLS: _words, FieldKind.PEOPLE: _people,
}


def _chosen(text: str, options: tuple[Option, ...], most: int | None) -> str:
    return _joined([_option(one, options) for one in items_of({"": text}, "")], most)


def _option(text: str, options: tuple[Option, ...]) -> str:
    found = {fold(one.code): one.code for one in options}.get(fold(text))
    if found is None:
        raise _Wrong("no-option", "is none of the options")
    return found


def _joined(entries: Iterable[str], most: int | None) -> str:
    found = list(entries)
    if most is not None and len(found) > most:
        raise _Wrong("too-many", f"{most} at most", most)
    return "; ".join(found)
