"""What other rules would change: tried on those whom a run would take now, shown for a day, never published."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from services.matching.application.candidates import Candidates
from services.matching.application.matchmaking import Matchmaker
from services.matching.application.programmes import Programmes
from services.matching.application.reporting import Reporter
from services.matching.contracts.participants import Role
from services.matching.domain.attempts import Cancelled, Progress
from services.matching.domain.eligible import Eligible
from services.matching.domain.matchmaking.problem import Problem, Proposals, ProposedPair
from services.matching.domain.matchmaking.problem import Progress as Telling
from services.matching.domain.matchmaking.summary import fits
from services.matching.domain.person import folded
from services.matching.domain.programme_rules import rulebook_of
from services.matching.domain.quota import Quota
from services.matching.domain.trial import Difference, Free, Matched, Trial, TrialState, Weak
from shared.kernel.clock import Clock
from shared.kernel.errors import Invalid, NotFound
from shared.kernel.ids import new_id
from shared.store.repository import Repository

log = structlog.get_logger("trials")

WEAKEST = 5


@dataclass(frozen=True)
class Trials:
    """Solved by the worker, one after the other, at any size that a run has: that is twice the time of a run."""

    store: Repository[Trial]
    programmes: Programmes
    candidates: Candidates
    matchmaker: Matchmaker
    quota: Quota
    clock: Clock
    seconds: Callable[[], float] = time.monotonic

    def begin(self, programme_id: str, rules: dict[str, Any], by: str) -> Trial:
        """The worker does the rest; what else of the same person waits makes way. Raises NotFound, NotOpen,
        WrongRules, QuotaReached."""
        trial_id = self.store.id_for_new()
        self.programmes.get(programme_id).require_open()
        rulebook_of(rules)
        self.quota.require_room(self.store.count(self.quota.counted(programme_id, self.clock.now())))
        return self.store.add(Trial.begin(trial_id, programme_id, rules, by, self.clock.now()))

    def get(self, trial_id: str) -> Trial:
        """Raises NotFound."""
        return self.store.get(trial_id)

    def ring(self, trial_id: str, now: datetime) -> None:
        """What the worker does when a timer of a trial is due."""
        self._make_way(trial_id)
        holder = new_id()
        trial = self.store.change(trial_id, lambda one: one.take(holder, now))
        if trial.state is TrialState.OVER:
            self.store.delete(trial_id)
        elif trial.state is TrialState.WAITING and trial.holder == holder:
            self._solve(trial)

    def solves(self) -> bool:
        """Some worker reads who takes part somewhere."""
        return any(one.holder for one in self.store.each({"state": TrialState.WAITING}))

    def forget(self, person_id: str) -> int:
        """Somebody who is erased is named by no trial."""
        naming = [one.id for one in self.store.each({}) if one.difference and any(
            person_id in (weak.mentor_id, weak.mentee_id) for weak in one.difference.weakest)]
        for one in naming:
            self.store.change(one, lambda trial: trial.forget(person_id))
        return len(naming)

    def _solve(self, trial: Trial) -> None:
        try:
            self._answer(trial)
        except (Cancelled, NotFound):
            log.info("trial_stopped", trial_id=trial.id)

    def _answer(self, trial: Trial) -> None:
        try:
            difference = self._difference(trial)
        except Invalid as error:
            why = error.code
            self.store.change(trial.id, lambda one: one.give_up(trial.holder, why))
        else:
            self.store.change(trial.id, lambda one: one.conclude(trial.holder, difference))

    def _difference(self, trial: Trial) -> Difference:
        plan = self.programmes.get(trial.programme_id).plan
        report = Reporter(partial(self._advance, trial), self.seconds)
        report("reading", 0.0)
        free, eligible = self._eligible(trial.programme_id)
        (now, by_now), (tried, by_tried) = (
            self._matched(self.candidates.posed(trial.programme_id, eligible, one, trial.id), half(report, done))
            for done, one in enumerate((plan, replace(plan, rules=trial.rules))))
        weakest = sorted(by_tried.pairs, key=lambda one: (one.score, one.mentee_id))[:WEAKEST]
        return Difference(now=now, tried=tried, moved=moved(by_now, by_tried), free=free,
                          weakest=self._named(weakest, {couple(one) for one in by_now.pairs}))

    def _eligible(self, programme_id: str) -> tuple[Free, Eligible]:
        """Whoever is free; everybody, where a run would find nobody to put together."""
        found = self.candidates.with_room(programme_id)
        free = Free(mentees=len(found.mentees), mentors=len(found.mentors),
                    seats=sum(one.capacity for one in found.mentors))
        return free, found if free.anybody else self.candidates.everybody(programme_id)

    def _make_way(self, trial_id: str) -> None:
        """To a newer trial of the same person."""
        trial = self.store.get(trial_id)
        if trial.state is TrialState.WAITING:
            waiting = self.store.each({"turn": trial.turn, "state": TrialState.WAITING})
            if any((one.created_at, one.id) > (trial.created_at, trial.id) for one in waiting):
                self.store.change(trial_id, Trial.make_way)

    def _advance(self, trial: Trial, progress: Progress) -> None:
        self._make_way(trial.id)
        self.store.change(trial.id, lambda one: one.advance(trial.holder, progress, self.clock.now()))

    def _matched(self, problem: Problem, report: Telling) -> tuple[Matched, Proposals]:
        proposals = self.matchmaker.propose(problem, report)
        return figures(problem, proposals), proposals

    def _named(self, pairs: list[ProposedPair], before: set[tuple[str, str]]) -> tuple[Weak, ...]:
        ids = self.candidates.people.ids_of(name for one in pairs for name in couple(one))
        return tuple(Weak(mentor_id=ids[folded(one.mentor_id)], mentee_id=ids[folded(one.mentee_id)], score=one.score,
                          before=couple(one) in before) for one in pairs)


def half(report: Reporter, done: int) -> Telling:
    """Progress of one of two solvings, as that of both."""
    return lambda phase, part: report(phase, (done + part) / 2)


def figures(problem: Problem, proposals: Proposals) -> Matched:
    """As a run counts them."""
    alone = sum(1 for one in proposals.unmatched if Role(one.role) is Role.MENTEE)
    return Matched(matched=len(proposals.pairs), unmatched=alone, total=sum(fits(problem, proposals)),
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
