"""Matching runs: queued, solved in the worker, looked at, published with time to think better of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.matching.application.programmes import Programmes
from services.matching.application.proposal_pages import Only, ProposalPages
from services.matching.application.publishing import Publishing
from services.matching.application.solving import Solving
from services.matching.application.swapping import Alternative, Shown, Swapping
from services.matching.contracts.matching_runs import RunState
from services.matching.contracts.participants import Role
from services.matching.domain.matching_run import SHOWN, UNPUBLISHED, MatchingRun
from services.matching.domain.matchmaking.aim import Aim
from services.matching.domain.matchmaking.fairness import Fairness
from services.matching.domain.programme import Programme
from services.matching.domain.proposal import Proposal, Unmatched
from services.matching.domain.quota import Quota
from services.matching.domain.swap import placed
from shared.kernel.clock import Clock
from shared.kernel.errors import NotFound
from shared.kernel.events import Cause
from shared.kernel.ids import derived_id, new_id
from shared.store.repository import Found, Repository

_LOOKED_BACK = 20
"""Runs among which prices in points are sought."""


def rematch_run_id(pair_id: str) -> str:
    """A pair is followed by one run at most."""
    return derived_id("rematch-run", pair_id)


@dataclass(frozen=True)
class Runs:
    """What may be done about a run."""

    store: Repository[MatchingRun]
    proposals_: Repository[Proposal]
    unmatched_: Repository[Unmatched]
    programmes: Programmes
    swapping: Swapping
    solving: Solving
    publishing: Publishing
    quota: Quota
    clock: Clock

    def queue(self, programme_id: str, objective: Aim = Aim.PARTICIPATION) -> MatchingRun:
        """A run for everybody with room. Raises NotOpen, QuotaReached."""
        run = MatchingRun(id=self.store.id_for_new(), programme_id=programme_id, objective=objective)
        self.programmes.get(programme_id).require_open()
        counted = {**self.quota.counted(programme_id, self.clock.now()), "mentee_id": None}
        self.quota.require_room(self.store.count(counted))
        run.queue(self.clock.now())
        return self.store.add(run)

    def queue_rematch(self, programme_id: str, mentee_id: str, pair_id: str, cause: Cause) -> MatchingRun:
        """A run for one mentee, whose pair `pair_id` has ended. Where the programme is over by now, it is cancelled."""
        run = MatchingRun(id=rematch_run_id(pair_id), programme_id=programme_id, mentee_id=mentee_id, succeeds=pair_id)
        run.queue(self.clock.now())
        if not self.programmes.get(programme_id).is_open:
            run.end()
        return self.store.add(run, cause=cause)

    def get(self, run_id: str) -> MatchingRun:
        """Raises NotFound."""
        return self.swapping.explained(self.store.get(run_id))

    def find(self, programme_id: str, limit: int, after: tuple[Any, str] | None) -> Found[MatchingRun]:
        """A page of those of a programme, the newest first."""
        return self.store.find({"programme_id": programme_id}, "created_at", limit=limit, after=after, descending=True)

    def proposals(self, run_id: str, limit: int, after: tuple[Any, str] | None, only: Only | None = None, *,
                  weakest: bool = False) -> Found[Proposal]:
        """A page of what the run found, the best first, or the weakest; nothing while it is solved."""
        run = self.get(run_id)
        if only:
            return self.pages.chosen(run, only, limit, after, weakest=weakest)
        return self.pages.page(run, limit, after, weakest=weakest)

    @property
    def pages(self) -> ProposalPages:
        return ProposalPages(self.proposals_, self.swapping.candidates.rulings)

    def proposal(self, run_id: str, proposal_id: str) -> Proposal:
        """One of what the run found; without a mentor for whoever was left alone by a swap. Raises NotFound."""
        run = self.get(run_id)
        return placed(self._of(run, proposal_id), run.moves.get(proposal_id))

    def alternatives(self, run_id: str, proposal_id: str) -> list[Alternative]:
        """Whom else the mentee of a proposed run could have, and whom that moves. Raises NotFound."""
        run = self.get(run_id)
        found = self._of(run, proposal_id)
        return self.swapping.alternatives(run, found) if run.state is RunState.PROPOSED else []

    def swap(self, run_id: str, proposal_id: str, mentor_id: str, by: str, shown: Shown | None = None) -> MatchingRun:
        """Locks the mentee to another mentor, in this run and the next ones. Raises SwapChanged where that would be
        something else than was `shown`."""
        found = self._of(self.store.get(run_id), proposal_id)

        def decide(run: MatchingRun) -> None:
            moves = self.swapping.moves(self.swapping.explained(run), found, mentor_id, shown)
            run.swap(moves, run.mentor_of(found), by, self.clock.now())
            if run.measured and run.found:
                run.edited = self.solving.measuring.of(run, run.unmatched, run.found.best)
        return self.store.change(run_id, decide)

    def _of(self, run: MatchingRun, proposal_id: str) -> Proposal:
        proposal = self.proposals_.get(proposal_id)
        if proposal.batch != run.shown_batch:
            raise NotFound(f"no proposal {proposal_id} of this run")
        return proposal

    def unmatched(self, run_id: str, limit: int, after: tuple[Any, str] | None, role: Role | None = None
                  ) -> Found[Unmatched]:
        """A page of those without anybody."""
        where = {"batch": self.store.get(run_id).shown_batch, **({"role": role} if role else {})}
        return self.unmatched_.find(where, limit=limit, after=after)

    def fairness(self, run_id: str) -> Fairness:
        """Who got which choice, and how groups fare, as the run found it; nothing before it has."""
        found = self.store.get(run_id).found
        return found.fairness.under(self.solving.suppression) if found else Fairness()

    def prices(self, programme_id: str) -> dict[str, int]:
        """Of a seat of each mentor in points, as the newest run for everybody found them; who is not named costs
        nothing."""
        solved = {"programme_id": programme_id, "mentee_id": None, "state": {"$in": list(SHOWN)}}
        newest = self.store.find(solved, "created_at", limit=_LOOKED_BACK, descending=True).items
        in_points = [run for run in newest if run.objective.prices_points][:1]
        priced = [{"batch": run.holder, "price": {"$gt": 0}} for run in in_points]
        return dict(both for where in priced for both in self.proposals_.parts(where, ("mentor_id", "price")))

    def solves(self) -> bool:
        """Some worker reads who takes part somewhere, and writes down what it found."""
        return self.store.count({"state": RunState.SOLVING}) > 0

    def forget(self, person_id: str) -> int:
        """What runs found for somebody is erased, with its reasons; answers how much that was. Mentees whom a swap took
        to another mentor stay there."""
        runs = [one for one in self.store.each({}) if one.names_people]
        moved = {name for run in runs for name in run.moves}
        found = [one.id for one in self.proposals_.each({"mentee_id": person_id})]
        of_mentor = [one.id for one in self.proposals_.each({"mentor_id": person_id})]
        alone = [one.id for one in self.unmatched_.each({"person_id": person_id})]
        for one in (*found, *(one for one in of_mentor if one not in moved)):
            self.proposals_.delete(one)
        for one in moved.intersection(of_mentor):
            self.proposals_.change(one, Proposal.forget_mentor)
        for one in alone:
            self.unmatched_.delete(one)
        for run in runs:
            self.store.change(run.id, lambda one: one.forget(person_id))
        return len(found) + len(of_mentor) + len(alone)

    def cancel(self, run_id: str) -> MatchingRun:
        return self.store.change(run_id, lambda run: run.cancel())

    def publish(self, run_id: str, if_version: int | None = None) -> MatchingRun:
        """Pairs are made after the programme's time for undoing. Raises NotOpen, Stale."""
        minutes = self._open_programme(run_id).plan.undo_minutes
        return self.store.change(run_id, lambda run: run.publish(minutes, self.clock.now()), if_version=if_version)

    def release(self, run_id: str, if_version: int | None = None) -> MatchingRun:
        """Pairs are made at once. Raises TooLate, NotOpen, Stale."""
        self._open_programme(run_id)
        return self.store.change(run_id, lambda run: run.release(self.clock.now()), if_version=if_version)

    def undo(self, run_id: str, if_version: int | None = None) -> MatchingRun:
        """Raises TooLate, Stale."""
        return self.store.change(run_id, MatchingRun.undo, if_version=if_version)

    def programme_changed(self, programme_id: str, cause: Cause) -> None:
        """A programme that is over publishes nothing more; what is being published is refused row by row."""
        if self.programmes.get(programme_id).is_open:
            return
        where = {"programme_id": programme_id, "state": {"$in": [*UNPUBLISHED, RunState.RELEASING]}}
        for one in list(self.store.each(where)):
            self.store.change(one.id, MatchingRun.end, cause=cause)

    def _open_programme(self, run_id: str) -> Programme:
        """Raises NotOpen."""
        programme = self.programmes.get(self.store.get(run_id).programme_id)
        programme.require_open()
        return programme

    def ring(self, run_id: str, now: datetime) -> None:
        """What the worker does when a timer of a run is due: one attempt at solving, or the next rows to publish."""
        holder = new_id()
        run = self.store.change(run_id, lambda one: one.take(holder, now))
        if run.state is RunState.SOLVING and run.holder == holder:
            self.solving.solve(run)
        elif run.state is RunState.PUBLISHING:
            self.publishing.publish_some(run)
