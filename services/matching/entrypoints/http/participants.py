"""Who takes part in a programme, and their breaks."""

from typing import Any

from marshmallow import fields

from services.matching.application import Matching
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.domain.participant import Participant
from services.matching.entrypoints.http.callers import coordinator, participant_or_coordinator
from shared.web.bodies import Body, items_of
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.routes import Routes

routes = Routes("participants", "", description="Who takes part")


class ParticipantQuery(Paging):
    role = fields.Enum(Role, by_value=True)
    state = fields.Enum(ParticipantState, by_value=True)
    alone = fields.Boolean(load_default=False, metadata={
        "description": "Mentees alone who may be matched and sit with nobody; role and state say no more then"})


class ParticipantBody(Body):
    id = fields.String()
    version = fields.Integer()
    programme_id = fields.String()
    person_id = fields.String()
    role = fields.Enum(Role, by_value=True)
    state = fields.Enum(ParticipantState, by_value=True)
    capacity = fields.Integer()
    gaps = fields.List(fields.String())
    answers = fields.Dict(keys=fields.String(), values=fields.String())


@routes.get("/programmes/<programme_id>/participants")
@requires(coordinator)
@routes.arguments(ParticipantQuery, location="query")
@routes.response(200, items_of(ParticipantBody))
def find(matching: Matching, _caller: Caller, query: dict[str, Any], programme_id: str) -> Any:
    if query.pop("alone"):
        return paged(matching.summaries.headcounts.alone(programme_id, query["limit"], query["after"]))
    return paged(matching.participants.find(programme_id, **query))


@routes.post("/participants/<participant_id>/pause")
@requires(participant_or_coordinator)
@routes.response(200, ParticipantBody)
def pause(matching: Matching, _caller: Caller, participant_id: str) -> Participant:
    return matching.participants.pause(participant_id)


@routes.post("/participants/<participant_id>/resumption")
@requires(participant_or_coordinator)
@routes.response(200, ParticipantBody)
def resume(matching: Matching, _caller: Caller, participant_id: str) -> Participant:
    return matching.participants.resume(participant_id)
