"""Who may call what: people for their own training, members for their space, coordinators and the office for all.

A person's own documents are asked first; who takes part in what and who coordinates it is known from others' events,
and counts only while that copy is fresh.
"""

from services.community.application import Community
from shared.kernel.clock import SystemClock
from shared.kernel.errors import NotAllowed, NotFound
from shared.web.authority import Fresh
from shared.web.callers import Caller, Ids, role

PROGRAMME_OFFICE = "programme-office"

auditor = role("auditor")


def a_person(community: Community, caller: Caller, ids: Ids) -> None:  # noqa: ARG001 - a rule's form
    """Machines have nothing of their own here."""
    person_id(caller)


def person_id(caller: Caller) -> str:
    """Raises NotAllowed for machines."""
    if caller.person_id is None:
        raise NotAllowed("this is for people")
    return caller.person_id


def coordinator(community: Community, caller: Caller, ids: Ids) -> None:
    """Of the programme in the path."""
    _require_charge(community, caller, ids["programme_id"])


def member_or_coordinator(community: Community, caller: Caller, ids: Ids) -> None:
    """Of the programme in the path: outsiders must not learn that it has a space."""
    _require_fresh(community)
    if not community.copies.takes_part(caller.person_id, ids["programme_id"]):
        _require_charge(community, caller, ids["programme_id"])


def trainee_or_coordinator(community: Community, caller: Caller, ids: Ids) -> None:
    """The person who has to attend, or who saw them attend; not the partner."""
    assignment = community.training.get(ids["assignment_id"])
    if assignment.person_id != caller.person_id:
        _require_charge(community, caller, assignment.programme_id)


def party_or_coordinator(community: Community, caller: Caller, ids: Ids) -> None:
    """Of the pair in the path."""
    pair = community.copies.pair(ids["pair_id"])
    if caller.person_id not in (pair.mentor_id, pair.mentee_id):
        _require_charge(community, caller, pair.programme_id)


def _require_charge(community: Community, caller: Caller, programme_id: str) -> None:
    if PROGRAMME_OFFICE in caller.roles and community.copies.programmes.get(programme_id):
        return
    _require_fresh(community)
    if not community.copies.coordinates(caller.person_id, programme_id):
        raise NotFound("not theirs")


def _require_fresh(community: Community) -> None:
    Fresh(community.copies.caught_up_at, SystemClock()).check()
