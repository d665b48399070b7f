"""What the portal asks of matching about applications: the form, people's own, and answers to many."""

from dataclasses import dataclass

from services.portal.clients.calls import Answer, Calls, File, Json, Page


@dataclass(frozen=True)
class Applications:
    calls: Calls

    def open(self) -> list[Json]:
        """Programmes that take applications now."""
        return self.calls.items("/calls")

    def led_to(self, code: str) -> Json:
        """The programme, the role and the code as it counts, from what stands on paper."""
        return self.calls.get("/campaign-code", code=code)

    def form(self, programme_id: str) -> Json:
        return self.calls.get(f"/programmes/{programme_id}/form")

    def change(self, programme_id: str, settings: Json, version: str) -> Answer:
        """The form, or when applications are taken; `version` is the programme's as it was shown."""
        return self.calls.send("PATCH", f"/programmes/{programme_id}", json=settings, version=f'"{version}"')

    def mine(self) -> list[Json]:
        return self.calls.items("/me/applications")

    def places(self) -> list[Json]:
        """Where this person waits, and as which."""
        return self.calls.items("/me/places")

    def stepping_up(self) -> list[Json]:
        """Where this person, a mentee so far, is asked to become a mentor, and with which answers to begin."""
        return self.calls.items("/me/stepping-up")

    def not_now(self, programme_id: str, key: str) -> Answer:
        """No mentor for the time being."""
        return self.calls.send("POST", f"/me/stepping-up/{programme_id}/refusal", key=key)

    def sponsor_view(self, programme_id: str) -> Json:
        """What its sponsor sees of a programme: figures in steps, nobody."""
        return self.calls.get(f"/programmes/{programme_id}/sponsor-view")

    def briefing(self, programme_id: str, form: str, language: str) -> File:
        """What leaders are told."""
        return self.calls.file(f"/programmes/{programme_id}/briefing.{form}", language=language)

    def renewals(self) -> list[Json]:
        """Where this mentor, whose last pair is complete, is asked to go on."""
        return self.calls.items("/me/renewals")

    def renew(self, programme_id: str, said: Json, key: str) -> Answer:
        """Stay, pause or leave."""
        return self.calls.send("POST", f"/me/renewals/{programme_id}/answer", json=said, key=key)

    def conversion(self, programme_id: str) -> Json:
        """How many mentees were asked to become mentors, applied, and are."""
        return self.calls.get(f"/programmes/{programme_id}/stepping-up")

    def motives(self, programme_id: str) -> Json:
        """What moves mentors, and what hinders them, and as of when."""
        return self.calls.get(f"/programmes/{programme_id}/motives")

    def write(self, programme_id: str, role: str, answers: dict[str, str], code: str = "") -> Json:
        """The draft with what is missing in it; `code` is that of the link that led there."""
        body = {"role": role, "answers": answers, **({"code": code} if code else {})}
        return self.calls.send("PUT", f"/programmes/{programme_id}/draft", json=body).body

    def move(self, application_id: str, what: str, key: str) -> Answer:
        """`what` is submission, withdrawal or confirmation."""
        return self.calls.send("POST", f"/applications/{application_id}/{what}", key=key)

    def remind(self, application_id: str, key: str) -> Answer:
        """Whoever was approved and has not confirmed it."""
        return self.calls.send("POST", f"/applications/{application_id}/confirmation-reminder", key=key)

    def of_programme(self, programme_id: str, after: str, **view: str | int) -> Page:
        """`view`: state, role, the order, a name, and how many."""
        return self.calls.page(f"/programmes/{programme_id}/applications", after=after, **view)

    def count(self, programme_id: str, state: str, role: str) -> Json:
        """How many there are of a view, and as of when."""
        return self.calls.get(f"/programmes/{programme_id}/applications/count", state=state, role=role)

    def decide(self, programme_id: str, decision: Json, key: str) -> str:
        """The id of the decision, which goes on by itself."""
        return self.calls.send("POST", f"/programmes/{programme_id}/decisions", json=decision, key=key).made

    def decision(self, decision_id: str) -> Json:
        return self.calls.get(f"/decisions/{decision_id}")
