"""Drivers and hurdles of the mentors of a programme."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.matching.application.applications import Applications
from services.matching.application.looking import counted, looked_at
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import Role
from services.matching.domain.motives import QUESTIONS, MotiveReport, Ranked, ranked
from shared.kernel.clock import Clock
from shared.store.documents import EVER
from shared.store.repository import Repository


@dataclass(frozen=True)
class Motives:
    """Asked at each application: of whoever comes for the first time, and of whoever comes again. All applications are
    read for it, so the worker does it."""

    store: Repository[MotiveReport]
    applications: Applications
    clock: Clock

    def of(self, programme_id: str) -> MotiveReport:
        """Raises NotFound."""
        self.applications.programmes.get(programme_id)
        return looked_at(self.store, MotiveReport, programme_id, self.clock)

    def ring(self, programme_id: str, now: datetime) -> None:
        """What the worker does when somebody has looked."""
        def count() -> Callable[[MotiveReport], None]:
            questions = self._ranked(programme_id)
            return lambda one: setattr(one, "questions", questions)
        counted(self.store, programme_id, now, count)

    def _ranked(self, programme_id: str) -> tuple[Ranked, ...]:
        """Of all who asked to be mentors, whatever the answer was; who withdrew is not asked what moves them."""
        programme = self.applications.programmes.get(programme_id)
        sent = {"programme_id": programme_id, "role": Role.MENTOR, "submitted_at": EVER,
                "state": {"$in": [one for one in ApplicationState if one is not ApplicationState.WITHDRAWN]}}
        answers = [one.answers for one in self.applications.store.each(sent, "submitted_at")]
        return tuple(ranked(programme.form, key, answers) for key in QUESTIONS)
