"""Who looks after a programme: who stands in for whom, and before whom each queue of work is put."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.matching.contracts.programmes import Queue, Route
from shared.kernel.errors import Invalid, NotFound, WrongState


class OnlyStandsIn(WrongState):
    """Whoever stands in for a coordinator decides what they decide, but not who looks after the programme."""

    code = "only-stands-in"


class BadSubstitute(Invalid):
    """Nobody can stand in like this."""

    code = "bad-substitute"


@dataclass(frozen=True, kw_only=True)
class Substitute:
    """Stands in for a coordinator from a day to a day of the programme's zone, both included; without an end until it
    is taken back."""

    coordinator_id: str
    person_id: str
    from_on: str
    until_on: str | None = None

    def holds(self, day: str) -> bool:
        return self.from_on <= day and not self.is_over(day)

    def is_over(self, day: str) -> bool:
        return self.until_on is not None and self.until_on < day

    def turns_on(self, day: str) -> str | None:
        """The next day on which it begins or is over."""
        if self.from_on > day:
            return self.from_on
        return _day_after(self.until_on) if self.until_on and self.until_on >= day else None


@dataclass(frozen=True, kw_only=True)
class Charge:
    """As of a `day`: who is in charge follows from it, so that all services go by one fact."""

    coordinator_ids: tuple[str, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    routes: tuple[Route, ...] = ()
    day: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """Everybody, each coordinator followed by whoever stands in for them now."""
        return self._with_substitutes(self.coordinator_ids)

    @property
    def stand_ins(self) -> tuple[str, ...]:
        """Those who look after the programme only for another."""
        return tuple(one for one in self.ids if one not in self.coordinator_ids)

    @property
    def routed(self) -> tuple[Route, ...]:
        """Before whom queues are put now; of one whose coordinators are gone, before everybody."""
        told = (Route(one.queue, self._with_substitutes([who for who in one.person_ids if who in self.coordinator_ids]))
                for one in self.routes)
        return tuple(one for one in told if one.person_ids)

    def queues_of(self, person_id: str | None) -> set[Queue]:
        """The work that is put before this person."""
        elsewhere = {one.queue for one in self.routed if person_id not in one.person_ids}
        return set(Queue) - elsewhere if person_id in self.ids else set()

    def turns_on(self) -> str | None:
        """The next day on which somebody begins to stand in, or does no longer."""
        return min((turn for one in self.substitutes if (turn := one.turns_on(self.day))), default=None)

    def substitute_of(self, coordinator_id: str) -> Substitute | None:
        """Who stands in or is going to."""
        return next((one for one in self.substitutes
                     if one.coordinator_id == coordinator_id and not one.is_over(self.day)), None)

    def named(self, substitute: Substitute) -> "Charge":
        """One for each coordinator: the last one named. Raises NotFound, BadSubstitute."""
        self._require_coordinator(substitute.coordinator_id)
        if substitute.person_id == substitute.coordinator_id:
            raise BadSubstitute("nobody stands in for themselves")
        if substitute.until_on and substitute.until_on < max(substitute.from_on, self.day):
            raise BadSubstitute("the last day lies before the first one, or is over")
        return replace(self, substitutes=(*self._others(substitute.coordinator_id), substitute))

    def taken_back(self, coordinator_id: str) -> "Charge":
        """From now on. Nobody named is no error. Raises NotFound."""
        self._require_coordinator(coordinator_id)
        return replace(self, substitutes=tuple(self._others(coordinator_id)))

    def put_before(self, routes: Sequence[Route]) -> "Charge":
        """Raises Invalid."""
        if len({one.queue for one in routes}) < len(routes):
            raise Invalid("each queue is named once")
        if strangers := {who for one in routes for who in one.person_ids} - {*self.coordinator_ids}:
            raise Invalid(f"{len(strangers)} of these are no coordinators of the programme")
        return replace(self, routes=tuple(Route(one.queue, tuple(dict.fromkeys(one.person_ids)))
                                          for one in routes if one.person_ids))

    def as_of(self, coordinator_ids: Iterable[str], day: str) -> "Charge":
        """With these coordinators, without what is of others or over."""
        ids = tuple(coordinator_ids)
        return replace(self, coordinator_ids=ids, day=day, substitutes=tuple(
            one for one in self.substitutes if one.coordinator_id in ids and not one.is_over(day)))

    def without(self, person_id: str) -> tuple["Charge", bool]:
        """After this person left the organisation, and whether somebody named to stand in has taken the place."""
        heir = self.substitute_of(person_id) if person_id in self.coordinator_ids else None
        places = {person_id: heir.person_id if heir else ""}
        ids = _renamed(self.coordinator_ids, places)
        routes = tuple(Route(one.queue, _renamed(one.person_ids, places)) for one in self.routes)
        kept = tuple(one for one in self.substitutes if person_id not in (one.coordinator_id, one.person_id))
        return replace(self, coordinator_ids=ids, substitutes=kept, routes=routes), heir is not None

    def require_own(self, person_id: str | None) -> None:
        """Raises OnlyStandsIn."""
        if person_id in self.stand_ins:
            raise OnlyStandsIn("whoever stands in for a coordinator does not decide who looks after the programme")

    def _with_substitutes(self, ids: Iterable[str]) -> tuple[str, ...]:
        acting = {one.coordinator_id: one.person_id for one in self.substitutes if one.holds(self.day)}
        return tuple(dict.fromkeys(who for one in ids for who in (one, acting.get(one)) if who))

    def _others(self, coordinator_id: str) -> list[Substitute]:
        return [one for one in self.substitutes if one.coordinator_id != coordinator_id]

    def _require_coordinator(self, person_id: str) -> None:
        if person_id not in self.coordinator_ids:
            raise NotFound("no coordinator of the programme")


def _renamed(ids: Iterable[str], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in ids if (name := names.get(one, one))))


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
