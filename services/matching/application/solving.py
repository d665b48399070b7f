"""One attempt at solving a run: reads everybody, solves, writes proposals down, and stops when told to."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import structlog

from services.matching.application.candidates import Candidates, input_hash
from services.matching.application.matchmaking import Matchmaker
from services.matching.application.measuring import Measuring
from services.matching.application.programmes import Programmes
from services.matching.application.reporting import Reporter
from services.matching.application.rerunning import Previous, Rerunning
from services.matching.contracts.participants import Role
from services.matching.domain.attempts import Cancelled, Progress
from services.matching.domain.columns import Field
from services.matching.domain.found import Found
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.matchmaking.fairness import fairness_of
from services.matching.domain.matchmaking.locks import LockRefused
from services.matching.domain.matchmaking.problem import Problem, Proposals, ProposedPair
from services.matching.domain.matchmaking.reasons import Unmatched as Alone
from services.matching.domain.matchmaking.summary import fit, fits
from services.matching.domain.person import folded
from services.matching.domain.plan import Plan
from services.matching.domain.programme_rules import rule_version, stated
from services.matching.domain.proposal import BrokenWish, DecidedBy, Proposal, Reason, Unmatched, outcome_id
from services.matching.domain.quality import NO_FIT, histogram
from services.matching.domain.suppression import Suppression
from shared.kernel.clock import Clock
from shared.kernel.errors import Invalid
from shared.store.repository import Repository

log = structlog.get_logger("solving")

BATCH = 200
_TOLD_LOCKS = 50
_COMPARED = (Field.DEPARTMENT.value, Field.LOCATION.value, Field.GRADE.value)
"""What the directory says of everybody: no more is compared than a coordinator sees anyway."""


@dataclass(frozen=True)
class Solving:
    """Belongs to the worker: may take long."""

    runs: Repository[MatchingRun]
    proposals: Repository[Proposal]
    unmatched: Repository[Unmatched]
    programmes: Programmes
    candidates: Candidates
    rerunning: Rerunning
    matchmaker: Matchmaker
    measuring: Measuring
    suppression: Suppression
    clock: Clock
    seconds: Callable[[], float] = time.monotonic

    def solve(self, run: MatchingRun) -> None:
        """The attempt that holds the run. Proposals of an attempt that was cut short stay unseen."""
        try:
            self._solve(run, Reporter(lambda progress: self._advance(run, progress), self.seconds))
        except Cancelled:
            log.info("run_stopped", run_id=run.id)
        except Invalid as error:
            log.warning("run_given_up", run_id=run.id, code=error.code)
            why = error.code
            self.runs.change(run.id, lambda one: one.give_up(run.holder, why))

    def _solve(self, run: MatchingRun, report: Reporter) -> None:
        plan = self.programmes.get(run.programme_id).plan
        report("reading", 0.0)
        problem, before = self.posed(run, plan)
        proposals = self.matchmaker.propose(problem, report)
        ids = self.candidates.people.ids_of(_named(proposals))
        self._write(run, proposals, ids, report)
        found = figures(problem, proposals, stated(plan.rules), _not_kept(proposals, ids))
        fairness = fairness_of(problem, proposals, _COMPARED, self.suppression)
        found = replace(found, changes=self.rerunning.changes(problem, proposals, before), fairness=fairness)
        measured = self.measuring.of(run, found.unmatched, found.best)
        self.runs.change(run.id, lambda one: one.propose(run.holder, found, self.clock.now(), measured))
        log.info("run_proposed", run_id=run.id, matched=found.matched, unmatched=found.unmatched)

    def posed(self, run: MatchingRun, plan: Plan) -> tuple[Problem, Previous | None]:
        """What is to be solved, with whom it would keep together, and the proposal before."""
        before = self.rerunning.before(run, self.candidates.paired(run.programme_id))
        problem = self.candidates.problem(run.programme_id, plan, run.mentee_id, run.id)
        return replace(self.rerunning.kept(problem, before, plan.stickiness), aim=run.objective), before

    def _advance(self, run: MatchingRun, progress: Progress) -> None:
        """Raises Cancelled when the run was stopped."""
        self.runs.change(run.id, lambda one: one.advance(run.holder, progress, self.clock.now()))

    def _write(self, run: MatchingRun, proposals: Proposals, ids: dict[str, str], report: Reporter) -> None:
        pairs = [_proposal(run, one, ids) for one in proposals.pairs]
        for start in range(0, len(pairs), BATCH):
            report("writing", 0.0)
            self.proposals.add_many(pairs[start:start + BATCH])
        self.unmatched.add_many([_alone(run, one, ids) for one in proposals.unmatched])


def figures(problem: Problem, proposals: Proposals, rules: dict[str, Any], not_kept: tuple[LockRefused, ...]) -> Found:
    """What the run says of itself."""
    mentees = [one for one in proposals.unmatched if Role(one.role) is Role.MENTEE]
    best, scores = problem.rulebook.highest_score, fits(problem, proposals)
    return Found(matched=len(proposals.pairs), unmatched=len(mentees), total=sum(scores), best=best,
                 histogram=histogram(scores, best), input_hash=input_hash(problem),
                 rule_version=rule_version(rules), rules=rules, objective=problem.aim, seed=problem.seed,
                 solver=proposals.solver, counts=dict(proposals.counts),
                 locks=sum(one.locked for one in proposals.pairs), locks_not_kept=len(not_kept),
                 locks_refused=not_kept[:_TOLD_LOCKS])


def _named(proposals: Proposals) -> Iterator[str]:
    for pair in proposals.pairs:
        yield from (pair.mentor_id, pair.mentee_id, *pair.alternatives,
                    *(wish.wished for wish in pair.broken_wishes))
    yield from (one.person_id for one in proposals.unmatched)
    yield from (name for lock in proposals.locks_refused for name in (lock.mentor_id, lock.mentee_id))


def _not_kept(proposals: Proposals, ids: dict[str, str]) -> tuple[LockRefused, ...]:
    return tuple(replace(one, mentor_id=ids[folded(one.mentor_id)], mentee_id=ids[folded(one.mentee_id)])
                 for one in proposals.locks_refused)


def _proposal(run: MatchingRun, one: ProposedPair, ids: dict[str, str]) -> Proposal:
    mentor, mentee = ids[folded(one.mentor_id)], ids[folded(one.mentee_id)]
    return Proposal(
        id=outcome_id(run.holder, mentor, mentee), batch=run.holder, run_id=run.id, programme_id=run.programme_id,
        mentor_id=mentor, mentee_id=mentee, score=one.score, fit=fit(one.reasons, NO_FIT), rank=one.rank,
        price=one.price, utility=one.utility,
        decided_by=decided_by(one), alternatives=tuple(ids[folded(other)] for other in one.alternatives),
        reasons=tuple(Reason(reason.criterion, reason.points, dict(reason.params)) for reason in one.reasons),
        broken_wishes=tuple(BrokenWish(wish.rank, ids[folded(wish.wished)], wish.code, dict(wish.params))
                            for wish in one.broken_wishes))


def decided_by(one: ProposedPair) -> DecidedBy:
    """A lock goes before a wish: the two would be together without it."""
    if one.locked:
        return DecidedBy.LOCK
    return DecidedBy.WISH if one.wish_rank else DecidedBy.OPTIMUM


def _alone(run: MatchingRun, one: Alone, ids: dict[str, str]) -> Unmatched:
    person = ids[folded(one.person_id)]
    return Unmatched(id=outcome_id(run.holder, person, one.role), batch=run.holder, run_id=run.id, person_id=person,
                     role=Role(one.role), code=one.code, params=dict(one.params), dual=one.dual)
