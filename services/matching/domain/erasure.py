"""Somebody asks to be forgotten: what was done about it here, who else did, and who still owes it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from services.matching.contracts.erasures import ErasureCompleted, ErasureReceiptCompleted
from shared.kernel.aggregate import Aggregate

SERVICES = ("matching", "surveys", "community", "notifications")
"""Everybody who holds something of a person."""
OWED_FOR = timedelta(hours=24)


class ErasureState(StrEnum):
    """`leaving`: what the person takes part in ends first; `draining`: the last events of the person leave."""

    LEAVING = "leaving"
    ERASING = "erasing"
    DRAINING = "draining"
    COMPLETE = "complete"


@dataclass(frozen=True)
class Done:
    """One service's receipt; `counts` says of which kind how much was erased."""

    service: str
    at: datetime
    counts: dict[str, int]


@dataclass(kw_only=True)
class Erasure(Aggregate):
    """Its id is the person's. `overdue` since a receipt is missing for 24 hours, until the last one comes."""

    asked_at: datetime
    asked_by: str
    state: ErasureState = ErasureState.LEAVING
    receipts: list[Done] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    completed_at: datetime | None = None
    overdue: bool = False

    @classmethod
    def ask(cls, person_id: str, by: str, at: datetime) -> "Erasure":
        erasure = cls(id=person_id, asked_at=at, asked_by=by)
        erasure.set_timer("work", at)
        erasure.set_timer("alarm", at + OWED_FOR)
        return erasure

    def on_work(self, now: datetime) -> None:
        """The timer stands until the work is done, so that a crash repeats it."""
        self.set_timer("work", now)

    def wait(self, now: datetime) -> None:
        """What has to come first has not come yet."""
        self.set_timer("work", now + timedelta(seconds=1))

    def on_alarm(self, _now: datetime) -> None:
        self.overdue = self.state is not ErasureState.COMPLETE

    def begin(self) -> None:
        """Everything the person took part in has ended."""
        self.state = ErasureState.ERASING

    def drain(self, counts: dict[str, int]) -> None:
        """So much was erased here."""
        self.counts, self.state = counts, ErasureState.DRAINING

    def finish_here(self, at: datetime) -> None:
        """The person is no more in this service."""
        self.clear_timer("work")
        self.record(ErasureCompleted(person_id=self.id, service="matching", counts=self.counts), at)
        self.receive("matching", self.counts, at)

    def receive(self, service: str, counts: dict[str, int], at: datetime) -> None:
        """One receipt a service: the first counts."""
        if service in self.owed:
            self.receipts.append(Done(service, at, counts))
        if not self.owed and self.state is not ErasureState.COMPLETE:
            self.state, self.completed_at, self.overdue = ErasureState.COMPLETE, at, False
            self.clear_timer("alarm")
            self.record(ErasureReceiptCompleted(person_id=self.id, services=SERVICES), at)

    @property
    def owed(self) -> list[str]:
        """Who has not answered yet."""
        done = {one.service for one in self.receipts}
        return [one for one in SERVICES if one not in done]


@dataclass(kw_only=True)
class ErasedName(Aggregate):
    """The keyed hash of a name of the directory that was erased: nobody comes back by the next import."""
