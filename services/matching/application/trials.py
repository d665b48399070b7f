"""What other rules would change: tried on everybody who takes part, kept for a day, never published."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.matching.application.candidates import Candidates
from services.matching.application.matchmaking import Matchmaker
from services.matching.application.programmes import Programmes
from services.matching.contracts.participants import Role
from services.matching.domain.matchmaking.problem import Problem, Proposals, ProposedPair
from services.matching.domain.person import folded
from services.matching.domain.plan import Plan
from services.matching.domain.programme_rules import rulebook_of
from services.matching.domain.trial import Difference, Matched, Trial, TrialState, Weak
from shared.kernel.clock import Clock
from shared.kernel.errors import Invalid
from shared.store.repository import Repository

WEAKEST = 5


@dataclass(frozen=True)
class Trials:
    """Solved by the worker; its matchmaker refuses what would keep runs waiting."""

    store: Repository[Trial]
    programmes: Programmes
    candidates: Candidates
    matchmaker: Matchmaker
    clock: Clock

    def begin(self, programme_id: str, rules: dict[str, Any]) -> Trial:
        """The worker does the rest. Raises NotFound, NotOpen, WrongRules."""
        trial_id = self.store.id_for_new()
        self.programmes.get(programme_id).require_open()
        rulebook_of(rules)
        return self.store.add(Trial.begin(trial_id, programme_id, rules, self.clock.now()))

    def get(self, trial_id: str) -> Trial:
        """Raises NotFound."""
        return self.store.get(trial_id)

    def ring(self, trial_id: str, now: datetime) -> None:
        """What the worker does when a timer of a trial is due."""
        trial = self.store.change(trial_id, lambda one: one.tick(now))
        if trial.state is TrialState.OVER:
            self.store.delete(trial_id)
        elif trial.state is TrialState.WAITING:
            self._solve(trial)

    def forget(self, person_id: str) -> int:
        """Somebody who is erased is named by no trial."""
        naming = [one.id for one in self.store.each({}) if one.difference and any(
            person_id in (weak.mentor_id, weak.mentee_id) for weak in one.difference.weakest)]
        for one in naming:
            self.store.change(one, lambda trial: trial.forget(person_id))
        return len(naming)

    def _solve(self, trial: Trial) -> None:
        try:
            difference = self._difference(trial)
        except Invalid as error:
            why = error.code
            self.store.change(trial.id, lambda one: one.give_up(why))
        else:
            self.store.change(trial.id, lambda one: one.conclude(difference))

    def _difference(self, trial: Trial) -> Difference:
        plan = self.programmes.get(trial.programme_id).plan
        (now, by_now), (tried, by_tried) = self._matched(trial, plan), self._matched(
            trial, replace(plan, rules=trial.rules))
        weakest = sorted(by_tried.pairs, key=lambda one: (one.score, one.mentee_id))[:WEAKEST]
        return Difference(now=now, tried=tried, moved=moved(by_now, by_tried),
                          weakest=self._named(weakest, {couple(one) for one in by_now.pairs}))

    def _matched(self, trial: Trial, plan: Plan) -> tuple[Matched, Proposals]:
        problem = self.candidates.anew(trial.programme_id, plan, trial.id)
        proposals = self.matchmaker.propose(problem)
        return figures(problem, proposals), proposals

    def _named(self, pairs: list[ProposedPair], before: set[tuple[str, str]]) -> tuple[Weak, ...]:
        ids = self.candidates.people.ids_of(name for one in pairs for name in couple(one))
        return tuple(Weak(mentor_id=ids[folded(one.mentor_id)], mentee_id=ids[folded(one.mentee_id)], score=one.score,
                          before=couple(one) in before) for one in pairs)


def figures(problem: Problem, proposals: Proposals) -> Matched:
    """As a run counts them."""
    alone = sum(1 for one in proposals.unmatched if Role(one.role) is Role.MENTEE)
    return Matched(matched=len(proposals.pairs), unmatched=alone, total=proposals.total,
                   best=problem.rulebook.highest_score)


def moved(now: Proposals, tried: Proposals) -> int:
    """How many mentees have other mentors."""
    before, after = mentors_of(now.pairs), mentors_of(tried.pairs)
    return sum(1 for mentee in before.keys() | after.keys() if before.get(mentee) != after.get(mentee))


def mentors_of(pairs: Iterable[ProposedPair]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in pairs:
        found.setdefault(one.mentee_id, set()).add(one.mentor_id)
    return found


def couple(pair: ProposedPair) -> tuple[str, str]:
    return pair.mentor_id, pair.mentee_id
