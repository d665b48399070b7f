"""Invitations: a list of people is checked, then everybody on it is asked to apply or noted as had in mind."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from services.matching.application import Matching
from services.matching.contracts.participants import Role
from services.matching.domain.application import Application
from services.matching.domain.application_views import seen_by_coordinators
from services.matching.domain.invitation import MOST, Invitation, InvitationState, Step
from services.matching.entrypoints.http.applications import ApplicationLineBody
from services.matching.entrypoints.http.callers import coordinator, coordinator_of_invitation
from shared.store.repository import Found
from shared.web.bodies import Body, Moment, items_of
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.routes import Routes

routes = Routes("invitations", "", description="Asking people to apply")

Given = dict[str, Any]


def _names() -> fields.List:
    return fields.List(fields.String(validate=Length(max=320)), load_default=list, validate=Length(max=MOST))


class NewInvitationBody(Body):
    """In each line a mail address, or a name as the directory writes it."""

    step = fields.Enum(Step, by_value=True, load_default=Step.INVITE)
    mentors = _names()
    mentees = _names()


class EntryBody(Body):
    """`doubt`: why they could not be asked when the list was checked; empty: they can."""

    role = fields.Enum(Role, by_value=True)
    person_id = fields.String()
    doubt = fields.String()


class NamedEntryBody(EntryBody):
    """`result` is done, or the code of why they were not asked; empty: not yet."""

    name = fields.String()
    result = fields.String()


class UnreadBody(Body):
    role = fields.Enum(Role, by_value=True)
    line = fields.Integer()
    code = fields.String()


class InvitationBody(Body):
    """`ready` can be asked as far as is known, `done` are."""

    id = fields.String()
    version = fields.Integer()
    programme_id = fields.String()
    step = fields.Enum(Step, by_value=True)
    state = fields.Enum(InvitationState, by_value=True)
    entries = fields.List(fields.Nested(EntryBody))
    unread = fields.List(fields.Nested(UnreadBody))
    ready = fields.Integer()
    done = fields.Integer()
    created_at = Moment()


class NamedInvitationBody(InvitationBody):
    """Names are in no answer to a command: those are remembered."""

    entries = fields.List(fields.Nested(NamedEntryBody))


class InvitedBody(ApplicationLineBody):
    invited_at = Moment(allow_none=True)


@routes.post("/programmes/<programme_id>/invitations")
@requires(coordinator)
@routes.arguments(NewInvitationBody)
@routes.response(201, InvitationBody, location="/invitations/{id}")
def check(matching: Matching, _caller: Caller, body: Given, programme_id: str) -> Invitation:
    names = {Role.MENTOR: body["mentors"], Role.MENTEE: body["mentees"]}
    return matching.inviting.check(programme_id, body["step"], names)


@routes.get("/programmes/<programme_id>/invited")
@requires(coordinator)
@routes.arguments(Paging, location="query")
@routes.response(200, items_of(InvitedBody))
def invited(matching: Matching, _caller: Caller, query: Given, programme_id: str) -> Any:
    """Everybody who was ever invited, and what became of it."""
    found: Found[Application] = matching.applications.invited(programme_id, **query)
    return paged(found._replace(items=[seen_by_coordinators(one) for one in found.items]))


@routes.get("/invitations/<invitation_id>")
@requires(coordinator_of_invitation)
@routes.response(200, NamedInvitationBody)
def show(matching: Matching, _caller: Caller, invitation_id: str) -> Given:
    """With the names of those whom the coordinator named."""
    job: Invitation = matching.inviting.get(invitation_id)
    known = matching.people.known(one.person_id for one in job.entries)
    entries = [{**vars(one), "result": result, "name": known[one.person_id].details.name}
               for one, result in job.outcomes if one.person_id in known]
    return {**vars(job), "entries": entries, "ready": job.ready, "done": job.done}


@routes.post("/invitations/<invitation_id>/start")
@requires(coordinator_of_invitation)
@routes.response(202, InvitationBody, location="/invitations/{id}")
def start(matching: Matching, _caller: Caller, invitation_id: str) -> Invitation:
    return matching.inviting.start(invitation_id)
