"""What a service could not take as it was sent: the fields that its answer points at, as the pages call them."""

from collections.abc import Iterable

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.portal.clients.calls import Json

UNFIT = "invalid-input"
INPUT_REFUSALS = {
    UNFIT: _l("Something is missing, too long or not of the kind that is asked for. Nothing was changed."),
}
FIELDS: dict[str, LazyString] = {
    "name": _l("Name"),
    "title": _l("Headline"),
    "text": _l("Text"),
    "note": _l("Note"),
    "comment": _l("Comment"),
    "labels": _l("Question"),
    "helps": _l("Help"),
    "key": _l("Key"),
    "options": _l("To choose from"),
    "skills": _l("Skills to choose from"),
    "measure": _l("Measure"),
    "metric": _l("Measure"),
    "purpose": _l("Purpose"),
    "answers": _l("Answers"),
    "mentor_ids": _l("Mentor"),
    "min_mentees": _l("Mentees at least"),
    "max_mentees": _l("Mentees at most"),
}


def unfit(errors: Iterable[Json]) -> str:
    """Names the fields that are known."""
    named = dict.fromkeys(str(name) for error in errors if (name := field_of(str(error.get("pointer", "")))))
    if not named:
        return str(INPUT_REFUSALS[UNFIT])
    return str(_("Missing, too long or not of the kind that is asked for: %(fields)s. Nothing was changed.",
                 fields=", ".join(named)))


def field_of(pointer: str) -> LazyString | None:
    """The innermost part of it that has a name."""
    return next((FIELDS[part] for part in reversed(pointer.split("/")) if part in FIELDS), None)
