"""What the portal asks of matching about mentees who ask mentors of their choice, and about their requests."""

from dataclasses import dataclass

from services.portal.clients.calls import Answer, Calls, Json, Page


@dataclass(frozen=True)
class Asking:
    calls: Calls

    def ask_mentors(self, programme_id: str, mentor_ids: list[str], key: str, one_question: str = "") -> Answer:
        """A flash mentor is asked with one question."""
        body: Json = {"mentor_ids": mentor_ids} | ({"one_question": one_question} if one_question else {})
        return self.calls.send("POST", f"/programmes/{programme_id}/requests", json=body, key=key)

    def choose_mentors(self, request_id: str, mentor_ids: list[str], version: str) -> Answer:
        """`version` is the request's as it was shown."""
        return self.calls.send("PUT", f"/requests/{request_id}/choices", json={"mentor_ids": mentor_ids},
                               version=f'"{version}"')

    def remind(self, request_id: str, key: str) -> Answer:
        """The mentor who is asked, by mail."""
        return self.calls.send("POST", f"/requests/{request_id}/reminder", key=key)

    def question_of(self, pair_id: str) -> str:
        """What a flash pair came together for: for the two alone."""
        return str(self.calls.get(f"/pairs/{pair_id}/question")["text"])

    def figures(self, programme_id: str) -> Json:
        """How many stand where, and have no yes for long."""
        return self.calls.get(f"/programmes/{programme_id}/requests/summary")

    def refusals(self, programme_id: str) -> Json:
        """How often each reason to say no was given."""
        return self.calls.get(f"/programmes/{programme_id}/requests/refusals")

    def requests_open(self, programme_id: str) -> int:
        """How many are under way."""
        return int(self.figures(programme_id).get("states", {}).get("open", 0))

    def mine(self) -> list[Json]:
        """Those this person made, and those that wait for their answer."""
        return self.calls.every("/me/requests")

    def openings(self) -> list[Json]:
        """Programmes in which this person may begin to ask mentors now."""
        return self.calls.every("/me/openings")

    def offers(self, programme_id: str, text: str = "") -> list[Json]:
        """Mentors who may be asked, the best first; with a text, of those who answer to its words."""
        return self.calls.items(f"/programmes/{programme_id}/offers", text=text)

    def of_programme(self, programme_id: str, **query: str) -> Page:
        return self.calls.page(f"/programmes/{programme_id}/requests", **query)

    def answer(self, request_id: str, what: str, key: str, body: Json) -> Answer:
        """`what` is acceptance, refusal, question, reply or withdrawal."""
        return self.calls.send("POST", f"/requests/{request_id}/{what}", json=body, key=key)
