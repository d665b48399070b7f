"""A person as a SCIM user, and what a SCIM user says of a person."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import available_timezones

from scim2_models import Meta

from services.matching.adapters.scim.models import Email, Enterprise, Listed, Manager, Mentoring, Name
from services.matching.application.directory import Told
from services.matching.contracts.people import PersonState
from services.matching.domain.directory import Address, Details, Entry, External, Weekday
from services.matching.domain.person import Person

User = Any
"""`Listed`, which is made at run time and no type to a checker."""

_OUTSIDE = {"external", "guest", "alumni", "alumnus", "contractor"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ZONES = frozenset(available_timezones())


def user_of(person: Person) -> User:
    """As the directory reads it back: in its own spelling where that still says what holds."""
    entry, details = person.entry, person.details
    user = Listed(
        id=person.id, user_name=entry.user_name or person.directory_id, external_id=entry.external_id or None,
        display_name=_unless(entry.name == details.name, entry.display_name, details.name), name=_name(entry),
        user_type=entry.user_type or None, emails=_emails(entry, details) or None, active=_active(person),
        preferred_language=_unless(_language(entry, details) == details.language, entry.language, details.language),
        timezone=_unless(_zone(entry, details) == details.time_zone, entry.time_zone, details.time_zone))
    user[Enterprise] = _enterprise(details)
    user[Mentoring] = _mentoring(person)
    user.meta = Meta(resource_type="User", version=f'W/"{person.version}"')
    return user


def told_by(user: User, before: Person | None, fresh: Details) -> Told:
    """What this user says; `before` is what was known, `fresh` what counts for a new person where nothing is said."""
    entry, known = _entry(user), before.details if before else fresh
    enterprise, mentoring = user[Enterprise] or Enterprise(), user[Mentoring] or Mentoring()
    manager = (enterprise.manager and enterprise.manager.value) or ""
    details = replace(
        known, name=entry.name, email=entry.email, language=_language(entry, known), time_zone=_zone(entry, known),
        department=enterprise.department or "", manager_id=manager, external=_external(user, mentoring, known),
        location=mentoring.location or "", grade=mentoring.grade or "", languages=_items(mentoring.languages),
        working_days=_days(mentoring.working_days), holiday_calendar=mentoring.holiday_calendar or "",
        other_manager_ids=_items(mentoring.other_managers))
    return Told(directory_id=entry.user_name, details=details, state=_state(entry, before), entry=entry)


def _entry(user: User) -> Entry:
    name = user.name or Name()
    return Entry(
        user_name=user.user_name, external_id=user.external_id or "", display_name=user.display_name or "",
        formatted_name=name.formatted or "", given_name=name.given_name or "", family_name=name.family_name or "",
        user_type=user.user_type or "", language=user.preferred_language or "", time_zone=user.timezone or "",
        emails=tuple(Address(value=one.value, type=one.type or "", primary=bool(one.primary))
                     for one in user.emails or () if one.value),
        active=user.active, on_leave=(user[Mentoring] or Mentoring()).on_leave)


def _state(entry: Entry, before: Person | None) -> PersonState:
    """Nothing said of it leaves it as it was: nobody comes back by an oversight. Whether somebody is away is what the
    entry says and what other leaves say, together."""
    gone = entry.active is False or (entry.active is None and before is not None and before.has_left)
    return PersonState.LEFT if gone else PersonState.ACTIVE


def _external(user: User, mentoring: Mentoring, known: Details) -> External | None:
    outside = (user.user_type or "").casefold() in _OUTSIDE
    if not outside and not mentoring.sponsor:
        return None
    before = known.external or External()
    return External(sponsor_id=mentoring.sponsor or "", ends_on=before.ends_on)


def _items(given: str | None) -> tuple[str, ...]:
    return tuple(text for one in (given or "").split(";") if (text := one.strip()))


def _days(given: str | None) -> tuple[Weekday, ...]:
    said = {one.casefold()[:3] for one in _items(given)}
    return tuple(day for day in Weekday if day.value in said)


def _language(entry: Entry, known: Details) -> str:
    return entry.language if _LANGUAGE.fullmatch(entry.language) else known.language


def _zone(entry: Entry, known: Details) -> str:
    return entry.time_zone if entry.time_zone in _ZONES else known.time_zone


def _unless(holds: bool, said: str, known: str) -> str | None:
    return (said if holds else known) or None


def _active(person: Person) -> bool | None:
    """The directory's own word, where it is the one that told of them."""
    return person.entry.active if person.entry.user_name else not person.has_left


def _name(entry: Entry) -> Name | None:
    parts = (entry.formatted_name, entry.given_name, entry.family_name)
    formatted, given, family = (one or None for one in parts)
    return Name(formatted=formatted, given_name=given, family_name=family) if any(parts) else None


def _emails(entry: Entry, details: Details) -> list[Email]:
    known = (Address(value=details.email, type="work", primary=True),) if details.email else ()
    listed = entry.emails if entry.email == details.email else known
    return [Email(value=one.value, type=one.type or None, primary=one.primary) for one in listed]


def _enterprise(details: Details) -> Enterprise | None:
    manager = Manager(value=details.manager_id) if details.manager_id else None
    return Enterprise(department=details.department or None, manager=manager) if details.department or manager else None


def _listed(texts: Iterable[str]) -> str | None:
    return "; ".join(texts) or None


def _mentoring(person: Person) -> Mentoring | None:
    """`onLeave` is the directory's own word alone: what HR or a file told would come back by its next patch as that."""
    details = person.details
    said = Mentoring(
        location=details.location or None, grade=details.grade or None, languages=_listed(details.languages),
        working_days=_listed(details.working_days),
        holiday_calendar=details.holiday_calendar or None, other_managers=_listed(details.other_manager_ids),
        sponsor=(details.external.sponsor_id or None) if details.external else None,
        on_leave=person.entry.on_leave)
    return said if said.model_dump(exclude_none=True) else None
