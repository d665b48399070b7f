"""What a service did about somebody who asked to be forgotten: kept, so that a repeat answers once."""

from dataclasses import dataclass, field
from datetime import datetime

from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import AlreadyExists
from shared.kernel.events import Cause, Event
from shared.store.repository import Repository


@dataclass(kw_only=True)
class Receipt(Aggregate):
    """Its id is the person's; `counts` says of which kind how much was erased."""

    counts: dict[str, int] = field(default_factory=dict)


def give_receipt(receipts: Repository[Receipt], person_id: str, counts: dict[str, int], event: Event, at: datetime,
                 cause: Cause) -> None:
    """Keeps it and tells; what has its receipt already is told no second time."""
    receipt = Receipt(id=person_id, counts=counts)
    receipt.record(event, at)
    try:
        receipts.add(receipt, cause=cause)
    except AlreadyExists:
        return
