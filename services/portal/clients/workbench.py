"""What the portal asks of matching for the workbench beside runs and proposals."""

from dataclasses import dataclass

from services.portal.clients.calls import Calls, Json


@dataclass(frozen=True)
class Workbench:
    calls: Calls

    def parting(self, pair_id: str) -> Json:
        """Why another mentor was wished for: for coordinators."""
        return self.calls.get(f"/pairs/{pair_id}/parting")

    def readiness(self, programme_id: str) -> Json:
        """What to mend before a run, and whom it is about."""
        return self.calls.get(f"/programmes/{programme_id}/readiness")

    def candidates(self, programme_id: str, mentee_id: str, text: str) -> Json:
        """Mentors for a mentee who answer to the words, the best first."""
        return self.calls.get(f"/programmes/{programme_id}/candidates", mentee_id=mentee_id, text=text)
