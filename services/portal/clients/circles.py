"""What the portal asks of matching about circles."""

from dataclasses import dataclass

from services.portal.clients.calls import Answer, Calls, Json


@dataclass(frozen=True)
class Circles:
    calls: Calls

    def of_programme(self, programme_id: str, state: str = "") -> list[Json]:
        return self.calls.every(f"/programmes/{programme_id}/circles", state=state)

    def mine(self) -> list[Json]:
        """Those this person sits in."""
        return self.calls.every("/me/circles")

    def one(self, circle_id: str) -> Json:
        return self.calls.get(f"/circles/{circle_id}")

    def form(self, programme_id: str, wanted: Json, key: str) -> str:
        return self.calls.send("POST", f"/programmes/{programme_id}/circles", json=wanted, key=key).made

    def join(self, circle_id: str, person_id: str, role: str, key: str) -> Answer:
        return self.calls.send("POST", f"/circles/{circle_id}/members", json={"person_id": person_id, "role": role},
                               key=key)

    def leave(self, circle_id: str, person_id: str, key: str) -> Answer:
        return self.calls.send("POST", f"/circles/{circle_id}/members/{person_id}/departure", key=key)

    def close(self, circle_id: str, reason: str, key: str) -> Answer:
        return self.calls.send("POST", f"/circles/{circle_id}/closure", json={"reason": reason}, key=key)
