"""Keeps scores with the profile: what is submitted while it changes, and everybody once it has."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from services.matching.application.applications import Applications
from services.matching.contracts.participants import Role
from services.matching.domain.chunk import CHUNK
from services.matching.domain.scoring import Scoring, ScoringState
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, NotFound
from shared.kernel.events import Cause
from shared.kernel.points import reached
from shared.store.repository import Repository


@dataclass(frozen=True)
class Scorings:
    """All of it may be asked for twice, and in any order: the greater number of a profile wins."""

    store: Repository[Scoring]
    applications: Applications
    clock: Clock

    def begin(self, programme_id: str, number: int, cause: Cause) -> None:
        """The profile is another now."""
        with suppress(AlreadyExists):
            self.store.add(Scoring.begin(programme_id, number, self.clock.now()), cause=cause)

    def ring(self, scoring_id: str, now: datetime) -> None:
        """What the worker does when the timer of a job is due: the next ones."""
        job = self.store.change(scoring_id, lambda one: one.tick(now))
        if job.state is ScoringState.RUNNING:
            ids = self._next(job)
            for one in ids:
                self.score(one)
            reached("job-between-rows-and-cursor")
            self.store.change(scoring_id, lambda one: one.move_on(job.cursor, ids))

    def score(self, application_id: str) -> None:
        """By the profile as it is now."""
        programme = self.applications.programmes.get(self.applications.get(application_id).programme_id)
        self.applications.store.change(application_id, lambda one: one.score(
            programme.profile, programme.profile_number, self.clock.now()))

    def tell(self, application_id: str, cause: Cause) -> None:
        """The participant learns what the application misses now."""
        scored, now = self.applications.get(application_id).scored, self.clock.now()
        with suppress(NotFound):
            self.applications.participants.store.change(
                application_id, lambda one: one.learn(scored.training if scored else (), now), cause=cause)

    def is_running(self, programme_id: str) -> bool:
        """Whether somebody is still to be scored anew."""
        return self.store.count({"programme_id": programme_id, "state": ScoringState.RUNNING}) > 0

    def _next(self, job: Scoring) -> list[str]:
        where = {"programme_id": job.programme_id, "role": Role.MENTOR}
        after = (None, job.cursor) if job.cursor else None
        return [one.id for one in self.applications.store.find(where, limit=CHUNK, after=after).items]
