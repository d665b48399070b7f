"""One press for the chosen rows of a list, or all shown: a command for each, which says for itself why not."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from services.portal.clients.calls import Refused
from services.portal.pages.bulk_words import NOT_FOUND, WHY_LEFT
from services.portal.pages.reading import ROWS
from services.portal.pages.visit import TELLABLE, go, pressed
from services.portal.pages.wording import REFUSALS

LEFT = "left"
"""What the address says of rows that stayed as they were: `code.id`, with commas in between."""


def chosen() -> list[str]:
    """The ids of the ticked rows, or of all that were shown."""
    return request.form.getlist("shown" if "all" in request.form else "one")


def place() -> dict[str, Any]:
    """The filter and the page of the list that the form was on."""
    return {name: request.form.get(name) or None for name in ("state", "after", "q")}


def each(command: Callable[[str, str], object], done: Callable[[int], str], page: str,
         named: Callable[[str], str] = str, **where: Any) -> ResponseReturnValue:
    """`command` gets the id of a row and its key; `done` says for how many it worked. Goes back to the page of the
    list, which says beside each row that is left why: `named` is what the address calls it, in at most one id, since
    servers take no line of more than 4,094 bytes."""
    ids = list(dict.fromkeys(chosen()))[:ROWS]
    if not ids or "do" not in request.form:
        flash(_("Nothing has happened yet: press the button.") if ids else _("Choose somebody first."), "watch")
        return go(url_for(page, **where))
    codes = {one: refused_with(command, one) for one in ids}
    left = {one: code for one, code in codes.items() if code}
    tell(len(ids) - len(left), len(left), done)
    return go(url_for(page, left=",".join(f"{code}.{named(one)}" for one, code in left.items()) or None, **where))


def refused_with(command: Callable[[str, str], object], one: str) -> str:
    """The code of a no; empty: it is done. A second press of the same button repeats it."""
    try:
        command(one, f"{pressed()}-{one}"[:255])
    except Refused as refused:
        if refused.status == HTTPStatus.NOT_FOUND:
            return NOT_FOUND
        if refused.status not in TELLABLE:
            raise
        return refused.code
    return ""


def tell(done: int, left: int, words: Callable[[int], str]) -> None:
    if done:
        flash(words(done), "good")
    if left:
        flash(ngettext("One stays as it was: its row says why.", "%(num)s stay as they were: their rows say why.",
                       left), "watch")


def left_over() -> dict[str, str]:
    """Why rows of this page are left, by their ids."""
    told = (one.partition(".") for one in request.args.get(LEFT, "").split(","))
    return {one: why_left(code) for code, _dot, one in told if one}


def why_left(code: str) -> str:
    """In a row; a code of a newer service says only that it is left."""
    return str(WHY_LEFT.get(code) or REFUSALS.get(code) or WHY_LEFT[NOT_FOUND])
