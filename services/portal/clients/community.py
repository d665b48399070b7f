"""What the portal asks of community: spaces and training."""

from dataclasses import dataclass

from services.portal.clients.calls import Answer, Calls, Json


@dataclass(frozen=True)
class Community:
    calls: Calls

    def space(self, programme_id: str) -> Json:
        return self.calls.get(f"/programmes/{programme_id}/space")

    def modules(self) -> list[Json]:
        """What can close a gap of a mentor."""
        return self.calls.items("/modules")

    def my_assignments(self) -> list[Json]:
        return self.calls.every("/me/assignments")

    def complete(self, assignment_id: str, key: str) -> Answer:
        return self.calls.send("POST", f"/assignments/{assignment_id}/completion", key=key)

    def training_summary(self, programme_id: str) -> Json:
        return self.calls.get(f"/programmes/{programme_id}/training/summary")

    def timeline(self, pair_id: str) -> list[Json]:
        return self.calls.every(f"/pairs/{pair_id}/timeline")
