"""Forgets somebody: community holds ids and states only, and what a repeated request would be answered."""

from dataclasses import dataclass

from services.community.contracts.erasures import ErasureCompleted
from services.community.domain.assignment import Assignment
from shared.kernel.clock import Clock
from shared.kernel.events import Cause
from shared.store.receipts import Receipt, give_receipt
from shared.store.repository import Repository


@dataclass(frozen=True)
class Erasing:
    """That a pair was trained stays, under an id that is nobody's any more."""

    assignments: Repository[Assignment]
    receipts: Repository[Receipt]
    clock: Clock

    def erase(self, person_id: str, cause: Cause) -> None:
        """A repeat finds nothing left to do."""
        ids = [one.id for one in self.assignments.each({"person_id": person_id})]
        for one in ids:
            self.assignments.change(one, _forget)
        counts = {"assignments": len(ids)}
        told = ErasureCompleted(person_id=person_id, service="community", counts=counts)
        give_receipt(self.receipts, person_id, counts, told, self.clock.now(), cause)


def _forget(assignment: Assignment) -> None:
    assignment.answered = []
