"""Programmes: made from a template, opened, changed, moved on by their runs."""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.matching.domain.plan import Plan, plan_after, plan_from
from services.matching.domain.programme import Programme
from services.matching.domain.programme_rules import rulebook_of
from services.matching.domain.templates import template
from shared.kernel.clock import Clock
from shared.kernel.events import Cause
from shared.store.repository import Found, Repository


@dataclass(frozen=True)
class Programmes:
    """What may be done about a programme."""

    store: Repository[Programme]
    clock: Clock

    def draft(self, template_code: str, name: str, starts_on: date, by: str | None, language: str = "en") -> Programme:
        """Raises NotFound for no such template, Invalid."""
        plan = plan_from(template(template_code), name, starts_on, by, language)
        return self.store.add(Programme.draft(self.store.id_for_new(), template_code, plan))

    def copy(self, programme_id: str, name: str, starts_on: date, gone: Set[str] = frozenset()) -> Programme:
        """A draft of the next cohort, without those who are `gone`. Raises NotFound, Invalid."""
        new_id, last = self.store.id_for_new(), self.store.get(programme_id)
        made = Programme.draft(new_id, last.kind, plan_after(last.plan, name, starts_on), last.id)
        made.left_alone = last.left_alone
        return self.store.add(self._without(made, gone))

    def get(self, programme_id: str) -> Programme:
        """Raises NotFound."""
        return self.store.get(programme_id)

    def ids(self) -> list[str]:
        """Of all programmes."""
        return [one for one, in self.store.parts({}, ["_id"])]

    def find(self, limit: int, after: tuple[Any, str] | None) -> Found[Programme]:
        """A page of all programmes."""
        return self.store.find({}, limit=limit, after=after)

    def looked_after_by(self, person_id: str | None) -> list[Programme]:
        """The programmes that this person coordinates or sponsors."""
        return [one for one in self.store.each({}) if person_id and person_id in people_in_charge(one)]

    def coordinated_by(self, person_id: str | None) -> list[Programme]:
        """The same without those that this person only sponsors."""
        return [one for one in self.looked_after_by(person_id) if person_id in one.charge.ids]

    def open(self, programme_id: str, gone: Set[str] = frozenset()) -> Programme:
        """Without those who are `gone`. Raises WrongState, NoPurpose."""
        return self.store.change(
            programme_id, lambda programme: self._without(programme, gone).open(self.clock.now()))

    def change(self, programme_id: str, settings: dict[str, Any], if_version: int | None, by: str | None = None
               ) -> Programme:
        """Sets what is given. Raises Stale, Invalid, OnlyStandsIn."""
        return self.store.change(
            programme_id, lambda programme: programme.change(changed(programme.plan, settings), self.clock.now(), by),
            if_version=if_version)

    def forget(self, person_id: str) -> int:
        """Who ticked something off; how many programmes that were."""
        ids = [one.id for one in self.store.each({}) if person_id in {tick.by for tick in one.ticks.values()}]
        for one in ids:
            self.store.change(one, lambda programme: programme.forget_ticks(person_id))
        return len(ids)

    def _without(self, programme: Programme, gone: Set[str]) -> Programme:
        for one in sorted(gone):
            programme.person_left(one, self.clock.now())
        return programme

    def begin_matching(self, programme_id: str, cause: Cause) -> Programme:
        """A run was queued."""
        return self.store.change(programme_id, lambda programme: programme.begin_matching(self.clock.now()),
                                 cause=cause)

    def begin_running(self, programme_id: str, cause: Cause) -> Programme:
        """A run was published."""
        return self.store.change(programme_id, lambda programme: programme.begin_running(self.clock.now()), cause=cause)

    def has_a_pair(self, programme: Programme, cause: Cause) -> None:
        """By hand or by request. A cohort takes applications until a run was published, whoever is paired
        before; one that is always on runs from its first pair."""
        if programme.plan.always_on:
            self.begin_running(programme.id, cause)


def changed(plan: Plan, settings: dict[str, Any]) -> Plan:
    """The plan with these settings; those of the cadence stand beside the others. Raises Invalid."""
    rhythm = {name: value for name, value in settings.items() if hasattr(plan.cadence, name)}
    rest = {name: value for name, value in settings.items() if name not in rhythm}
    rulebook_of(rest.get("rules"))
    return replace(plan, cadence=replace(plan.cadence, **rhythm), **rest)


def people_in_charge(programme: Programme) -> set[str]:
    """Coordinators, whoever stands in for one now, and the sponsor."""
    return {*programme.charge.ids, *([programme.plan.sponsor_id] if programme.plan.sponsor_id else [])}
