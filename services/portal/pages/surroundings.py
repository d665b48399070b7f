"""What every template may use: who is here, words in the reader's language, addresses of built files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from flask import Flask, request, session, url_for
from flask_babel import Babel, get_locale
from flask_babel import gettext as _
from markupsafe import Markup, escape

from services.portal.clients.calls import Json
from services.portal.pages import by_name, reading
from services.portal.pages.bulk import LEFT
from services.portal.pages.charge import in_charge, looks_after
from services.portal.pages.portal import Portal
from services.portal.pages.role_words import TOOLS
from services.portal.pages.security import nonce
from services.portal.pages.site import query_of
from services.portal.pages.visit import Visit, visit_of
from services.portal.pages.wording import OPEN
from shared.kernel.ids import new_id

LANGUAGES = {"en": "English", "de": "Deutsch"}
KEEPS_DIRECTORY = {"programme-office", "hr"}
STALE_AFTER = timedelta(minutes=15)
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)]")


@dataclass(frozen=True)
class Link:
    """One entry of the navigation."""

    text: str
    href: str
    is_current: bool


def join(app: Flask, portal: Portal, assets: Mapping[str, str], translations: str) -> None:
    app.config.update(BABEL_TRANSLATION_DIRECTORIES=translations)
    Babel(app, locale_selector=partial(language, portal), timezone_selector=partial(time_zone, portal))
    app.jinja_env.filters.update(reading.FILTERS, with_links=with_links)
    app.jinja_env.globals.update(reading.GLOBALS, **tools(portal, assets))
    app.context_processor(lambda: {"me": visit_of(portal).who})


def tools(portal: Portal, assets: Mapping[str, str]) -> dict[str, Any]:
    return {
        "asset": assets.__getitem__,
        "nonce": nonce,
        "form_key": new_id,
        "locale": lambda: str(get_locale()),
        "languages": lambda: [(code, LANGUAGES[code]) for code in portal.settings.languages],
        "here": lambda: request.full_path.rstrip("?") if request.method == "GET" else "/",
        "query_of": lambda **changed: query_of(request.args, **{LEFT: "", **changed}),
        "sought": by_name.sought,
        "kept": by_name.kept,
        "after": lambda: request.args.get("after", ""),
        "is_later_page": lambda: bool(request.args.get("after")),
        "navigation": partial(navigation, portal),
        "organisation": portal.settings.organisation,
        "takes_people": lambda programme: programme["state"] in OPEN,
        "is_stale": partial(is_stale, portal),
        "result_name": result_name,
        "language_name": language_name,
        **TOOLS,
    }


def language(portal: Portal) -> str:
    """Chosen here, else the person's own, else what the browser asks for."""
    who = visit_of(portal).who
    wanted = session.get("language") or (who.language if who else "")
    known = portal.settings.languages
    if wanted in known:
        return str(wanted)
    return request.accept_languages.best_match(known, known[0]) or known[0]


def time_zone(portal: Portal) -> ZoneInfo:
    """The person's own; UTC for whoever is not signed in."""
    who = visit_of(portal).who
    return reading.zone(who.time_zone if who else None)


def navigation(portal: Portal, programme: Mapping[str, Any] | None) -> list[Link]:
    """By what the person has to do with: a programme's parts inside one, else the ways to them."""
    who = visit_of(portal).who
    entries = entries_of(visit_of(portal), dict(programme)) if programme else []
    if not programme and who and "programmes" in who.areas:
        entries.append((_("Programmes"), url_for("programmes.overview_of_all")))
    if not programme and who and KEEPS_DIRECTORY & set(who.roles):
        entries.append((_("Directory"), url_for("directory.files")))
    if who and ("mine" in who.areas or not who.areas):
        entries.append((_("My mentoring"), url_for("mine.my_mentoring")))
    if who and not programme:
        entries.append((_("Applications"), url_for("applications.mine")))
    if who and who.keeps_house:
        entries += of_house(portal)
    return [Link(text, href, is_here(href, bool(programme))) for text, href in entries]


def entries_of(visit: Visit, programme: Json) -> list[tuple[str, str]]:
    """A sponsor who looks after nobody there has two pages."""
    programme_id = str(programme["id"])
    if visit.who and programme.get("sponsor_id") == visit.who.id and not looks_after(visit, in_charge(programme)):
        return [(_("For the sponsor"), url_for("sponsoring.of_programme", programme_id=programme_id)),
                (_("Why mentors come"), url_for("motives.of_programme", programme_id=programme_id))]
    return of_programme(programme_id)


def of_programme(programme_id: str) -> list[tuple[str, str]]:
    return [
        (_("Overview"), url_for("programmes.overview", programme_id=programme_id)),
        (_("People"), url_for("programmes.people", programme_id=programme_id)),
        (_("Applications"), url_for("deciding.of_programme", programme_id=programme_id)),
        (_("Matching"), url_for("runs.matching", programme_id=programme_id)),
        (_("Pairs"), url_for("pairs.of_programme", programme_id=programme_id)),
        (_("Tasks"), url_for("tasks.of_programme", programme_id=programme_id)),
        (_("Settings"), url_for("setting_up.settings", programme_id=programme_id)),
    ]


def of_house(portal: Portal) -> list[tuple[str, str]]:
    """Only where all services run in one house."""
    mailbox = [(_("Mailbox"), url_for("mailbox.mailbox"))] if portal.mailbox else []
    return mailbox + ([(_("Event log"), url_for("events.log"))] if portal.recent_events else [])


BELOW = {
    "programmes.new": "programmes.overview_of_all",
    "directory.": "directory.files",
    "imports.": "programmes.people",
    "campaigns.": "deciding.of_programme",
    "inviting.": "deciding.of_programme",
    "channel_texts.": "deciding.of_programme",
    "steps.of_application": "deciding.of_programme",
    "steps.note": "deciding.of_programme",
    "steps.ask": "deciding.of_programme",
    "form.": "deciding.of_programme",
    "motives.": "deciding.of_programme",
    "applications.": "applications.mine",
    "runs.": "runs.matching",
    "publishing.": "runs.matching",
    "readiness.": "runs.matching",
    "proposals.": "runs.matching",
    "rulings.": "runs.matching",
    "pairs.": "pairs.of_programme",
    "withdrawing.": "pairs.of_programme",
    "requests.": "pairs.of_programme",
    "tasks.": "tasks.of_programme",
    "taking_part.": "programmes.people",
    "circles.": "pairs.of_programme",
    "mailbox.": "mailbox.mailbox",
    "setting_up.": "setting_up.settings",
    "checklist.": "setting_up.settings",
    "entrusting.": "setting_up.settings",
    "objectives.": "setting_up.settings",
    "rules.": "setting_up.settings",
    "counted_answers.": "setting_up.settings",
    "profile.": "setting_up.settings",
}


OWN = ("pairs.", "circles.", "taking_part.", "renewals.", "choosing.", "check_in.", "steps.mine")
"""Below My mentoring, where no programme is around them."""


def is_here(href: str, inside: bool) -> bool:
    """The entry of this page, or of the page above it; `inside` a programme."""
    if href == request.path:
        return True
    endpoint = request.endpoint or ""
    if endpoint.startswith(OWN) and not inside:
        return href == url_for("mine.my_mentoring")
    above = next((view for part, view in BELOW.items() if endpoint.startswith(part)), "")
    subject: str | None = {
        "directory.files": "/directory",
        "programmes.overview_of_all": "/programmes",
        "programmes.people": "/people",
        "tasks.of_programme": "/tasks",
        "deciding.of_programme": "/applications",
        "applications.mine": "/my/applications",
        "runs.matching": "/matching",
        "pairs.of_programme": "/pairs",
        "setting_up.settings": "/settings",
    }.get(above)
    if endpoint.startswith(("rows.", "funnel.")):
        return href.endswith(str((request.view_args or {}).get("programme_id")))
    return href.endswith(subject) if subject else above == "mailbox.mailbox" and href == url_for(above)


def is_stale(portal: Portal, at: str) -> bool:
    moment = reading.instant(at)
    return moment is not None and portal.clock.now() - moment > STALE_AFTER


def language_name(code: str) -> str:
    """A language as the reader calls it."""
    return str((get_locale() or Locale("en")).languages.get(code, code))


def result_name(name: str) -> str:
    names: dict[str, str] = {
        "added": _("New"),
        "changed": _("Changed"),
        "unchanged": _("Unchanged"),
        "left_out": _("Left out"),
    }
    return names.get(name, name)


def with_links(text: str | None) -> Markup:
    """Plain text with its addresses made into links; everything else is escaped."""
    shown = str(escape(text or ""))
    return Markup(LINK.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', shown))
