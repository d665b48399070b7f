"""A programme in figures, counted from what is stored, and what waits for its coordinators."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.matching.application.applications import Applications
from services.matching.application.confirming import unconfirmed
from services.matching.application.funnels import Funnels
from services.matching.application.headcounts import Headcounts
from services.matching.application.imports import Imports
from services.matching.application.runs import Runs
from services.matching.application.tasks import Tasks
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.matching_runs import RunState
from services.matching.contracts.pairs import PairState
from services.matching.contracts.participants import Role
from services.matching.domain.funnel import Funnel
from services.matching.domain.import_job import ImportState
from services.matching.domain.pair import OPEN
from services.matching.domain.quality import LoadClass
from services.matching.domain.task import TaskKind, TaskState
from services.matching.domain.under_way import LIVE
from shared.kernel.clock import Clock
from shared.store.documents import Where


@dataclass(frozen=True, kw_only=True)
class Summary:
    """`funnel` counts mentees by step, as the funnel does, `pairs` by state; `mentors` and `mentees` may be matched.

    `matched` mentees have a live pair or sit in a circle, `match_rate` is their part (None: there is nobody); `seats`
    are all there are, `loads` how full they are by how many a mentor has. The funnel is counted by itself, as of
    `funnel_as_of`.
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
    loads: tuple[LoadClass, ...]
    as_of: datetime
    funnel_as_of: datetime


@dataclass(frozen=True)
class Summaries:
    """Asks no other service."""

    applications: Applications
    imports: Imports
    runs: Runs
    headcounts: Headcounts
    tasks: Tasks
    funnels: Funnels
    clock: Clock

    def of(self, programme_id: str) -> Summary:
        """As of now; people and pairs of a large programme as they were counted last, within ten minutes."""
        here: Where = {"programme_id": programme_id}
        heads, funnel = self.headcounts.of(programme_id), self.funnels.of(programme_id)
        alone = max(0, heads.mentees - heads.matched)
        held = sum(heads.pairs.get(state, 0) for state in LIVE) + heads.in_circles
        rate = min(1.0, round(heads.matched / heads.mentees, 4)) if heads.mentees else None
        return Summary(
            programme_id=programme_id, funnel=_mentees(funnel), pairs=heads.pairs,
            to_do=self._to_do(here, heads.pairs, alone), mentors=heads.mentors, mentees=heads.mentees,
            matched=heads.matched, match_rate=rate, seats=heads.seats, free_seats=max(0, heads.seats - held),
            loads=heads.loads, as_of=heads.counted_at or self.clock.now(), funnel_as_of=self.funnels.as_of(funnel))

    def _to_do(self, here: Where, pairs: dict[str, int], alone: int) -> dict[str, int]:
        runs = self.runs.store.count_by(here, "state")
        tasks = self.tasks.store.count_by({**here, "state": TaskState.OPEN}, "kind")
        return {
            "applications_to_decide": self.applications.store.count({**here, "state": ApplicationState.SUBMITTED}),
            "approvals_to_confirm": self.applications.store.count(unconfirmed(here["programme_id"])),
            "imports_to_start": self.imports.store.count({**here, "state": ImportState.CHECKED}),
            "drafts_to_publish": self._drafts(here),
            "runs_failed": runs.get(RunState.FAILED, 0),
            "pairs_to_agree": sum(pairs.get(state, 0) for state in OPEN),
            "pairs_waiting": pairs.get(PairState.AWAITING_TRAINING, 0),
            "mentees_without_mentor": alone,
            "reporting_lines": tasks.get(TaskKind.REPORTING_LINE, 0),
            "circles_to_see_to": tasks.get(TaskKind.CIRCLE, 0),
            "coordinators_left": tasks.get(TaskKind.COORDINATOR_LEFT, 0),
            "rooms_exceeded": tasks.get(TaskKind.OVER_CAPACITY, 0),
            "pairs_at_odds": tasks.get(TaskKind.AT_ODDS, 0),
            "requests_exhausted": tasks.get(TaskKind.REQUEST_EXHAUSTED, 0),
            "rematches_in_vain": tasks.get(TaskKind.REMATCH_IN_VAIN, 0),
        }

    def _drafts(self, here: Where) -> int:
        """A run that found nobody leaves nothing to publish, and in a programme that is over nothing is."""
        if not self.runs.programmes.get(here["programme_id"]).is_open:
            return 0
        return self.runs.store.count({**here, "state": RunState.PROPOSED, "found.matched": {"$gt": 0}})


def _mentees(funnel: Funnel) -> list[dict[str, Any]]:
    return [{"step": one.step, "count": one.count, "came": one.came} for one in funnel.steps(Role.MENTEE)]
