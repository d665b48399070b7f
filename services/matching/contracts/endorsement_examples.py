"""One example of every event of endorsements."""

from services.matching.contracts.endorsements import (
    EndorsementAnswered,
    EndorsementAsked,
    EndorsementReminderDue,
    EndorsementRevoked,
)
from services.matching.contracts.participants import Role
from shared.kernel.events import Event

ENDORSEMENT_EXAMPLES: tuple[Event, ...] = tuple(
    kind(application_id="5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e05", programme_id="5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e04",
         person_id="5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e01", role=Role.MENTOR,
         endorser_id="5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e11")
    for kind in (EndorsementAsked, EndorsementReminderDue, EndorsementAnswered, EndorsementRevoked))
