"""The part of a programme that says when it ends, and when the last weeks of its pairs begin."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.matching.contracts.programmes import Format, ProgrammeState
from services.matching.domain.entrusted import Entrusted


@dataclass(kw_only=True)
class Lasting(Entrusted, ABC):
    """One timer rings for all pairs; those that end earlier have their own."""

    state: ProgrammeState = ProgrammeState.DRAFT

    @property
    @abstractmethod
    def format(self) -> Format: ...

    def last_weeks_from(self, agreed_end: str = "") -> datetime | None:
        """Of a pair: with `closing_days` left, the last one included. None: a flash pair has one session."""
        last = date.fromisoformat(min(self.plan.ends_on, agreed_end or self.plan.ends_on))
        first = last - timedelta(days=self.plan.cadence.closing_days - 1)
        return None if self.format is Format.FLASH else self.midnight(first)

    def in_last_weeks(self, at: datetime, agreed_end: str = "") -> bool:
        """Whether those of a pair, or of a circle, have begun."""
        moment = self.last_weeks_from(agreed_end)
        return moment is not None and moment <= at

    def on_last_weeks(self, now: datetime) -> None:
        """Its pairs follow."""
        self.tell_changed(now)

    def _plan_the_end(self, at: datetime) -> None:
        if self.state is ProgrammeState.CLOSING:
            return
        self.set_timer("end", self.midnight(date.fromisoformat(self.plan.ends_on) + timedelta(days=1)))
        self.clear_timer("last-weeks")
        if (moment := self.last_weeks_from()) and moment > at:
            self.set_timer("last-weeks", moment)
