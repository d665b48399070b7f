"""The settings of a programme as fields of a form: from what is stored, and back from what was entered."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from services.portal.clients.calls import Json, Refused
from services.portal.pages.called_words import nobody_called, several_called
from services.portal.pages.settings_faults import range_of
from services.portal.pages.wording import refusal

TEXTS = ("name", "purpose", "starts_on", "ends_on", "language", "time_zone", "holiday_calendar")
NUMBERS = ("undo_minutes", "request_days", "stickiness", "check_in_every_days", "check_in_answer_days",
           "check_in_reminder_days", "case_days", "close_days", "closing_days")
SEVERAL = ("gates", "interview_roles", "endorsement_roles")
CALLED = {f"{role}_{language}": (role, language) for role in ("mentor", "mentee") for language in ("en", "de")}
"""What the roles are called: role and language of each field."""
FIELDS = (*TEXTS, *NUMBERS, *CALLED, *SEVERAL, "coordinators", "sponsor", "check_in_days", "requests_allowed")
ABOUT = {"bad-dates": "ends_on", "bad-cadence": "check_in_days", "bad-role-names": "mentor_en",
         "not-for-flash": "gates"}
"""Where it stands what a refusal is about that names no field; else at the name."""
MOST_LETTERS = 60

Called = Callable[[list[str]], Mapping[str, list[Json]]]


@dataclass(frozen=True)
class Staff:
    """Those in charge now and whoever fills the form in, by what it calls them: the name, the address where two bear
    it, else the id."""

    ids: Mapping[str, str]

    @classmethod
    def of(cls, programme: Json, people: Mapping[str, Json]) -> "Staff":
        ids = dict.fromkeys([*programme["coordinator_ids"], *filter(None, [programme.get("sponsor_id")]), *people])
        names, addresses = ([people.get(one, {}).get(part) for one in ids] for part in ("name", "email"))
        labels = {one: next((text for text, every in ((name, names), (address, addresses))
                             if text and every.count(text) == 1), one)
                  for one, name, address in zip(ids, names, addresses, strict=True)}
        return cls({label: one for one, label in labels.items()})

    def named(self, ids: Iterable[str | None]) -> list[str]:
        labels = {one: label for label, one in self.ids.items()}
        return [labels[one] for one in ids if one]


def stored(programme: Json, staff: Staff) -> Json:
    """What the form shows of a programme, each as its field holds it."""
    return {name: str(programme.get(name, "")) for name in (*TEXTS, *NUMBERS)} | {
        "coordinators": "\n".join(staff.named(programme["coordinator_ids"])),
        "sponsor": "".join(staff.named([programme.get("sponsor_id")])),
        **{name: list(programme.get(name) or []) for name in SEVERAL},
        "check_in_days": ", ".join(str(day) for day in programme.get("check_in_days") or []),
        "requests_allowed": bool(programme.get("requests_allowed")),
    } | {name: programme.get("role_names", {}).get(role, {}).get(language, "")
        for name, (role, language) in CALLED.items()}


def entered(form: MultiDict[str, str], fixed: Iterable[str], now: Json) -> Json:
    """What was entered; fields that do not change any more were not asked."""
    given: Json = {name: form.get(name, "").replace("\r\n", "\n").strip() for name in FIELDS}
    given |= {name: form.getlist(name) for name in SEVERAL} | {"requests_allowed": "requests_allowed" in form}
    return {name: now[name] if name in fixed else value for name, value in given.items()}


@dataclass
class Reading:
    """Turns what was entered into settings, and collects what is wrong by field."""

    given: Json
    faults: dict[str, str] = field(default_factory=dict)

    def settings(self, staff: Staff, called: Called) -> Json:
        sponsor = self.people("sponsor", staff, called)
        if len(sponsor) > 1:
            self.faults["sponsor"] = _("Name one person.")
        return {name: self.given[name] for name in (*TEXTS, *SEVERAL, "requests_allowed")} | {
            name: self.number(name, self.given[name]) for name in NUMBERS} | {
            "check_in_days": [self.number("check_in_days", day) for day in re.findall(
                r"[^\s,;]+", self.given["check_in_days"])],
            "coordinator_ids": self.people("coordinators", staff, called),
            "sponsor_id": sponsor[0] if sponsor else None,
            "role_names": self.role_names(),
        }

    def role_names(self) -> Json:
        names: Json = {}
        for name, (role, language) in CALLED.items():
            names.setdefault(role, {})[language] = self.given[name]
            if not 0 < len(self.given[name]) <= MOST_LETTERS:
                self.faults[name] = _("Give it a name of at most 60 letters.")
        return names

    def number(self, name: str, text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,4}", text):
            self.faults[name] = _("A whole number is expected, as in 14.")
            return 0
        return int(text)

    def people(self, name: str, staff: Staff, called: Called) -> list[str]:
        """One a line. Who is in charge already is known by what the form calls them."""
        texts = list(dict.fromkeys(" ".join(line.split()) for line in self.given[name].splitlines() if line.strip()))
        found = called([text for text in texts if text not in staff.ids][:100])
        ids = [staff.ids.get(text) or self.one(name, text, found.get(text, [])) for text in texts]
        return list(dict.fromkeys(one for one in ids if one))

    def one(self, name: str, text: str, found: list[Json]) -> str:
        if not found:
            self.faults[name] = nobody_called(text)
        elif len(found) > 1:
            self.faults[name] = several_called(text, len(found))
        return str(found[0]["id"]) if len(found) == 1 else ""


def refused_at(refused: Refused) -> dict[str, str]:
    """What the service found wrong, by field."""
    names = {str(one.get("pointer", "")).strip("/").partition("/")[0] for one in refused.errors}
    told = {name: range_of(name) for name in names & {*FIELDS}}
    return told or {ABOUT.get(refused.code, "name"): refusal(refused.code, refused.detail, refused.errors)}


def theirs(mine: Json, now: Json, before: Json, words: Callable[[str, Any], str]) -> dict[str, str]:
    """Where what is stored meanwhile is neither what stood there `before` nor what was entered: what stands there
    now."""
    return {name: _("Somebody changed this meanwhile. It is now: %(value)s", value=words(name, now[name]))
            for name in FIELDS if now[name] not in (mine[name], before.get(name))}


def as_shown(text: str) -> Json:
    """What the form showed before anything was entered; nothing, where the browser does not say."""
    try:
        shown = json.loads(text or "{}")
    except ValueError:
        return {}
    return shown if isinstance(shown, dict) else {}
