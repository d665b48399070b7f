"""The checklist of a programme: what is done, what is open, and what is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.matching.application.campaigns import Campaigns
from services.matching.application.motives import Motives
from services.matching.application.programmes import Programmes
from services.matching.application.readiness import Readiness
from services.matching.application.summaries import Summaries, Summary
from services.matching.contracts.matching_runs import RunState
from services.matching.contracts.pairs import PairState
from services.matching.domain.campaign import CampaignState
from services.matching.domain.checklist import Line, Standing, lines
from services.matching.domain.programme import Programme

TASKS = ("reporting_lines", "circles_to_see_to", "rooms_exceeded", "pairs_at_odds", "requests_exhausted",
         "rematches_in_vain")
"""What coordinators are to see to: that one of them has left is seen by the office alone."""
IN_THE_WAY = ("nobody-allowed", "lock")
"""Concerns because of which a run would leave somebody out, whatever else it does."""


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """`next` is the first item of the present phase that is open (None: nothing is)."""

    programme: Programme
    lines: Sequence[Line]
    as_of: datetime

    @property
    def next(self) -> Line | None:
        here = (one for one in self.lines if one.item.phase == self.programme.state)
        return next((one for one in here if not one.done), None)


@dataclass(frozen=True)
class Checklists:
    """Counts what is stored here, and asks no other service."""

    programmes: Programmes
    campaigns: Campaigns
    summaries: Summaries
    readiness: Readiness
    motives: Motives

    def of(self, programme_id: str) -> Checklist:
        """Raises NotFound."""
        programme, summary = self.programmes.get(programme_id), self.summaries.of(programme_id)
        found = lines(programme.checklist, programme.ticks, self._standing(programme, summary))
        return Checklist(programme=programme, lines=found, as_of=summary.as_of)

    def tick(self, programme_id: str, item_id: str, by: str) -> Checklist:
        """Raises NotFound, CountsItself, NotOpen."""
        self.programmes.store.change(programme_id, lambda one: one.tick_off(item_id, by, self.programmes.clock.now()))
        return self.of(programme_id)

    def take_back(self, programme_id: str, item_id: str) -> Checklist:
        """Raises NotFound, CountsItself, NotOpen."""
        self.programmes.store.change(programme_id, lambda one: one.take_tick_back(item_id))
        return self.of(programme_id)

    def _standing(self, programme: Programme, summary: Summary) -> Standing:
        plan, here = programme.plan, {"programme_id": programme.id}
        to_do, pairs = summary.to_do, summary.pairs
        return Standing(
            state=programme.state, has_purpose=bool(plan.purpose.strip()), objectives=len(plan.objectives),
            coordinators=len(plan.coordinator_ids), substitutes=len(programme.substitutes),
            has_sponsor=plan.sponsor_id is not None,
            campaigns=self.campaigns.store.count({**here, "state": {"$ne": CampaignState.DRAFT}}),
            invited=summary.funnel[0]["count"], mentors=summary.mentors, mentees=summary.mentees,
            places=summary.seats, undecided=to_do["applications_to_decide"], mended=self._is_mended(programme.id),
            published=self.summaries.runs.store.count({**here, "state": RunState.PUBLISHED}),
            pairs=sum(pairs.values()), waiting=to_do["pairs_waiting"],
            unfinished=sum(count for state, count in pairs.items() if state != PairState.CLOSED),
            alone=to_do["mentees_without_mentor"], tasks=sum(to_do[name] for name in TASKS),
            asked=self.motives.renewals.store.count(here),
            successors=self.programmes.store.count({"succeeds": programme.id}))

    def _is_mended(self, programme_id: str) -> bool:
        """As it was counted when somebody looked last."""
        kept = next(iter(self.readiness.store.get_many([programme_id])), None)
        found = kept.found if kept else None
        return found is not None and not any(one.code in IN_THE_WAY for one in found.concerns)
