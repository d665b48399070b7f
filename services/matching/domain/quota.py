"""How often a day what costs much, or reaches many, may be done in one programme."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shared.kernel.errors import QuotaReached

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Quota:
    """`most` of `what` within 24 hours; 0: any number. Of two at the same instant both may get the last place."""

    what: str
    most: int

    def counted(self, programme_id: str, now: datetime) -> dict[str, Any]:
        """What counts, as a filter of documents with a `created_at`."""
        return {"programme_id": programme_id, "created_at": {"$gt": now - A_DAY}}

    def require_room(self, done: int) -> None:
        """Raises QuotaReached."""
        if self.most and done >= self.most:
            raise QuotaReached(f"{self.most} {self.what} within 24 hours are as many as one programme may have: try "
                               "again later, or ask the operator for more")
