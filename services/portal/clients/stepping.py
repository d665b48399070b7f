"""What the portal asks of matching about the optional steps of applications: interviews and endorsements."""

from dataclasses import dataclass

from services.portal.clients.calls import Answer, Calls, Json


@dataclass(frozen=True)
class Stepping:
    calls: Calls

    def application(self, application_id: str) -> Json:
        return self.calls.get(f"/applications/{application_id}")

    def of(self, application_id: str) -> Json:
        """Which are asked for, which are open, and what is known of each."""
        return self.calls.get(f"/applications/{application_id}/steps")

    def note_interview(self, application_id: str, said: Json) -> Answer:
        return self.calls.send("PUT", f"/applications/{application_id}/interview", json=said)

    def ask(self, application_id: str, endorser_id: str | None, key: str) -> Answer:
        """None: the line manager."""
        body = {"endorser_id": endorser_id} if endorser_id else {}
        return self.calls.send("POST", f"/applications/{application_id}/endorsement", json=body, key=key)

    def mine(self) -> list[Json]:
        """Where this person is asked for an endorsement and has not answered."""
        return self.calls.items("/me/endorsements")

    def answer(self, application_id: str, said: Json, key: str) -> Answer:
        return self.calls.send("POST", f"/me/endorsements/{application_id}/answer", json=said, key=key)
