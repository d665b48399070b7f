"""What the portal asks of matching about taking part: with how much room, and breaks."""

from dataclasses import dataclass
from typing import Any

from services.portal.clients.calls import Answer, Calls, Json, Page


@dataclass(frozen=True)
class TakingPart:
    calls: Calls

    def of_programme(self, programme_id: str, **query: Any) -> Page:
        return self.calls.page(f"/programmes/{programme_id}/participants", **query)

    def mine(self) -> list[Json]:
        """Where this person takes part, in which role."""
        return self.calls.items("/me/participants")

    def one(self, participant_id: str) -> Json:
        """With how many of the seats are taken."""
        return self.calls.get(f"/participants/{participant_id}")

    def make_room(self, participant_id: str, capacity: int, version: str, key: str) -> Answer:
        """`version` is that of the participant as it was shown."""
        return self.calls.send("PATCH", f"/participants/{participant_id}", json={"capacity": capacity}, key=key,
                               version=f'"{version}"')

    def change(self, participant_id: str, what: str, key: str) -> Answer:
        """`what` is pause or resumption."""
        return self.calls.send("POST", f"/participants/{participant_id}/{what}", key=key)

    def depart(self, participant_id: str, reason: str, version: str, key: str) -> Answer:
        """Takes part no more; `version` is that of the participant as it was shown."""
        return self.calls.send("POST", f"/participants/{participant_id}/departure", json={"reason": reason}, key=key,
                               version=f'"{version}"')
