"""Drivers and hurdles of the mentors of a programme."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from services.matching.application.applications import Applications
from services.matching.application.looking import counted, looked_at
from services.matching.application.renewals import Renewals
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import Role
from services.matching.domain.form import Form
from services.matching.domain.motives import QUESTIONS, MotiveReport, Ranked, ranked
from services.matching.domain.renewal import retention, standard
from services.matching.domain.suppression import Suppression
from shared.kernel.clock import Clock
from shared.store.documents import EVER
from shared.store.repository import Repository


@dataclass(frozen=True)
class Motives:
    """Asked at each application, of whoever comes for the first time or again, and of mentors who are asked to go on.
    All of it is read, so the worker does it."""

    store: Repository[MotiveReport]
    applications: Applications
    renewals: Renewals
    suppression: Suppression
    clock: Clock

    def of(self, programme_id: str) -> MotiveReport:
        """Nothing yet, as long as what was counted shows smaller groups than may be shown now. Raises NotFound."""
        self.applications.programmes.get(programme_id)
        found, least = looked_at(self.store, MotiveReport, programme_id, self.clock), self.suppression.least
        return found if found.least == least else MotiveReport(id=programme_id, timers=found.timers, least=least)

    def ring(self, programme_id: str, now: datetime) -> None:
        """What the worker does when somebody has looked."""
        def count() -> Callable[[MotiveReport], None]:
            found = self._counted(programme_id)
            return lambda one: vars(one).update(found)
        counted(self.store, programme_id, now, count)

    def _counted(self, programme_id: str) -> dict[str, Any]:
        form, given = self.applications.programmes.get(programme_id).form, self.renewals.answers(programme_id)
        renewals = tuple(ranked(Form(fields=(standard(form, key),)), key, given, self.suppression) for key in QUESTIONS)
        stays = retention(self.renewals.stays(programme_id), self.suppression)
        return {"questions": self._ranked(programme_id), "renewals": renewals, "least": self.suppression.least,
                **asdict(stays)}

    def _ranked(self, programme_id: str) -> tuple[Ranked, ...]:
        """Of all who asked to be mentors, whatever the answer was; who withdrew is not asked what moves them."""
        programme = self.applications.programmes.get(programme_id)
        sent = {"programme_id": programme_id, "role": Role.MENTOR, "submitted_at": EVER,
                "state": {"$in": [one for one in ApplicationState if one is not ApplicationState.WITHDRAWN]}}
        answers = [one.answers for one in self.applications.store.each(sent, "submitted_at")]
        return tuple(ranked(programme.form, key, answers, self.suppression) for key in QUESTIONS)
