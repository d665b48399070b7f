"""How mail fares: for a programme, and for the timeline of a pair."""

from typing import Any

from marshmallow import fields, validate

from services.notifications.application import Notifications
from services.notifications.application.messages import MessageSummary
from services.notifications.domain.letters import letter
from services.notifications.domain.message import MessageState
from services.notifications.entrypoints.http.callers import coordinator, may_see, party_or_coordinator
from shared.web.bodies import Body, Moment, items_of, listed
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.replies import Reply
from shared.web.routes import Routes

routes = Routes("messages", "", description="How mail fares")


class MessageSummaryBody(Body):
    programme_id = fields.String()
    queued = fields.Integer()
    accepted = fields.Integer()
    failed = fields.Integer()
    bounced = fields.Integer()
    unreachable = fields.Integer()
    suppressed = fields.Integer()
    last_sent_at = Moment(allow_none=True)
    as_of = Moment()


class MessageEntryBody(Body):
    at = Moment()
    kind = fields.String()
    facts = fields.Dict()
    person_id = fields.String(allow_none=True)


class MessageQuery(Paging):
    """`bounced`: failed, since the address takes no mail. `unreachable`: the last one to each whose address takes none
    at present."""

    bounced = fields.Boolean(load_default=False)
    unreachable = fields.Boolean(load_default=False)
    state = fields.String(load_default=None, validate=validate.OneOf([state.value for state in MessageState]))


class MessageBody(Body):
    """`why` it was not sent; what is said about a case does not name the pair."""

    id = fields.String()
    template = fields.String()
    person_id = fields.String(allow_none=True)
    pair_id = fields.Function(lambda one: None if letter(one.template).confidential else one.pair_id)
    state = fields.String()
    tries = fields.Integer()
    why = fields.String(allow_none=True)
    queued_at = Moment()
    sent_at = Moment(allow_none=True)


@routes.get("/programmes/<programme_id>/messages")
@requires(coordinator)
@routes.arguments(MessageQuery, location="query")
@routes.response(200, items_of(MessageBody))
def of_programme(notifications: Notifications, _caller: Caller, query: dict[str, Any], programme_id: str) -> Reply:
    return paged(notifications.messages.of_programme(programme_id, **query))


@routes.get("/programmes/<programme_id>/messages/summary")
@requires(coordinator)
@routes.response(200, MessageSummaryBody)
def summary(notifications: Notifications, _caller: Caller, programme_id: str) -> MessageSummary:
    return notifications.messages.summary(programme_id)


@routes.get("/pairs/<pair_id>/timeline")
@requires(party_or_coordinator)
@routes.response(200, items_of(MessageEntryBody))
def timeline(notifications: Notifications, caller: Caller, pair_id: str) -> dict[str, Any]:
    """One of the two sees what they were sent, a coordinator all but what is said about cases."""
    pair = notifications.directory.pair(pair_id)
    return listed(notifications.timeline.of_pair(pair_id, lambda message: may_see(caller, pair, message)))
