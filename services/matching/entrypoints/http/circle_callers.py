"""Who may call what of circles: see `callers`."""

from services.matching.application import Matching
from services.matching.entrypoints.http.callers import require_charge
from shared.web.callers import Caller, Ids


def coordinator_of_circle(matching: Matching, caller: Caller, ids: Ids) -> None:
    circle = matching.circles.store.get(ids["circle_id"])
    require_charge(matching, caller, circle.programme_id)


def member_or_coordinator(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Whoever sits in the circle, or looks after its programme."""
    circle = matching.circles.get(ids["circle_id"])
    if caller.person_id is None or caller.person_id not in {one.person_id for one in circle.parties}:
        require_charge(matching, caller, circle.programme_id)


def the_member_or_coordinator(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Everybody leaves for themselves; whoever looks after the programme may take anybody out."""
    member_or_coordinator(matching, caller, ids)
    if caller.person_id != ids["person_id"]:
        coordinator_of_circle(matching, caller, ids)
