"""Who may call what: the two of a pair for their own, coordinators for their programme, the office for all.

The two are asked for first, from this service's own documents; who coordinates what is known from others' events, and
counts only while that copy is fresh.
"""

from services.surveys.application import Surveys
from services.surveys.domain.journey import Journey
from shared.kernel.clock import SystemClock
from shared.kernel.errors import NotAllowed, NotFound
from shared.web.authority import Fresh
from shared.web.callers import Caller, Ids, role

PROGRAMME_OFFICE = "programme-office"

auditor = role("auditor")


def a_person(surveys: Surveys, caller: Caller, ids: Ids) -> None:  # noqa: ARG001 - a rule's form
    """Machines have nothing of their own here."""
    person_id(caller)


def person_id(caller: Caller) -> str:
    """Raises NotAllowed for machines."""
    if caller.person_id is None:
        raise NotAllowed("this is for people")
    return caller.person_id


def coordinator(surveys: Surveys, caller: Caller, ids: Ids) -> None:
    """Of the programme in the path."""
    _require_charge(surveys, caller, ids["programme_id"])


def coordinator_of_case(surveys: Surveys, caller: Caller, ids: Ids) -> None:
    _require_charge(surveys, caller, surveys.cases.get(ids["case_id"]).programme_id)


def hears_of_cases(surveys: Surveys, caller: Caller, programme_id: str) -> bool:
    """Whether cases of the programme are put before this caller; before the office all are."""
    return PROGRAMME_OFFICE in caller.roles or surveys.programmes.hears_of_cases(caller.person_id, programme_id)


def party(surveys: Surveys, caller: Caller, ids: Ids) -> None:
    """One of the two whose journey it is."""
    surveys.journeys.get(ids["journey_id"]).side(person_id(caller))


def party_or_coordinator(surveys: Surveys, caller: Caller, ids: Ids) -> None:
    """Of the journey or the pair in the path."""
    journey = journey_of(surveys, ids)
    if viewer(caller, journey) is None:
        _require_charge(surveys, caller, journey.programme_id)


def party_or_coordinator_of_goal(surveys: Surveys, caller: Caller, ids: Ids) -> None:
    party_or_coordinator(surveys, caller, {"journey_id": surveys.goals.get(ids["goal_id"]).journey_id})


def asked(surveys: Surveys, caller: Caller, ids: Ids) -> None:
    """The one whom the check-in asks."""
    if surveys.check_ins.get(ids["check_in_id"]).person_id != person_id(caller):
        raise NotFound("not yours")


def asked_or_coordinator(surveys: Surveys, caller: Caller, ids: Ids) -> None:
    """Not the partner: an answer is between the person and the coordinator."""
    check_in = surveys.check_ins.get(ids["check_in_id"])
    if check_in.person_id != caller.person_id:
        if viewer(caller, surveys.journeys.get(check_in.journey_id)):
            raise NotFound("the partner's")
        _require_charge(surveys, caller, check_in.programme_id)


def coordinator_of_check_in(surveys: Surveys, caller: Caller, ids: Ids) -> None:
    """Nobody who is in the journey themselves, whatever else they are."""
    check_in = surveys.check_ins.get(ids["check_in_id"])
    if viewer(caller, surveys.journeys.get(check_in.journey_id)):
        raise NotFound("their own, or the partner's")
    _require_charge(surveys, caller, check_in.programme_id)


def viewer(caller: Caller, journey: Journey) -> str | None:
    """As which of the two the caller looks at it, whatever else they are; None: from outside."""
    return caller.person_id if caller.person_id in {side.person_id for side in journey.present} else None


def journey_of(surveys: Surveys, ids: Ids) -> Journey:
    return surveys.journeys.get(ids["journey_id"]) if "journey_id" in ids else surveys.journeys.of_pair(ids["pair_id"])


def _require_charge(surveys: Surveys, caller: Caller, programme_id: str) -> None:
    if PROGRAMME_OFFICE in caller.roles and surveys.programmes.known(programme_id):
        return
    Fresh(surveys.programmes.caught_up_at, SystemClock()).check()
    if not surveys.programmes.coordinates(caller.person_id, programme_id):
        raise NotFound("not theirs")
