"""What a field of a form needs before it can be asked: every fault as a sentence, beside its place on the page."""

import re
from collections.abc import Iterator, Sequence

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from services.portal.clients.calls import Json

WITH_OPTIONS = ("one-of", "several-of")
NUMBERED = ("number", "scale")
MOST_STEPS = 20
LONGEST = {"label": 300, "help": 1000}
"""Characters of a question, and of the help beside it."""
LARGEST = 999_999_999
KEY = re.compile(r"[a-z][a-z0-9_]{0,49}")
SEPARATOR = re.compile(r"[;,|]")

Fault = tuple[str, LazyString]
"""The id of the control, and what is wrong there."""


def faults_of(one: Json, others: Sequence[str]) -> list[Json]:
    """`others` are keys that the form has already."""
    found = (*_of_question(one, others), *_of_length(one), *_of_options(one), *_of_range(one))
    return [{"field": place, "text": str(text)} for place, text in found]


def _of_question(one: Json, others: Sequence[str]) -> Iterator[Fault]:
    if not one["labels"]:
        yield "label-en", _l("Write the question, in one language at least.")
    if not one["roles"]:
        yield "role-mentor", _l("Say whom it is asked of: mentors, mentees or both.")
    if one["key"] in others:
        yield "new_key", _l("Another field has this key already: choose another one.")
    elif one["labels"] and not KEY.fullmatch(one["key"]):
        yield "new_key", _l("Write a key of small letters from a to z, digits and _, which begins with a letter.")


def _of_length(one: Json) -> Iterator[Fault]:
    words = {"label": _l("A question has 300 characters at most."), "help": _l("Help has 1,000 characters at most.")}
    for name, most in LONGEST.items():
        for language, text in one[f"{name}s"].items():
            if len(text) > most:
                yield f"{name}-{language}", words[name]


def _of_options(one: Json) -> Iterator[Fault]:
    codes = [option["code"] for option in one["options"]]
    if one["kind"] not in WITH_OPTIONS:
        if codes:
            yield "options", _l("Only “one of several” and “several of a list” have something to choose from.")
    elif not codes:
        yield "options", _l("Write what people choose from, one a line.")
    if not all(code and not SEPARATOR.search(code) for code in codes):
        yield "options", _l("Each line begins with an option of its own, without ; and ,")
    if len({code.casefold() for code in codes}) < len(codes):
        yield "options", _l("An option stands there twice.")


def _of_range(one: Json) -> Iterator[Fault]:
    words = {name: one[name] for name in ("least", "most") if isinstance(one[name], str)}
    for name in words:
        yield name, _l("Write a whole number, as in 10, or leave it empty.")
    if words:
        return
    usual = (1, 5) if one["kind"] == "scale" else (0, LARGEST)
    least, most = (other if given is None else int(given)
                   for given, other in zip((one["least"], one["most"]), usual, strict=True))
    if one["kind"] in NUMBERED and least > most:
        yield "most", _l("The most is less than the least.")
    elif one["kind"] == "scale" and not 1 <= most - least <= MOST_STEPS:
        yield "most", _l("A scale has from 2 to 21 steps.")
    elif one["kind"] not in NUMBERED and one["most"] is not None and one["most"] < 1:
        yield "most", _l("One entry at least must be possible.")
