"""Which events say that mentors are to be judged, were, or come from the mentees."""

from collections.abc import Callable

from services.matching.application import Matching
from services.matching.contracts.applications import ApplicationSubmitted
from services.matching.contracts.internal import GapsChanged, ProfileChanged
from services.matching.contracts.participants import ParticipantApproved
from services.matching.entrypoints.counting import on_step
from services.matching.entrypoints.seen import ApplicationSeen, ProfileSeen
from services.matching.entrypoints.stepping import has_applied, on_journey_praised, on_participant_approved
from shared.messaging.envelope import Received


def on_application_submitted(matching: Matching, event: Received) -> None:
    """Had the profile changed in that moment, nobody else would score it."""
    on_step(matching, event)
    has_applied(matching, event)
    matching.scorings.score(ApplicationSeen.of(event)["application_id"])


def on_profile_changed(matching: Matching, event: Received) -> None:
    profile = ProfileSeen.of(event)
    matching.scorings.begin(profile["programme_id"], profile["number"], cause=event)


def on_gaps_changed(matching: Matching, event: Received) -> None:
    matching.scorings.tell(ApplicationSeen.of(event)["application_id"], cause=event)


JUDGED: dict[str, Callable[[Matching, Received], object]] = {
    ApplicationSubmitted.type: on_application_submitted,
    ProfileChanged.type: on_profile_changed,
    GapsChanged.type: on_gaps_changed,
    ParticipantApproved.type: on_participant_approved,
    "mentoring.journey-praised.v1": on_journey_praised,
}
