"""Pairs: of a programme, one's own, and what may be done about one."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from services.matching.application import Matching
from services.matching.application.runs import rematch_run_id
from services.matching.contracts.closings import PartingReason
from services.matching.contracts.pairs import CloseReason, PairState
from services.matching.contracts.programmes import Gate
from services.matching.domain.history import Happened
from services.matching.domain.pair import Pair
from services.matching.domain.parting import parting_of
from services.matching.entrypoints.http.by_name import NameQuery, named, named_items_of
from services.matching.entrypoints.http.callers import a_person, coordinator, person_id
from services.matching.entrypoints.http.gate_bodies import OpenGateBody, WaiverBody
from services.matching.entrypoints.http.pair_callers import (
    coordinator_of_pair,
    mentee_or_coordinator,
    party_of_pair,
    party_or_coordinator,
)
from services.matching.entrypoints.http.request_bodies import MOST_CHARACTERS, RefusalBody
from shared.web.bodies import Body, Moment, items_of, listed
from shared.web.callers import Caller, requires
from shared.web.paging import Paging
from shared.web.routes import Routes

routes = Routes("pairs", "", description="Who is with whom")


class NewPairBody(Body):
    mentor_id = fields.String(required=True, validate=Length(1, 100))
    mentee_id = fields.String(required=True, validate=Length(1, 100))


class ClosureBody(Body):
    """`why` a pair ends that is under way, and the note, are told to coordinators; whoever listens hears the code."""

    reason = fields.Enum(CloseReason, by_value=True, required=True)
    why = fields.Enum(PartingReason, by_value=True, load_default=None, allow_none=True)
    note = fields.String(load_default="", validate=Length(max=MOST_CHARACTERS))


class RematchBody(Body):
    """Between whoever asks and the coordinators; a pair that has ended already needs no reason."""

    reason = fields.Enum(PartingReason, by_value=True, load_default=None, allow_none=True)
    note = fields.String(load_default="", validate=Length(max=MOST_CHARACTERS))


class PartingBody(Body):
    """All empty while nothing was said."""

    reason = fields.Enum(PartingReason, by_value=True, allow_none=True)
    note = fields.String()
    by = fields.String()


class PairQuery(NameQuery):
    state = fields.Enum(PairState, by_value=True)
    to_agree = fields.Boolean(load_default=False, metadata={
        "description": "Those alone that wait for a yes of one or both; state says no more then"})


class PartyBody(Body):
    person_id = fields.String()
    role = fields.String()


class MetBody(Body):
    gate = fields.Enum(Gate, by_value=True)
    person_id = fields.String()


class PairBody(Body):
    id = fields.String()
    version = fields.Integer()
    programme_id = fields.String()
    mentor_id = fields.String()
    mentee_id = fields.String()
    parties = fields.List(fields.Nested(PartyBody))
    state = fields.Enum(PairState, by_value=True)
    gates = fields.List(fields.Enum(Gate, by_value=True))
    met = fields.List(fields.Nested(MetBody))
    waived = fields.List(fields.Nested(WaiverBody))
    open_gates = fields.List(fields.Nested(OpenGateBody))
    accepted_by = fields.List(fields.String())
    run_id = fields.String(allow_none=True)
    succeeds = fields.String(allow_none=True)
    reason = fields.Enum(CloseReason, by_value=True, allow_none=True)
    left_id = fields.String(allow_none=True)
    may_complete = fields.Boolean(metadata={"description": "Whether the two may end it as complete, in its last weeks"})
    rematch_run_id = fields.Function(lambda pair: rematch_run_id(pair.id) if pair.rematch else None)


PairItems = items_of(PairBody)


class OneQuestionBody(Body):
    """What a flash pair came together for; empty in every other."""

    text = fields.String()


class TimelineEntryBody(Body):
    at = Moment()
    kind = fields.String()
    facts = fields.Dict()
    person_id = fields.String(allow_none=True)


@routes.post("/programmes/<programme_id>/pairs")
@requires(coordinator)
@routes.arguments(NewPairBody)
@routes.response(201, PairBody, location="/pairs/{id}")
def propose(matching: Matching, caller: Caller, body: dict[str, Any], programme_id: str) -> Pair:
    return matching.pairs.propose(programme_id, body["mentor_id"], body["mentee_id"], by=caller.known_as)


@routes.get("/programmes/<programme_id>/pairs")
@requires(coordinator)
@routes.arguments(PairQuery, location="query")
@routes.response(200, named_items_of(PairBody))
def find(matching: Matching, _caller: Caller, query: dict[str, Any], programme_id: str) -> Any:
    q, to_agree, page = query.pop("q"), query["to_agree"], (query["limit"], query["after"])
    if q:
        return named(matching.finding.pairs(programme_id, q, **query))
    return named(matching.proposed_pairs.find(programme_id, *page) if to_agree
                 else matching.pairs.find(programme_id, *page, query.get("state")))


@routes.get("/me/pairs")
@requires(a_person)
@routes.arguments(Paging, location="query")
@routes.response(200, PairItems)
def mine(matching: Matching, caller: Caller, query: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001 - all on one page
    return listed(matching.pairs.of_person(person_id(caller)))


@routes.get("/pairs/<pair_id>")
@requires(party_or_coordinator)
@routes.response(200, PairBody)
def show(matching: Matching, _caller: Caller, pair_id: str) -> Pair:
    return matching.pairs.get(pair_id)


@routes.post("/pairs/<pair_id>/acceptance")
@requires(party_or_coordinator)
@routes.response(200, PairBody)
def accept(matching: Matching, caller: Caller, pair_id: str) -> Pair:
    return matching.pairs.agree(pair_id, by=caller.known_as)


@routes.post("/pairs/<pair_id>/reminder")
@requires(coordinator_of_pair)
@routes.response(200, PairBody)
def remind(matching: Matching, caller: Caller, pair_id: str) -> Pair:
    """Whoever has not said yes, or not done what comes before the start, by mail and at once: never on the working day
    of another mail about it."""
    return matching.proposed_pairs.remind(pair_id, by=caller.known_as)


@routes.post("/pairs/<pair_id>/closure")
@requires(party_or_coordinator)
@routes.arguments(ClosureBody)
@routes.response(200, PairBody)
def close(matching: Matching, caller: Caller, body: dict[str, Any], pair_id: str) -> Pair:
    """One of the two says no to a proposal by `refusal`, and completes a pair in its last weeks alone; nobody says here
    that somebody left."""
    said = parting_of(body["why"], body["note"], caller.known_as)
    return matching.pairs.close(pair_id, body["reason"], caller.known_as, said)


@routes.post("/pairs/<pair_id>/refusal")
@requires(party_of_pair)
@routes.arguments(RefusalBody)
@routes.response(200, PairBody)
def refuse(matching: Matching, caller: Caller, body: dict[str, Any], pair_id: str) -> Pair:
    """One of the two says no to a proposal: why is theirs, and counted with refusals of requests."""
    return matching.pairs.refuse(pair_id, person_id(caller), body["reason"], body["note"])


@routes.post("/pairs/<pair_id>/pause")
@requires(party_or_coordinator)
@routes.response(200, PairBody)
def pause(matching: Matching, caller: Caller, pair_id: str) -> Pair:
    return matching.pairs.pause(pair_id, by=caller.known_as)


@routes.post("/pairs/<pair_id>/resumption")
@requires(party_or_coordinator)
@routes.response(200, PairBody)
def resume(matching: Matching, caller: Caller, pair_id: str) -> Pair:
    return matching.pairs.resume(pair_id, by=caller.known_as)


@routes.post("/pairs/<pair_id>/rematch")
@requires(mentee_or_coordinator)
@routes.arguments(RematchBody)
@routes.response(200, PairBody)
def rematch(matching: Matching, caller: Caller, body: dict[str, Any], pair_id: str) -> Pair:
    return matching.pairs.ask_for_rematch(pair_id, caller.known_as, **body)


@routes.get("/pairs/<pair_id>/parting")
@requires(coordinator_of_pair)
@routes.response(200, PartingBody)
def parting(matching: Matching, _caller: Caller, pair_id: str) -> dict[str, Any]:
    said = matching.pairs.get(pair_id).parting
    return vars(said) if said else {"reason": None}


@routes.get("/pairs/<pair_id>/question")
@requires(party_of_pair)
@routes.response(200, OneQuestionBody)
def question(matching: Matching, _caller: Caller, pair_id: str) -> dict[str, str]:
    return {"text": matching.pairs.get(pair_id).one_question}


@routes.get("/pairs/<pair_id>/timeline")
@requires(party_or_coordinator)
@routes.response(200, items_of(TimelineEntryBody))
def timeline(matching: Matching, _caller: Caller, pair_id: str) -> dict[str, Any]:
    return listed(_entry(one) for one in matching.pairs.get(pair_id).history)


def _entry(one: Happened) -> dict[str, Any]:
    return {"at": one.at, "kind": one.kind, "facts": one.facts, "person_id": one.by}
