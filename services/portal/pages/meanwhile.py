"""A run that somebody else changed while its page was open: which one was shown, and what has changed since."""

from flask import request
from flask_babel import gettext as _

from services.portal.clients.calls import Json
from services.portal.pages.wording import RUN_STATES, sign


def fields(run: Json) -> dict[str, str]:
    """What a form remembers of the run that it is shown with."""
    return {name: str(run.get(name) or 0) for name in ("version", "state", "swaps")}


def shown() -> str | None:
    """The tag of the run that the form was shown with."""
    version = request.form.get("version", "")
    return f'"{version}"' if version else None


def changed(run: Json) -> str:
    """Why nothing was done: `Somebody else swapped mentors meanwhile. …`"""
    return " ".join((_what(run), _("Nothing was done. Look at it again, then decide.")))


def _what(run: Json) -> str:
    if run["state"] != request.form.get("state"):
        return str(_("Somebody else was here meanwhile: the run is now “%(state)s”.",
                     state=sign(RUN_STATES, run["state"]).text))
    if str(run.get("swaps") or 0) != request.form.get("swaps", "0"):
        return str(_("Somebody else swapped mentors meanwhile."))
    return str(_("Somebody else changed the run meanwhile."))
