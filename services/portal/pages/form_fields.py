"""Fields of a programme's form as pages show and read them, in the reader's language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import get_locale
from werkzeug.datastructures import MultiDict

from services.portal.clients.calls import Json
from services.portal.pages.application_words import FLAWS, YES_NO

PREFIX = "a-"
_BETWEEN = re.compile(r"\s*[;,|\n]\s*")
MOST_RADIOS = 7
ENDED = re.compile(r"[?!.:]\s*$")


def said(texts: Mapping[str, str] | None, fallback: str = "en") -> str:
    """In the reader's language, else in the programme's, else in any."""
    known = {language: text for language, text in (texts or {}).items() if text.strip()}
    wanted = (str(get_locale()), fallback, *known)
    return next((known[language] for language in wanted if language in known), "")


@dataclass(frozen=True)
class Asked:
    """One field, the answer so far, and what is wrong with it."""

    key: str
    kind: str
    label: str
    hint: str
    required: bool
    options: list[tuple[str, str]] = field(default_factory=list)
    least: int | None = None
    most: int | None = None
    text: str = ""
    flaw: str = ""

    @property
    def id(self) -> str:
        return PREFIX + self.key

    @property
    def entries(self) -> list[str]:
        return [one for one in _BETWEEN.split(self.text) if one]

    @property
    def look(self) -> str:
        """Which control it gets."""
        if self.kind in ("several-of", "skills") and self.options:
            return "ticks"
        if self.kind == "one-of" and len(self.options) > MOST_RADIOS:
            return "list"
        return {"one-of": "choice", "yes-no": "choice", "scale": "choice", "long-text": "words", "skills": "lines",
                "people": "lines", "date": "date", "number": "number"}.get(self.kind, "line")


def asked(form: Json, role: str, answers: Mapping[str, str], flaws: list[Json]) -> list[Asked]:
    """The form as somebody of this role is asked it."""
    wrong = {str(one["key"]): one for one in flaws}
    return [_asked(form, one, answers.get(one["key"], ""), wrong.get(one["key"]))
            for one in form["fields"] if role in one["roles"]]


def _asked(form: Json, one: Json, text: str, flaw: Json | None) -> Asked:
    language = str(form.get("language", "en"))
    return Asked(
        key=one["key"], kind=one["kind"], label=said(one["labels"], language), hint=said(one.get("helps"), language),
        required=bool(one.get("required")), options=options_of(form, one, language), least=one.get("least"),
        most=one.get("most"), text=text, flaw=flaw_text(flaw))


def options_of(form: Json, one: Json, language: str) -> list[tuple[str, str]]:
    """Code and words of everything to choose from."""
    if one["kind"] == "scale":
        least, most = (usual if one.get(name) is None else one[name] for name, usual in (("least", 1), ("most", 5)))
        return [(str(step), str(step)) for step in range(least, most + 1)]
    given: list[Json] = form.get("skills") or [] if one["kind"] == "skills" else one.get("options") or []
    return [(str(option["code"]), said(option.get("labels"), language) or str(option["code"])) for option in given]


def flaw_text(flaw: Json | None) -> str:
    if flaw is None:
        return ""
    words = FLAWS.get(str(flaw["code"]))
    return str(words % {"number": flaw.get("number")}) if words else str(flaw["text"])


def faults(fields: list[Asked]) -> list[dict[str, str]]:
    """For the summary above the form."""
    return [{"field": one.id, "text": f"{one.label}{'' if ENDED.search(one.label) else ':'} {one.flaw}"}
            for one in fields if one.flaw]


def answers_in(sent: MultiDict[str, str], form: Json, role: str) -> dict[str, str]:
    """What was filled in, as texts; what was left empty is empty."""
    keys = [one["key"] for one in form["fields"] if role in one["roles"]]
    return {key: "; ".join(text for text in sent.getlist(PREFIX + key) if text.strip()) for key in keys}


def shown_answers(form: Json, one: Json) -> list[tuple[str, str]]:
    """Label and answer of everything that somebody said, in words, for reading: in the order in which it is asked, and
    last what the form asks no more."""
    known = {field["key"]: field for field in form.get("fields") or []}
    answers = one.get("answers") or {}
    keys = [*(key for key in known if key in answers), *(key for key in answers if key not in known)]
    return [shown_answer(form, known.get(key), key, answers[key]) for key in keys]


def shown_answer(form: Json, field: Any, key: str, text: str) -> tuple[str, str]:
    if field is None:
        return key, text
    names = YES_NO if field["kind"] == "yes-no" else dict(options_of(form, field, str(form.get("language", "en"))))
    entries = [str(names.get(entry, entry)) for entry in _BETWEEN.split(text)] if names else [text]
    return said(field["labels"], str(form.get("language", "en"))), ", ".join(entries)
