"""What the portal asks of matching about campaigns."""

from dataclasses import dataclass

from services.portal.clients.calls import Answer, Calls, File, Json, Page


@dataclass(frozen=True)
class Campaigns:
    calls: Calls

    def draft(self, programme_id: str, wanted: Json, key: str) -> str:
        """The id of the campaign, which asks nobody yet."""
        return self.calls.send("POST", f"/programmes/{programme_id}/campaigns", json=wanted, key=key).made

    def of_programme(self, programme_id: str, after: str) -> Page:
        return self.calls.page(f"/programmes/{programme_id}/campaigns", after=after)

    def one(self, campaign_id: str) -> Json:
        """With what came of each of its codes."""
        return self.calls.get(f"/campaigns/{campaign_id}")

    def move(self, campaign_id: str, what: str, key: str) -> Answer:
        """`what` is launch or end."""
        return self.calls.send("POST", f"/campaigns/{campaign_id}/{what}", key=key)

    def texts(self, campaign_id: str, language: str) -> Json:
        """What it says in each channel, and what may stand in it."""
        return self.calls.get(f"/campaigns/{campaign_id}/texts", language=language)

    def say(self, campaign_id: str, channel: str, said: Json) -> Answer:
        return self.calls.send("PUT", f"/campaigns/{campaign_id}/texts/{channel}", json=said)

    def say_as_everybody(self, campaign_id: str, channel: str, language: str) -> Answer:
        return self.calls.send("DELETE", f"/campaigns/{campaign_id}/texts/{channel}?language={language}")

    def paper(self, campaign_id: str, paper: str, form: str, language: str) -> File:
        return self.calls.file(f"/campaigns/{campaign_id}/kit/{paper}.{form}", language=language)
