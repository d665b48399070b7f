"""Drafts of which nothing is left to publish, since others were published or made: they are set aside."""

from dataclasses import dataclass

from services.matching.application.seating import Seating
from services.matching.contracts.matching_runs import RunState
from services.matching.contracts.participants import Role
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.participant import application_id
from services.matching.domain.seats import NoFreeSeat
from shared.kernel.events import Cause
from shared.store.documents import Where
from shared.store.repository import Repository

SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Superseding:
    """A draft that waits for second thoughts is left alone: somebody has decided about it."""

    runs: Repository[MatchingRun]
    seating: Seating

    def published(self, run_id: str, cause: Cause) -> None:
        """Older proposals for everybody: this run looked at the same people, and later."""
        run = self.runs.get(run_id)
        if run.published and run.created_at and not run.mentee_id:
            older = {"programme_id": run.programme_id, "mentee_id": None, "state": RunState.PROPOSED,
                     "created_at": {"$lt": run.created_at}}
            self._set_aside(self._found(older), cause)

    def proposed(self, run_id: str, cause: Cause) -> None:
        """One for everybody that was still being solved when a later one was published."""
        run = self.runs.get(run_id)
        if run.created_at and not run.mentee_id:
            later = {"programme_id": run.programme_id, "mentee_id": None, "state": RunState.PUBLISHED,
                     "created_at": {"$gt": run.created_at}}
            if any(one.published for one in self._found(later)):
                self._set_aside([run], cause)

    def paired(self, programme_id: str, mentee_id: str, cause: Cause) -> None:
        """Proposals for this mentee alone, unless there is room for one more. Few mentees have one: room is looked for
        last."""
        drafts = self._found({"programme_id": programme_id, "mentee_id": mentee_id, "state": RunState.PROPOSED})
        if drafts and not self._has_room(application_id(programme_id, mentee_id, Role.MENTEE)):
            self._set_aside(drafts, cause)

    def _has_room(self, participant_id: str) -> bool:
        try:
            for mentee in self.seating.participants.known([participant_id]).values():
                self.seating.free_of(mentee)
        except NoFreeSeat:
            return False
        return True

    def _found(self, where: Where) -> list[MatchingRun]:
        return list(self.runs.each(where))

    def _set_aside(self, drafts: list[MatchingRun], cause: Cause) -> None:
        for one in drafts:
            self.runs.change(one.id, lambda draft: draft.set_aside(SUPERSEDED), cause=cause)
