"""What of an application who may see."""

from dataclasses import replace

from services.matching.contracts.applications import ApplicationState
from services.matching.domain.application import Application


def seen_by_coordinators(one: Application) -> Application:
    """What somebody has begun to write is their own until they submit it, whatever becomes of it before."""
    state = ApplicationState.INVITED if one.state is ApplicationState.DRAFT else one.state
    return replace(one, state=state, answers=one.answers if one.submitted_at else {})


def seen_by_applicant(one: Application) -> Application:
    """Why somebody was declined, by whom, how the profile judged them, and what others said of them, is between
    coordinators."""
    return replace(one, verdict=None, scored=None, interview=None, endorsement=None, waived=())


def seen_in_list(one: Application, by: str | None) -> Application:
    """What coordinators see; of their own application what they see as whoever applies."""
    seen = seen_by_coordinators(one)
    return seen_by_applicant(seen) if one.person_id == by else seen


def seen_by_endorser(one: Application) -> Application:
    """That they are asked, and what they answered themselves: nothing of what the person wrote."""
    return replace(seen_by_applicant(one), answers={}, endorsement=one.endorsement)
