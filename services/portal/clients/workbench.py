"""What the portal asks of matching for the workbench beside runs and proposals."""

from dataclasses import dataclass

from services.portal.clients.calls import Answer, Calls, Json


@dataclass(frozen=True)
class Workbench:
    calls: Calls

    def parting(self, pair_id: str) -> Json:
        """Why another mentor was wished for: for coordinators."""
        return self.calls.get(f"/pairs/{pair_id}/parting")

    def readiness(self, programme_id: str) -> Json:
        """What to mend before a run, and whom it is about."""
        return self.calls.get(f"/programmes/{programme_id}/readiness")

    def trade_off(self, programme_id: str) -> Json:
        """What each objective would bring, as it was counted last."""
        return self.calls.get(f"/programmes/{programme_id}/trade-off")

    def quality(self, run_id: str) -> Json:
        """How well its pairs fit and how full mentors are, as found and after swaps."""
        return self.calls.get(f"/runs/{run_id}/quality")

    def foreseen(self, run_id: str) -> Json:
        """What publishing it would do now: which pairs cannot become one, and why."""
        return self.calls.get(f"/runs/{run_id}/publication")

    def release(self, run_id: str, version: str | None, key: str) -> Answer:
        """A publication that waits for second thoughts leaves now; `version` is the run's as it was shown."""
        return self.calls.send("POST", f"/runs/{run_id}/release", key=key, version=version)

    def compare(self, programme_id: str, key: str) -> Answer:
        """Has it counted."""
        return self.calls.send("POST", f"/programmes/{programme_id}/trade-off", json={}, key=key)

    def candidates(self, programme_id: str, mentee_id: str, text: str) -> Json:
        """Mentors for a mentee who answer to the words, the best first."""
        return self.calls.get(f"/programmes/{programme_id}/candidates", mentee_id=mentee_id, text=text)
