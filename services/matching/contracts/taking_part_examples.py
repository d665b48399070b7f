"""One example of every event of what whoever takes part is told."""

from services.matching.contracts.participants import Role
from services.matching.contracts.taking_part import ConfirmationReminderDue, ParticipantConfirmed, ParticipantRemoved
from shared.kernel.events import Event

TAKING_PART_EXAMPLES: tuple[Event, ...] = tuple(
    kind(application_id="5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e05", programme_id="5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e01",
         person_id="5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e02", role=Role.MENTOR)
    for kind in (ParticipantRemoved, ConfirmationReminderDue, ParticipantConfirmed))
