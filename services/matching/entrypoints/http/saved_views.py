"""Views of lists under names: each coordinator's own."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from services.matching.application import Matching
from services.matching.domain.saved_view import LONGEST_FILTER, LONGEST_NAME, LONGEST_SEARCH, ListName, SavedView
from services.matching.entrypoints.http.callers import coordinator, person_id
from services.matching.entrypoints.http.view_callers import owner_of_view
from shared.web.bodies import Body, Query, items_of, listed
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("views", "", description="Views of lists that coordinators keep")


class ViewQuery(Query):
    list = fields.Enum(ListName, by_value=True, load_default=None)


class ViewNameBody(Body):
    name = fields.String(required=True, validate=Length(1, LONGEST_NAME))


class NewViewBody(ViewNameBody):
    """`filter` is the value that the list is filtered by, `q` the name."""

    list = fields.Enum(ListName, by_value=True, required=True)
    filter = fields.String(load_default="", validate=Length(max=LONGEST_FILTER))
    q = fields.String(load_default="", validate=Length(max=LONGEST_SEARCH))


class SavedViewBody(NewViewBody):
    id = fields.String()
    version = fields.Integer()
    programme_id = fields.String()


@routes.get("/programmes/<programme_id>/views")
@requires(coordinator)
@routes.arguments(ViewQuery, location="query")
@routes.response(200, items_of(SavedViewBody))
def find(matching: Matching, caller: Caller, query: dict[str, Any], programme_id: str) -> dict[str, Any]:
    """The caller's own; all on one page."""
    return listed(matching.saved_views.of(programme_id, person_id(caller), query["list"]))


@routes.post("/programmes/<programme_id>/views")
@requires(coordinator)
@routes.arguments(NewViewBody)
@routes.response(201, SavedViewBody, location="/views/{id}")
def save(matching: Matching, caller: Caller, body: dict[str, Any], programme_id: str) -> SavedView:
    return matching.saved_views.save(programme_id, person_id(caller), **body)


@routes.get("/views/<view_id>")
@requires(owner_of_view)
@routes.response(200, SavedViewBody)
def show(matching: Matching, _caller: Caller, view_id: str) -> SavedView:
    return matching.saved_views.get(view_id)


@routes.patch("/views/<view_id>")
@requires(owner_of_view)
@routes.arguments(ViewNameBody)
@routes.response(200, SavedViewBody)
def rename(matching: Matching, _caller: Caller, body: dict[str, str], view_id: str) -> SavedView:
    return matching.saved_views.rename(view_id, body["name"])


@routes.delete("/views/<view_id>")
@requires(owner_of_view)
@routes.response(200, SavedViewBody)
def delete(matching: Matching, _caller: Caller, view_id: str) -> SavedView:
    """As it was."""
    return matching.saved_views.delete(view_id)
