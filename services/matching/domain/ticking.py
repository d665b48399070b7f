"""The part of a programme that says what of its checklist somebody has ticked off."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from datetime import datetime

from services.matching.domain.checklist import Item, Tick, item_of
from services.matching.domain.entrusted import Entrusted


@dataclass(kw_only=True)
class Ticking(Entrusted, ABC):
    """`ticks` by the ids of items; what leaves the list takes its tick along."""

    ticks: dict[str, Tick] = field(default_factory=dict)

    @property
    @abstractmethod
    def checklist(self) -> tuple[Item, ...]: ...

    def tick_off(self, item_id: str, by: str, at: datetime) -> None:
        """Whoever was first stays. Raises NotFound, CountsItself, NotOpen."""
        self.require_not_closed()
        one = item_of(self.checklist, item_id)
        self.ticks.setdefault(one.id, Tick(by=by, at=at))

    def take_tick_back(self, item_id: str) -> None:
        """Not ticked off is no error. Raises NotFound, CountsItself, NotOpen."""
        self.require_not_closed()
        self.ticks.pop(item_of(self.checklist, item_id).id, None)

    def forget_ticks(self, person_id: str) -> None:
        """What somebody has ticked off stays so; who it was is not known any more."""
        self.ticks = {key: replace(one, by="") if one.by == person_id else one for key, one in self.ticks.items()}

    def drop_ticks(self) -> None:
        """Of items that are not on the list any more."""
        here = {one.id for one in self.checklist}
        self.ticks = {key: one for key, one in self.ticks.items() if key in here}
