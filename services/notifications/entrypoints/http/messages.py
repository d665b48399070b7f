"""How mail fares: for a programme, and for the timeline of a pair."""

from typing import Any

from marshmallow import fields

from services.notifications.application import Notifications
from services.notifications.application.messages import MessageSummary
from services.notifications.entrypoints.http.callers import coordinator, may_see, party_or_coordinator
from shared.web.bodies import Body, Moment, items_of, listed
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("messages", "", description="How mail fares")


class MessageSummaryBody(Body):
    programme_id = fields.String()
    queued = fields.Integer()
    accepted = fields.Integer()
    failed = fields.Integer()
    suppressed = fields.Integer()
    last_sent_at = Moment(allow_none=True)
    as_of = Moment()


class MessageEntryBody(Body):
    at = Moment()
    kind = fields.String()
    facts = fields.Dict()
    person_id = fields.String(allow_none=True)


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
