"""What the portal asks of surveys: journeys, check-ins, goals and cases."""

from dataclasses import dataclass

from services.portal.clients.calls import Answer, Calls, Json, Page


@dataclass(frozen=True)
class Surveys:
    calls: Calls

    def journey(self, pair_id: str) -> Json:
        return self.calls.get(f"/pairs/{pair_id}/journey")

    def set_terms(self, journey_id: str, terms: Json, version: str | None = None) -> Answer:
        return self.calls.send("PUT", f"/journeys/{journey_id}/agreement-terms", json=terms, version=version)

    def name_day(self, journey_id: str, day: str) -> Answer:
        """Of the one session of a flash pair."""
        return self.calls.send("PUT", f"/journeys/{journey_id}/session-day", json={"day": day})

    def goals(self, journey_id: str) -> list[Json]:
        return self.calls.every(f"/journeys/{journey_id}/goals")

    def draft_goal(self, journey_id: str, title: str, key: str) -> Answer:
        return self.calls.send("POST", f"/journeys/{journey_id}/goals", json={"title": title}, key=key)

    def check_ins_of(self, journey_id: str) -> list[Json]:
        return self.calls.every(f"/journeys/{journey_id}/check-ins")

    def open_check_ins(self) -> list[Json]:
        return self.calls.every("/me/check-ins", state="open")

    def check_in(self, check_in_id: str) -> Json:
        return self.calls.get(f"/check-ins/{check_in_id}")

    def answer(self, check_in_id: str, answer: Json) -> Answer:
        return self.calls.send("PUT", f"/check-ins/{check_in_id}/answer", json=answer)

    def check_in_summary(self, programme_id: str) -> Json:
        return self.calls.get(f"/programmes/{programme_id}/check-ins/summary")

    def check_ins(self, programme_id: str, **query: str) -> Page:
        return self.calls.page(f"/programmes/{programme_id}/check-ins", **query)

    def remind(self, check_in_id: str, key: str) -> Answer:
        """Whoever is overdue with it, by mail."""
        return self.calls.send("POST", f"/check-ins/{check_in_id}/reminder", key=key)

    def cases(self, programme_id: str, state: str = "", *, mine: bool = False) -> list[Json]:
        """`mine`: only where they are put before whoever asks."""
        return self.calls.every(f"/programmes/{programme_id}/cases", state=state, mine="true" if mine else "")

    def resolve_case(self, case_id: str, body: Json, key: str) -> Answer:
        return self.calls.send("POST", f"/cases/{case_id}/resolution", json=body, key=key)

    def timeline(self, pair_id: str) -> list[Json]:
        return self.calls.every(f"/pairs/{pair_id}/timeline")
