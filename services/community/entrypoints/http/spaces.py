"""A cohort's space and who belongs to it."""

from dataclasses import dataclass
from typing import Any

from marshmallow import fields

from services.community.application import Community
from services.community.domain.space import Space
from services.community.entrypoints.http.callers import member_or_coordinator
from shared.web.bodies import Body, Moment, items_of
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.replies import Reply
from shared.web.routes import Routes

routes = Routes("spaces", "", description="Rooms of the Community of Practice")


class MembersBody(Body):
    mentors = fields.Integer()
    mentees = fields.Integer()


class SpaceBody(Body):
    id = fields.String(attribute="space.id")
    version = fields.Integer(attribute="space.version")
    programme_id = fields.String(attribute="space.programme_id")
    audience = fields.String(attribute="space.audience")
    state = fields.String(attribute="space.state")
    opened_at = Moment(attribute="space.opened_at")
    archived_at = Moment(attribute="space.archived_at", allow_none=True)
    members = fields.Nested(MembersBody)


class SeatBody(Body):
    pair_id = fields.String()
    person_id = fields.String()
    role = fields.String()


@dataclass(frozen=True)
class Shown:
    """A space with how many belong to it, which it does not know itself."""

    space: Space
    members: dict[str, int]


@routes.get("/programmes/<programme_id>/space")
@requires(member_or_coordinator)
@routes.response(200, SpaceBody)
def show(community: Community, _caller: Caller, programme_id: str) -> Shown:
    space = community.spaces.of_programme(programme_id)
    return Shown(space, community.copies.count_members(programme_id))


@routes.get("/programmes/<programme_id>/space/members")
@requires(member_or_coordinator)
@routes.arguments(Paging, location="query")
@routes.response(200, items_of(SeatBody))
def members(community: Community, _caller: Caller, query: dict[str, Any], programme_id: str) -> Reply:
    """Both sides of up to `limit` pairs."""
    community.spaces.of_programme(programme_id)
    return paged(community.copies.seats(programme_id, **query))
