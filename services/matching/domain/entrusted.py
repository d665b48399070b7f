"""The part of a programme that says who looks after it, as the days go by."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from services.matching.contracts.programmes import Route
from services.matching.domain.charge import Charge, Substitute
from services.matching.domain.plan import Plan
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import whole_milliseconds


@dataclass(kw_only=True)
class Entrusted(Aggregate, ABC):
    """`charged_on` is the day as of which substitutes are counted: a timer moves it on, and every service hears.
    `left_alone`: its last coordinator has left the organisation."""

    plan: Plan
    substitutes: tuple[Substitute, ...] = ()
    routes: tuple[Route, ...] = ()
    charged_on: str = ""
    left_alone: bool = False

    @property
    def charge(self) -> Charge:
        """Who looks after it now."""
        return Charge(coordinator_ids=self.plan.coordinator_ids, substitutes=self.substitutes, routes=self.routes,
                      day=self.charged_on)

    @property
    def known(self) -> frozenset[str]:
        """Coordinators, whoever was named to stand in for one, and the sponsor."""
        named = (*self.plan.coordinator_ids, *(one.person_id for one in self.substitutes), self.plan.sponsor_id)
        return frozenset(one for one in named if one)

    def entrust(self, decide: Callable[[Charge], Charge], by: str | None, at: datetime) -> None:
        """Names or takes back a substitute, or says before whom work is put. Raises NotOpen, OnlyStandsIn."""
        self.require_not_closed()
        now = self._counted(at)
        now.require_own(by)
        self._count_on(decide(now), at)

    def person_left(self, person_id: str, at: datetime) -> None:
        """Whoever was named to stand in takes a coordinator's place; nobody takes the sponsor's. A stranger changes
        nothing."""
        charge, replaced = self._counted(at).without(person_id)
        was_one, sponsored = person_id in self.plan.coordinator_ids, person_id == self.plan.sponsor_id
        self.plan = replace(self.plan, coordinator_ids=charge.coordinator_ids,
                            sponsor_id=None if sponsored else self.plan.sponsor_id)
        self.left_alone = self.left_alone or (was_one and not charge.coordinator_ids)
        self._count_on(charge, at, tell=not (was_one or sponsored))
        if was_one:
            self.tell_left(replaced, at)
        elif sponsored:
            self.tell_changed(at)

    def on_charge(self, now: datetime) -> None:
        self._count_on(self._counted(now), now)

    def today(self, now: datetime) -> str:
        """In its own zone."""
        return now.astimezone(ZoneInfo(self.plan.time_zone)).date().isoformat()

    def midnight(self, day: date) -> datetime:
        """When the day begins there."""
        return whole_milliseconds(datetime.combine(day, time(), ZoneInfo(self.plan.time_zone)).astimezone(UTC))

    @abstractmethod
    def require_not_closed(self) -> None: ...

    @abstractmethod
    def tell_changed(self, at: datetime) -> None: ...

    @abstractmethod
    def tell_left(self, replaced: bool, at: datetime) -> None: ...

    def _counted(self, now: datetime) -> Charge:
        return self.charge.as_of(self.plan.coordinator_ids, self.today(now))

    def _count_on(self, charge: Charge, at: datetime, *, tell: bool = True) -> None:
        before = self.charge
        self.substitutes, self.routes, self.charged_on = charge.substitutes, charge.routes, charge.day
        self.clear_timer("charge")
        if turn := charge.turns_on():
            self.set_timer("charge", self.midnight(date.fromisoformat(turn)))
        if tell and (before.ids, before.routed) != (charge.ids, charge.routed):
            self.tell_changed(at)
