"""One example of every event that HR tells matching."""

from services.matching.contracts.hr_changes import (
    HrLeaveBegun,
    HrLeaveEnded,
    HrPersonJoined,
    HrPersonLeft,
    HrPersonMoved,
)
from shared.kernel.events import Event

HR_EXAMPLES: tuple[Event, ...] = (
    HrPersonJoined(directory_id="e-4711", name="Mia Torres", email="mia.torres@example.org", manager_id="e-1002",
                   department="Engineering", languages=("en", "de"), working_days=("mon", "tue", "wed")),
    HrPersonMoved(directory_id="e-4711", manager_id="e-1003", department="Product"),
    HrLeaveBegun(directory_id="e-4711", starts_on="2027-05-03", ends_on="2027-08-31"),
    HrLeaveEnded(directory_id="e-4711", back_on="2027-09-01"),
    HrPersonLeft(directory_id="e-4711"),
)
