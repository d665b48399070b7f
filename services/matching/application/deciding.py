"""Decides many applications, 200 a tick. Each remembers the decision, so a crash at any point repeats some."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.matching.application.applications import Applications
from services.matching.application.applied import View
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import Role
from services.matching.domain.application import Application
from services.matching.domain.decision import DECIDED, Decision, DecisionState
from services.matching.domain.steps import ApplicationStep
from services.matching.domain.verdict import DeclineReason, Outcome, Verdict
from shared.kernel.clock import Clock
from shared.kernel.errors import NotFound, WrongState
from shared.kernel.points import reached
from shared.store.repository import Repository

Steps = Mapping[Role, Sequence[ApplicationStep]]
"""What a programme asks for before it approves."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a coordinator decides, having read what was sent `read_until` then; empty: until now. Either about these, or
    about `all_of` a view."""

    outcome: Outcome
    application_ids: list[str] = field(default_factory=list)
    all_of: View | None = None
    reason: DeclineReason | None = None
    text: str = ""
    without: str = ""
    read_until: datetime | None = None


@dataclass(frozen=True)
class Deciding:
    """What coordinators may do with applications."""

    store: Repository[Decision]
    applications: Applications
    clock: Clock

    def decide(self, programme_id: str, asked: Asked, by: str) -> Decision:
        """The worker does the rest. Raises NotOpen, NoReason, TooMany, ViewGrew."""
        decision_id = self.store.id_for_new()
        programme = self.applications.programmes.get(programme_id)
        (programme.require_answering if asked.outcome is Outcome.DECLINE else programme.require_open)()
        verdict = Verdict(decision_id=decision_id, outcome=asked.outcome, by=by, reason=asked.reason, text=asked.text,
                          without=asked.without)
        now = self.clock.now()
        until = asked.read_until or now
        ids, view = asked.application_ids, asked.all_of
        if view:
            ids = self.applications.applied.ids(programme_id, view, until)
        made = Decision.make(decision_id, programme_id, verdict, ids, now)
        made.read_until = until
        return self.store.add(made)

    def get(self, decision_id: str) -> Decision:
        """Raises NotFound."""
        return self.store.get(decision_id)

    def ring(self, decision_id: str, now: datetime) -> None:
        """What the worker does when the timer of a decision is due: the next ones."""
        job = self.store.change(decision_id, lambda one: one.tick(now))
        if job.state is DecisionState.RUNNING:
            plan = self.applications.programmes.get(job.programme_id).plan
            steps = {role: plan.steps_of(role) for role in Role}
            results = [self._decide(job, steps, one) for one in job.next_ids]
            reached("job-between-rows-and-cursor")
            self.store.change(decision_id, lambda one: one.move_on(len(job.results), results))

    def _decide(self, job: Decision, steps: Steps, application_id: str) -> str:
        def decide(one: Application) -> None:
            if one.programme_id != job.programme_id or one.state is ApplicationState.DRAFT:
                raise NotFound("not one that waits here")
            self.applications.require_here(one.person_id)
            one.require_read(job.read_until)
            if job.verdict.outcome is Outcome.APPROVE:
                one.require_steps(steps[one.role], job.verdict.without)
            one.decide(job.verdict, self.clock.now())
        try:
            self.applications.store.change(application_id, decide)
        except (NotFound, WrongState) as refused:
            return refused.code
        return DECIDED
