"""Which events lead somebody from mentee to mentor."""

from services.matching.application import Matching
from services.matching.contracts.participants import Role
from services.matching.entrypoints.counting import on_step
from services.matching.entrypoints.seen import ParticipantSeen, PraisedSeen
from shared.messaging.envelope import Received


def on_journey_praised(matching: Matching, event: Received) -> None:
    mentee = PraisedSeen.of(event)
    matching.stepping_ups.invite(mentee["programme_id"], mentee["person_id"], cause=event)


def on_participant_approved(matching: Matching, event: Received) -> None:
    """A mentor with less room than before may be asked by somebody."""
    on_step(matching, event)
    one = ParticipantSeen.of(event)
    if one["role"] is Role.MENTOR:
        matching.stepping_ups.became_mentor(one["programme_id"], one["person_id"])
        matching.settling.mentor_changed(one["programme_id"], one["person_id"], cause=event)


def has_applied(matching: Matching, event: Received) -> None:
    one = ParticipantSeen.of(event)
    if one["role"] is Role.MENTOR:
        matching.stepping_ups.applied(one["person_id"])
