"""What the portal asks of matching about winning people for a programme."""

from dataclasses import dataclass

from services.portal.clients.calls import Answer, Calls, Json, Page


@dataclass(frozen=True)
class Inviting:
    calls: Calls

    def check(self, programme_id: str, names: Json, key: str) -> str:
        """`names` are the lines of mentors and mentees, and the step; the id of the list, which asks nobody yet."""
        return self.calls.send("POST", f"/programmes/{programme_id}/invitations", json=names, key=key).made

    def one(self, invitation_id: str) -> Json:
        return self.calls.get(f"/invitations/{invitation_id}")

    def start(self, invitation_id: str, key: str) -> Answer:
        return self.calls.send("POST", f"/invitations/{invitation_id}/start", key=key)

    def invited(self, programme_id: str, after: str) -> Page:
        """Everybody who was ever invited, whatever became of it."""
        return self.calls.page(f"/programmes/{programme_id}/invited", after=after)
