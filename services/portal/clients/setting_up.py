"""What the portal asks of matching to set a programme up: settings, who is meant by a name, rules and what they do."""

from dataclasses import dataclass

from services.portal.clients.calls import Answer, Calls, Json


@dataclass(frozen=True)
class SettingUp:
    calls: Calls

    def change(self, programme_id: str, settings: Json, version: str) -> Answer:
        """`version` is the programme's as it was shown."""
        return self.calls.send("PATCH", f"/programmes/{programme_id}", json=settings, version=f'"{version}"')

    def charge(self, programme_id: str) -> Json:
        """Who looks after the programme, who stands in, and which queues are put before whoever asks."""
        return self.calls.get(f"/programmes/{programme_id}/charge")

    def name_substitute(self, programme_id: str, coordinator_id: str, term: Json) -> Answer:
        return self.calls.send("PUT", f"/programmes/{programme_id}/substitutes/{coordinator_id}", json=term)

    def take_back_substitute(self, programme_id: str, coordinator_id: str) -> Answer:
        return self.calls.send("DELETE", f"/programmes/{programme_id}/substitutes/{coordinator_id}")

    def route(self, programme_id: str, routes: list[Json], version: str) -> Answer:
        """`version` is the programme's as it was shown."""
        return self.calls.send("PUT", f"/programmes/{programme_id}/routes", json={"routes": routes},
                               version=f'"{version}"')

    def checklist(self, programme_id: str) -> Json:
        """What is to be done in each phase, what is next, and the version of the programme that it is of."""
        return self.calls.get(f"/programmes/{programme_id}/checklist")

    def tick(self, programme_id: str, item_id: str) -> Answer:
        return self.calls.send("PUT", f"/programmes/{programme_id}/checklist/{item_id}/tick")

    def take_tick_back(self, programme_id: str, item_id: str) -> Answer:
        return self.calls.send("DELETE", f"/programmes/{programme_id}/checklist/{item_id}/tick")

    def rules(self, programme_id: str) -> Json:
        """Those of the programme, with what could be switched on, and the version that they are of."""
        return self.calls.get(f"/programmes/{programme_id}/rules")

    def profile(self, programme_id: str) -> Json:
        """What the programme looks for in mentors, and the version that it is of."""
        return self.calls.get(f"/programmes/{programme_id}/profile")

    def try_rules(self, programme_id: str, rules: Json, key: str) -> str:
        """The id of a trial, which goes on by itself."""
        return self.calls.send("POST", f"/programmes/{programme_id}/trials", json={"rules": rules}, key=key).made

    def trial(self, trial_id: str) -> Json:
        return self.calls.get(f"/trials/{trial_id}")

    def called(self, texts: list[str]) -> dict[str, list[Json]]:
        """Everybody who bears each of these names or mail addresses."""
        found = self.calls.send("POST", "/people/named", json={"texts": texts}).body["items"] if texts else []
        return {str(one["text"]): one["people"] for one in found}
