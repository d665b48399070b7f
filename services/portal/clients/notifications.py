"""What the portal asks of notifications: one-click codes, sent mail, and how mail fares."""

from dataclasses import dataclass

from services.portal.clients.calls import Answer, Calls, Json, Page


@dataclass(frozen=True)
class Notifications:
    calls: Calls

    def resolve(self, code: str) -> Json:
        """What a one-click code is for and whom it acts for. Needs a token with the scope `codes`."""
        return self.calls.send("POST", "/codes/resolution", json={"code": code}).body

    def mailbox(self, **query: str) -> Page:
        return self.calls.page("/mailbox", **query)

    def mail(self, message_id: str) -> Json:
        return self.calls.get(f"/mailbox/{message_id}")

    def message_summary(self, programme_id: str) -> Json:
        return self.calls.get(f"/programmes/{programme_id}/messages/summary")

    def messages(self, programme_id: str, **query: str) -> Page:
        return self.calls.page(f"/programmes/{programme_id}/messages", **query)

    def retry(self, programme_id: str, person_id: str, key: str) -> Answer:
        """Somebody whom no mail reaches, by the last one that did not."""
        return self.calls.send("POST", f"/programmes/{programme_id}/contacts/{person_id}/retry", key=key)

    def introductions(self, programme_id: str, language: str, two: Json) -> Json:
        """The mails to mentor and mentee as they would read; nothing is sent."""
        wanted = {"language": language, **two}
        return self.calls.send("POST", f"/programmes/{programme_id}/previews/introduction", json=wanted).body

    def invitation(self, programme_id: str, wanted: Json) -> Json:
        """The mail of a campaign as it would read; nothing is sent."""
        return self.calls.send("POST", f"/programmes/{programme_id}/previews/invitation", json=wanted).body

    def timeline(self, pair_id: str) -> list[Json]:
        return self.calls.every(f"/pairs/{pair_id}/timeline")
