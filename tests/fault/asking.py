"""A programme in which mentees ask mentors of their choice, one after the other."""

from typing import Any

from services.matching.domain.person import person_id
from services.matching.domain.request import pair_id_of
from tests.fault.client import Effect
from tests.fault.story import SIDE, Programme

Request = dict[str, Any]


def ask_around(programme: Programme) -> None:
    """All ask at once: the first of each says no, the second nothing, and the third yes, if it is not too late; that of
    the last one nothing, too."""
    programme.open(requests_allowed=True, request_days=1)
    for role in ("mentor", "mentee"):
        programme.bring_in(role)
    requests = [_ask(programme, number) for number in range(SIDE)]
    for request in requests:
        _decline(programme, request)
    for request in requests[:-1]:
        programme.client.until(f"matching/requests/{request['id']}", _second_turn_is_over, by=request["mentee_id"])
        _accept(programme, request)


def _ask(programme: Programme, number: int) -> Request:
    """Each begins with another one, so that nobody is in another's way."""
    mentors = [person_id(f"{programme.name}-mentor-{(number + rank) % SIDE}") for rank in range(3)]
    made: Request = programme.client.send(
        "POST", f"matching/programmes/{programme.id}/requests",
        Effect("pair-requested", {"programme_id": programme.id, "mentor_id": mentors[0], "rank": 1}),
        by=person_id(f"{programme.name}-mentee-{number}"), body={"mentor_ids": mentors})
    return made


def _decline(programme: Programme, request: Request) -> None:
    first, second = _turn(request, 0), _turn(request, 1)
    programme.unless_too_late(
        "POST", f"matching/requests/{request['id']}/refusal", Effect("request-declined", first),
        Effect("pair-requested", second), by=first["mentor_id"], body={"reason": "no-time"})


def _accept(programme: Programme, request: Request) -> None:
    third = _turn(request, 2)
    programme.unless_too_late(
        "POST", f"matching/requests/{request['id']}/acceptance", Effect("request-accepted", third),
        Effect("pair-created", {"pair_id": pair_id_of(request["id"])}), by=third["mentor_id"])


def _turn(request: Request, place: int) -> dict[str, str]:
    """What events of this choice's turn say."""
    return {"request_id": request["id"], "mentor_id": request["choices"][place]["mentor_id"]}


def _second_turn_is_over(request: Request) -> bool:
    return request["choices"][1]["state"] not in ("waiting", "asked")
