"""What the portal asks of matching about figures of the way: who came how far, and how long it took."""

from dataclasses import dataclass

from services.portal.clients.calls import Calls, Json, Page


@dataclass(frozen=True)
class Counting:
    calls: Calls

    def summary(self, programme_id: str) -> Json:
        """How the programme stands, and what waits for its coordinators."""
        return self.calls.get(f"/programmes/{programme_id}/summary")

    def funnel(self, programme_id: str) -> Json:
        return self.calls.get(f"/programmes/{programme_id}/funnel")

    def people(self, programme_id: str, role: str, step: str, after: str) -> Page:
        """Whom a figure of the funnel counts."""
        return self.calls.page(f"/programmes/{programme_id}/funnel/people", role=role, step=step, after=after)

    def first_sessions(self, programme_id: str) -> Json:
        """How long it takes from the match to the first session, whoever waits included."""
        return self.calls.get(f"/programmes/{programme_id}/first-sessions")
