"""A programme in figures, counted from what is stored, and what waits for its coordinators."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.matching.application.applications import Applications
from services.matching.application.funnels import Funnels
from services.matching.application.imports import Imports
from services.matching.application.pairs import Pairs
from services.matching.application.runs import Runs
from services.matching.application.tasks import Tasks
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.matching_runs import RunState
from services.matching.contracts.pairs import PairState
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.domain.import_job import ImportState
from services.matching.domain.pair import LIVE, OPEN
from services.matching.domain.task import TaskKind, TaskState
from shared.kernel.clock import Clock
from shared.store.documents import Where


@dataclass(frozen=True, kw_only=True)
class Summary:
    """`funnel` counts mentees by step, as the funnel does, `pairs` by state; `mentors` and `mentees` may be matched.

    `matched` mentees have a live pair, `match_rate` is their part (None: there is nobody); `seats` are all there are.
    """

    programme_id: str
    funnel: list[dict[str, Any]]
    pairs: dict[str, int]
    to_do: dict[str, int]
    mentors: int
    mentees: int
    matched: int
    match_rate: float | None
    seats: int
    free_seats: int
    as_of: datetime


@dataclass(frozen=True)
class Summaries:
    """Counts; asks no other service."""

    applications: Applications
    imports: Imports
    runs: Runs
    pairs: Pairs
    tasks: Tasks
    funnels: Funnels
    clock: Clock

    def of(self, programme_id: str) -> Summary:
        """As of now."""
        here: Where = {"programme_id": programme_id}
        mentors, mentees = self._taking_part(here, Role.MENTOR), self._taking_part(here, Role.MENTEE)
        pairs = self.pairs.store.count_by(here, "state")
        matched, active = self._mentees(here), mentees.get(ParticipantState.ACTIVE, 0)
        seats = self._seats(here)
        return Summary(
            programme_id=programme_id, funnel=self._funnel(programme_id), pairs=pairs,
            to_do=self._to_do(here, pairs, max(0, active - matched)), mentors=mentors.get(ParticipantState.ACTIVE, 0),
            mentees=active, matched=matched, match_rate=min(1.0, round(matched / active, 4)) if active else None,
            seats=seats, free_seats=max(0, seats - sum(pairs.get(state, 0) for state in LIVE)), as_of=self.clock.now())

    def _taking_part(self, here: Where, role: Role) -> dict[str, int]:
        return self.pairs.participants.store.count_by({**here, "role": role}, "state")

    def _mentees(self, here: Where) -> int:
        return len(self.pairs.store.count_by({**here, "state": {"$in": list(LIVE)}}, "mentee_id"))

    def _funnel(self, programme_id: str) -> list[dict[str, Any]]:
        steps = self.funnels.of(programme_id).steps(Role.MENTEE)
        return [{"step": one.step, "count": one.count, "came": one.came} for one in steps]

    def _seats(self, here: Where) -> int:
        active = {**here, "role": Role.MENTOR, "state": ParticipantState.ACTIVE}
        counts = self.pairs.participants.store.count_by(active, "capacity")
        return sum(int(capacity) * count for capacity, count in counts.items())

    def _to_do(self, here: Where, pairs: dict[str, int], alone: int) -> dict[str, int]:
        runs = self.runs.store.count_by(here, "state")
        return {
            "applications_to_decide": self.applications.store.count({**here, "state": ApplicationState.SUBMITTED}),
            "imports_to_start": self.imports.store.count({**here, "state": ImportState.CHECKED}),
            "drafts_to_publish": self._drafts(here),
            "runs_failed": runs.get(RunState.FAILED, 0),
            "pairs_to_agree": sum(pairs.get(state, 0) for state in OPEN),
            "pairs_waiting": pairs.get(PairState.AWAITING_TRAINING, 0),
            "mentees_without_mentor": alone,
            "reporting_lines": self._tasks(here, TaskKind.REPORTING_LINE),
            "requests_exhausted": self._tasks(here, TaskKind.REQUEST_EXHAUSTED),
        }

    def _tasks(self, here: Where, kind: TaskKind) -> int:
        return self.tasks.store.count({**here, "state": TaskState.OPEN, "kind": kind})

    def _drafts(self, here: Where) -> int:
        """A run that found nobody leaves nothing to publish."""
        return self.runs.store.count({**here, "state": RunState.PROPOSED, "found.matched": {"$gt": 0}})
