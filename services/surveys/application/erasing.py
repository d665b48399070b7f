"""Forgets somebody: what they wrote goes, that a pair met and answered stays."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from services.surveys.contracts.erasures import ErasureCompleted
from services.surveys.domain.case import Case
from services.surveys.domain.check_in import CheckIn
from services.surveys.domain.goal import Goal
from services.surveys.domain.journey import Journey
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import Clock
from shared.kernel.events import Cause
from shared.store.receipts import Receipt, give_receipt
from shared.store.repository import Repository

A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True)
class Erasing:
    """Everything here that people write."""

    journeys: Repository[Journey]
    check_ins: Repository[CheckIn]
    goals: Repository[Goal]
    cases: Repository[Case]
    receipts: Repository[Receipt]
    clock: Clock

    def erase(self, person_id: str, cause: Cause) -> None:
        """A repeat finds nothing left to do."""
        theirs = {"person_id": person_id}
        counts = {
            "check_ins": _each(self.check_ins, [one.id for one in self.check_ins.each(theirs)], _forget_answer),
            "goals": _each(self.goals, [one.id for one in self.goals.each(theirs)], _forget_goal),
            "cases": _each(self.cases, [one.id for one in self.cases.each(theirs)], _forget_note),
            "journeys": _each(self.journeys, self._journeys_of(person_id), _forget_terms),
        }
        told = ErasureCompleted(person_id=person_id, service="surveys", counts=counts)
        give_receipt(self.receipts, person_id, counts, told, self.clock.now(), cause)

    def _journeys_of(self, person_id: str) -> list[str]:
        """A journey has no field to look for one side by, and there are as many as pairs."""
        return [one.id for one in self.journeys.each({}) if person_id in {side.person_id for side in one.sides}]


def _each(store: Repository[A], ids: list[str], forget: Callable[[A], None]) -> int:
    def decide(one: A) -> None:
        one.answered = []
        forget(one)
    for one in ids:
        store.change(one, decide)
    return len(ids)


def _forget_answer(check_in: CheckIn) -> None:
    check_in.answer = replace(check_in.answer, comment=None) if check_in.answer else None


def _forget_goal(goal: Goal) -> None:
    goal.title, goal.measure = "–", None


def _forget_note(case: Case) -> None:
    case.resolution_note = None


def _forget_terms(journey: Journey) -> None:
    journey.terms = replace(journey.terms, confidentiality=None, boundaries=None) if journey.terms else None
