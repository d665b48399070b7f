"""What the portal asks of matching to set a programme up: settings, who is meant by a name, rules and what they do."""

from dataclasses import dataclass

from services.portal.clients.calls import Answer, Calls, Json


@dataclass(frozen=True)
class SettingUp:
    calls: Calls

    def change(self, programme_id: str, settings: Json, version: str) -> Answer:
        """`version` is the programme's as it was shown."""
        return self.calls.send("PATCH", f"/programmes/{programme_id}", json=settings, version=f'"{version}"')

    def called(self, texts: list[str]) -> dict[str, list[Json]]:
        """Everybody who bears each of these names or mail addresses."""
        found = self.calls.send("POST", "/people/named", json={"texts": texts}).body["items"] if texts else []
        return {str(one["text"]): one["people"] for one in found}
