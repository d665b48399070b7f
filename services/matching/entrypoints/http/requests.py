"""Requests: mentees name mentors in order, mentors answer, coordinators see how it goes."""

from typing import Any

from services.matching.application import Matching
from services.matching.domain.pair import Pair
from services.matching.domain.request import Request
from services.matching.domain.request_views import seen_by
from services.matching.entrypoints.http.by_name import named, named_items_of
from services.matching.entrypoints.http.callers import a_person, coordinator, mentee_there, person_id
from services.matching.entrypoints.http.pairs import PairBody
from services.matching.entrypoints.http.request_bodies import (
    AnsweredBody,
    ChoicesBody,
    NewRequestBody,
    OfferBody,
    OfferQuery,
    OpeningBody,
    RefusalBody,
    RefusalsBody,
    RequestBody,
    RequestFiguresBody,
    RequestQuery,
    TextBody,
)
from services.matching.entrypoints.http.request_callers import (
    coordinator_of_request,
    mentee_of_request,
    mentee_of_request_or_coordinator,
    mentor_of_request,
    of_request,
)
from shared.web.bodies import items_of, listed
from shared.web.callers import Caller, requires
from shared.web.paging import Paging
from shared.web.routes import Routes
from shared.web.versions import required_version

routes = Routes("requests", "", description="Mentees ask mentors of their choice")


def _as_mentee(request: Request) -> Request:
    return seen_by(request, request.mentee_id)


def _as_others(request: Request) -> Request:
    return seen_by(request, None)


@routes.get("/programmes/<programme_id>/offers")
@requires(mentee_there)
@routes.arguments(OfferQuery, location="query")
@routes.response(200, items_of(OfferBody))
def offers(matching: Matching, caller: Caller, query: dict[str, str], programme_id: str) -> dict[str, Any]:
    """Mentors with room whom the caller may ask, by score less the price of a seat; the best 50, on one page."""
    return listed(matching.offering.offers(programme_id, person_id(caller), **query))


@routes.post("/programmes/<programme_id>/requests")
@requires(mentee_there)
@routes.arguments(NewRequestBody)
@routes.response(201, RequestBody, location="/requests/{id}", of=_as_mentee)
def open_one(matching: Matching, caller: Caller, body: dict[str, Any], programme_id: str) -> Request:
    """Without mentors: those whom the caller's application wishes for. In a flash programme with one question, which is
    told to nobody but whoever is asked."""
    return matching.requests.open(programme_id, person_id(caller), **body)


@routes.get("/programmes/<programme_id>/requests")
@requires(coordinator)
@routes.arguments(RequestQuery, location="query")
@routes.response(200, named_items_of(RequestBody))
def find(matching: Matching, _caller: Caller, query: dict[str, Any], programme_id: str) -> Any:
    """By name: of the mentee, or of the mentor who has to answer."""
    q = query.pop("q")
    found = (matching.finding.requests(programme_id, q, **query) if q
             else matching.requests.find(programme_id, **query))
    return named(found, [_as_others(one) for one in found.items])


@routes.get("/programmes/<programme_id>/requests/summary")
@requires(coordinator)
@routes.response(200, RequestFiguresBody)
def summary(matching: Matching, _caller: Caller, programme_id: str) -> dict[str, Any]:
    """How many stand where, and how many have no yes for long."""
    return {"programme_id": programme_id, "states": matching.settling.states(programme_id),
            "unanswered": matching.requests.unanswered(programme_id)}


@routes.get("/programmes/<programme_id>/requests/refusals")
@requires(coordinator)
@routes.response(200, RefusalsBody)
def refusals(matching: Matching, _caller: Caller, programme_id: str) -> dict[str, Any]:
    """How often mentors, and both sides of proposals by hand, gave each reason to say no."""
    found = matching.refusals.of(programme_id)
    return {"programme_id": programme_id, "declined": found.reasons, "least": found.least,
            "fewest": matching.refusals.suppression.refusals, "as_of": found.counted_at, "counting": found.counting}


@routes.get("/me/requests")
@requires(a_person)
@routes.arguments(Paging, location="query")
@routes.response(200, items_of(RequestBody))
def mine(matching: Matching, caller: Caller, query: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001 - all on one page
    """Those the caller made, and those that wait for the caller's answer."""
    me = person_id(caller)
    return listed(seen_by(one, me) for one in matching.requests.of_person(me))


@routes.get("/me/openings")
@requires(a_person)
@routes.arguments(Paging, location="query")
@routes.response(200, items_of(OpeningBody))
def openings(matching: Matching, caller: Caller, query: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001 - one page
    """Programmes in which the caller may begin to ask mentors now."""
    return listed(matching.offering.openings(person_id(caller)))


@routes.get("/requests/<request_id>")
@requires(of_request)
@routes.response(200, RequestBody)
def show(matching: Matching, caller: Caller, request_id: str) -> Request:
    return seen_by(matching.requests.get(request_id), caller.person_id)


@routes.put("/requests/<request_id>/choices")
@requires(mentee_of_request)
@routes.arguments(ChoicesBody)
@routes.response(200, RequestBody, of=_as_mentee)
def choose(matching: Matching, _caller: Caller, body: dict[str, Any], request_id: str) -> Request:
    """Whom to ask after those who were asked already."""
    return matching.requests.choose(request_id, body["mentor_ids"], if_version=required_version())


@routes.post("/requests/<request_id>/acceptance")
@requires(mentor_of_request)
@routes.response(201, PairBody, location="/pairs/{id}")
def accept(matching: Matching, caller: Caller, request_id: str) -> Pair:
    return matching.requests.accept(request_id, by=person_id(caller))


@routes.post("/requests/<request_id>/refusal")
@requires(mentor_of_request)
@routes.arguments(RefusalBody)
@routes.response(200, AnsweredBody)
def decline(matching: Matching, caller: Caller, body: dict[str, Any], request_id: str) -> Request:
    return matching.requests.decline(request_id, person_id(caller), body["reason"], body["note"])


@routes.post("/requests/<request_id>/question")
@requires(mentor_of_request)
@routes.arguments(TextBody)
@routes.response(200, AnsweredBody)
def ask_for_more(matching: Matching, caller: Caller, body: dict[str, str], request_id: str) -> Request:
    return matching.requests.ask_for_more(request_id, person_id(caller), body["text"])


@routes.post("/requests/<request_id>/reply")
@requires(mentee_of_request)
@routes.arguments(TextBody)
@routes.response(200, RequestBody, of=_as_mentee)
def reply(matching: Matching, _caller: Caller, body: dict[str, str], request_id: str) -> Request:
    return matching.requests.reply(request_id, body["text"])


@routes.post("/requests/<request_id>/withdrawal")
@requires(mentee_of_request_or_coordinator)
@routes.response(200, RequestBody, of=_as_others)
def withdraw(matching: Matching, _caller: Caller, request_id: str) -> Request:
    return matching.requests.withdraw(request_id)


@routes.post("/requests/<request_id>/reminder")
@requires(coordinator_of_request)
@routes.response(200, RequestBody, of=_as_others)
def remind(matching: Matching, _caller: Caller, request_id: str) -> Request:
    """The mentor who is asked, by mail and at once: never on the working day of another mail about it."""
    return matching.requests.remind(request_id)
