"""Who takes part in a programme, with how much room, and their breaks."""

from collections.abc import Collection
from typing import Any

from marshmallow import fields

from services.matching.application import Matching
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.contracts.programmes import ProgrammeState
from services.matching.domain.departure import DepartureReason
from services.matching.domain.participant import Participant
from services.matching.domain.programme import Programme
from services.matching.domain.seats import RoomOfMentee
from services.matching.entrypoints.http.by_name import NameQuery, named, named_items_of
from services.matching.entrypoints.http.callers import (
    a_person,
    coordinator,
    is_office,
    participant_or_coordinator,
    person_id,
)
from shared.web.bodies import Body, items_of, listed
from shared.web.callers import Caller, requires
from shared.web.paging import Found, Paging
from shared.web.routes import Routes
from shared.web.versions import expected_version, required_version

routes = Routes("participants", "", description="Who takes part")


class ParticipantQuery(NameQuery):
    role = fields.Enum(Role, by_value=True)
    state = fields.Enum(ParticipantState, by_value=True)
    alone = fields.Boolean(load_default=False, metadata={
        "description": "Mentees alone who may be matched and sit with nobody; role and state say no more then"})
    matched = fields.Boolean(load_default=False, metadata={
        "description": "Mentees alone who may be matched and have somebody; role and state say no more then"})


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


class SeatedBody(ParticipantBody):
    taken = fields.Integer(metadata={"description": "Seats that pairs and circles hold; more than `capacity` where "
                                                    "that was lowered"})


class ListedBody(SeatedBody):
    """`left_because`: what was said when somebody left by themselves, or was taken out."""

    left_because = fields.Enum(DepartureReason, by_value=True, allow_none=True)


class DepartureBody(Body):
    reason = fields.Enum(DepartureReason, by_value=True, required=True)


class RoomBody(Body):
    """Fewer than the pairs that there are ends none of them: no new one begins until enough have ended."""

    capacity = fields.Integer(required=True, strict=True, metadata={"description": "Pairs at once, from 0 to 50"})


Seated = items_of(SeatedBody)


@routes.get("/programmes/<programme_id>/participants")
@requires(coordinator)
@routes.arguments(ParticipantQuery, location="query")
@routes.response(200, named_items_of(ListedBody))
def find(matching: Matching, _caller: Caller, query: dict[str, Any], programme_id: str) -> Any:
    found = _called(matching, programme_id, query) if query["q"] else _found(matching, programme_id, query)
    return named(found, _seated(matching, found.items))


def _found(matching: Matching, programme_id: str, query: dict[str, Any]) -> Found:
    headcounts, page = matching.summaries.headcounts, (query["limit"], query["after"])
    if query["alone"]:
        return headcounts.alone(programme_id, *page)
    return headcounts.matched(programme_id, *page) if query["matched"] else matching.participants.find(
        programme_id, *page, query.get("role"), query.get("state"))


def _called(matching: Matching, programme_id: str, query: dict[str, Any]) -> Found:
    page = (query["q"], query["limit"], query["after"])
    if query["alone"] or query["matched"]:
        return matching.finding.mentees(programme_id, *page, alone=query["alone"])
    return matching.finding.participants(programme_id, *page, query.get("role"), query.get("state"))


@routes.get("/me/participants")
@requires(a_person)
@routes.arguments(Paging, location="query")
@routes.response(200, Seated)
def mine(matching: Matching, caller: Caller, query: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001 - all on one page
    """Where the caller takes part, in which role, with how much room; not where it is over."""
    parts = matching.participants.of_person(person_id(caller))
    open_ones = {one.id for one in matching.programmes.store.get_many(sorted({one.programme_id for one in parts}))
                 if one.state is not ProgrammeState.CLOSED}
    return listed(_seated(matching, [one for one in parts if one.programme_id in open_ones]))


@routes.get("/participants/<participant_id>")
@requires(participant_or_coordinator)
@routes.response(200, SeatedBody)
def show(matching: Matching, _caller: Caller, participant_id: str) -> dict[str, Any]:
    [one] = _seated(matching, [matching.participants.get(participant_id)])
    return one


@routes.patch("/participants/<participant_id>")
@requires(participant_or_coordinator)
@routes.arguments(RoomBody)
@routes.response(200, ParticipantBody)
def make_room(matching: Matching, caller: Caller, body: dict[str, int], participant_id: str) -> Participant:
    """So many pairs at once. Those that exist go on, also when they are more. Mentees ask a coordinator for more."""
    programme, one = _open(matching, participant_id)
    if one.role is Role.MENTEE and not (is_office(caller) or caller.person_id in programme.charge.ids):
        raise RoomOfMentee("how many mentors a mentee has at once is for a coordinator to say")
    return matching.participants.make_room(participant_id, body["capacity"], if_version=required_version())


@routes.post("/participants/<participant_id>/pause")
@requires(participant_or_coordinator)
@routes.response(200, ParticipantBody)
def pause(matching: Matching, _caller: Caller, participant_id: str) -> Participant:
    _open(matching, participant_id)
    return matching.participants.pause(participant_id)


@routes.post("/participants/<participant_id>/resumption")
@requires(participant_or_coordinator)
@routes.response(200, ParticipantBody)
def resume(matching: Matching, _caller: Caller, participant_id: str) -> Participant:
    return matching.participants.resume(participant_id)


@routes.post("/participants/<participant_id>/departure")
@requires(participant_or_coordinator)
@routes.arguments(DepartureBody)
@routes.response(200, ParticipantBody)
def depart(matching: Matching, caller: Caller, body: dict[str, DepartureReason], participant_id: str) -> Participant:
    """Takes part no more in this role; applies anew to come back. A pair that is proposed or under way ends first: it
    has a reason of its own. Seats in circles are given up, and nobody is asked any more. Whoever is taken out by
    somebody else gets a mail that does not say why."""
    _open(matching, participant_id)
    return matching.pairs.depart(participant_id, body["reason"], caller.person_id, if_version=expected_version())


def _open(matching: Matching, participant_id: str) -> tuple[Programme, Participant]:
    """Raises NotOpen where the programme is over."""
    one = matching.participants.get(participant_id)
    programme = matching.programmes.get(one.programme_id)
    programme.require_not_closed()
    return programme, one


def _seated(matching: Matching, some: Collection[Participant]) -> list[dict[str, Any]]:
    taken = matching.pairs.seating.taken_of(some)
    return [{**vars(one), "taken": taken[one.id]} for one in some]
