"""Who may call what of requests: see `callers`."""

from services.matching.application import Matching
from services.matching.entrypoints.http.callers import person_id, require_charge
from shared.kernel.errors import NotFound
from shared.web.callers import Caller, Ids


def of_request(matching: Matching, caller: Caller, ids: Ids) -> None:
    """The mentee, a mentor who was asked, or whoever looks after the programme."""
    request = matching.requests.get(ids["request_id"])
    if caller.person_id is None or not (caller.person_id == request.mentee_id or request.was_asked(caller.person_id)):
        require_charge(matching, caller, request.programme_id)


def mentee_of_request(matching: Matching, caller: Caller, ids: Ids) -> None:
    """The choices are the mentee's own."""
    if matching.requests.get(ids["request_id"]).mentee_id != person_id(caller):
        raise NotFound("not theirs")


def mentee_of_request_or_coordinator(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Whoever made it, or looks after the programme."""
    request = matching.requests.get(ids["request_id"])
    if caller.person_id is None or caller.person_id != request.mentee_id:
        require_charge(matching, caller, request.programme_id)


def coordinator_of_request(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Not the mentee, nor a mentor who was asked, whatever else they are."""
    request = matching.requests.get(ids["request_id"])
    if caller.person_id and (caller.person_id == request.mentee_id or request.was_asked(caller.person_id)):
        raise NotFound("not theirs")
    require_charge(matching, caller, request.programme_id)


def mentor_of_request(matching: Matching, caller: Caller, ids: Ids) -> None:
    """A mentor who is or was asked."""
    if not matching.requests.get(ids["request_id"]).was_asked(person_id(caller)):
        raise NotFound("not theirs")
