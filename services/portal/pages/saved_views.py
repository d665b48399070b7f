"""Views of lists that a coordinator keeps: saved, opened, renamed and deleted on the page of the list."""

from collections.abc import Callable
from http import HTTPStatus

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json, Refused
from services.portal.pages.site import Pages, safe_path
from services.portal.pages.visit import Visit, pressed

pages = Pages("saved_views")
LISTS = {"applications": "deciding.of_programme", "people": "programmes.people", "pairs": "pairs.of_programme",
         "requests": "requests.of_programme"}
"""By the page that shows each."""


def own(visit: Visit, programme_id: str, name: str) -> Callable[[], list[Json]]:
    """A part of the page of a list, which may be missing."""
    return lambda: visit.services.matching.views.of(programme_id, name)


@pages.post("/programmes/<programme_id>/views")
def save(visit: Visit, programme_id: str) -> ResponseReturnValue:
    view = {name: request.form.get(name, "").strip() for name in ("list", "name", "filter", "q")}
    if view["list"] not in LISTS:
        raise NotFound
    there = url_for(LISTS[view["list"]], programme_id=programme_id, state=view["filter"] or None,
                    q=view["q"] or None)
    return visit.told(lambda: visit.services.matching.views.save(programme_id, view, pressed()),
                      _("The view is saved."), there)


@pages.post("/views/<view_id>/name")
def rename(visit: Visit, view_id: str) -> ResponseReturnValue:
    name = request.form.get("name", "").strip()
    return visit.told(lambda: visit.services.matching.views.rename(view_id, name), _("The view has its new name."),
                      back())


@pages.post("/views/<view_id>/deletion")
def delete(visit: Visit, view_id: str) -> ResponseReturnValue:
    """A second press finds nothing to delete, which is as well."""
    def gone() -> None:
        try:
            visit.services.matching.views.delete(view_id)
        except Refused as refused:
            if refused.status != HTTPStatus.NOT_FOUND:
                raise
    return visit.told(gone, _("The view is deleted."), back())


def back() -> str:
    return safe_path(request.form.get("next", "/"))
