"""Drivers and hurdles of the mentors of a programme."""

from dataclasses import dataclass

from services.matching.application.applications import Applications
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import Role
from services.matching.domain.motives import QUESTIONS, Ranked, ranked


@dataclass(frozen=True)
class Motives:
    """Asked at each application: of whoever comes for the first time, and of whoever comes again."""

    applications: Applications

    def of(self, programme_id: str) -> list[Ranked]:
        """Of all who asked to be mentors, whatever the answer was; who withdrew is not asked what moves them."""
        programme = self.applications.programmes.get(programme_id)
        sent = {"programme_id": programme_id, "role": Role.MENTOR, "submitted_at": {"$ne": None},
                "state": {"$in": [one for one in ApplicationState if one is not ApplicationState.WITHDRAWN]}}
        answers = [one.answers for one in self.applications.store.each(sent, "submitted_at")]
        return [ranked(programme.form, key, answers) for key in QUESTIONS]
