"""What mentors and mentees do of their own accord, each by their habits; the same ones in everybody's half year."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deploy.standalone.letterbox import Letterbox
from deploy.standalone.sample import chance
from deploy.standalone.visitor import Visitor

Pair = Mapping[str, Any]
NEVER_READY, SILENT, BUSY = 0.04, 0.08, 0.65
"""Shares: pairs that never begin, people who never answer, days on which the others have no time."""
GOALS = ("Lead a small team", "Speak before a hundred people", "Ein eigenes Projekt leiten", "Decide with data",
         "Mit Kunden verhandeln", "Give feedback that helps")
COMMENTS = ("We meet every other week, and it helps.", "Gutes Gespräch über Führung.", "Hard to find a date this time.",
            "Wir haben ein Ziel gefunden.", "Read the book we talked about.")
TERMS = {"confidentiality": "What we say stays with us.", "boundaries": "No calls in the evening."}


@dataclass(frozen=True)
class Participants:
    """Each speaks in their own name only. `silent` are those who answered once and do so no more."""

    visitor: Visitor
    letterbox: Letterbox
    silent: set[str] = field(default_factory=set)

    def get_ready(self, pair: Pair, ends_on: str) -> None:
        """Both do their training, and write down how they meet and what for. A few never do."""
        if chance("never", pair["mentee_id"]) < NEVER_READY:
            return
        for person in (pair["mentor_id"], pair["mentee_id"]):
            for assignment in self.visitor.all("community/me/assignments", by=person):
                self.visitor.attempt("POST", f"community/assignments/{assignment['id']}/completion", by=person)
        self._agree(pair, ends_on)

    def ask_mentors(self, mentee: str) -> None:
        """The three who suit best."""
        for opening in self.visitor.all("matching/me/openings", by=mentee):
            programme = f"matching/programmes/{opening['programme_id']}"
            offers = self.visitor.send("GET", f"{programme}/offers", by=mentee)["items"]
            wanted = [one["mentor_id"] for one in offers[:3]]
            if wanted:
                self.visitor.send("POST", f"{programme}/requests", by=mentee, json={"mentor_ids": wanted})

    def apply(self, programme_id: str, person: str, code: str) -> str:
        """To be a mentor too, brought by the link of a campaign. The id of the application."""
        answers = {"skills": GOALS[int(chance("goal", person) * 5.99)], "languages": "en", "capacity": "1",
                   "voluntary": "yes", "drivers": "give-back"}
        draft = self.visitor.send("PUT", f"matching/programmes/{programme_id}/draft", by=person,
                                  json={"role": "mentor", "answers": answers, "code": code})
        self.visitor.send("POST", f"matching/applications/{draft['id']}/submission", by=person)
        return str(draft["id"])

    def move(self, application_id: str, what: str) -> None:
        """Whoever was approved says yes, or no after all."""
        who = self.visitor.send("GET", f"matching/applications/{application_id}")["person_id"]
        self.visitor.send("POST", f"matching/applications/{application_id}/{what}", by=who)

    def decline(self, request: Pair) -> None:
        """Whoever is asked says no."""
        mentor = next(one["mentor_id"] for one in request["choices"] if one["state"] == "asked")
        self.visitor.send("POST", f"matching/requests/{request['id']}/refusal", by=mentor, json={"reason": "no-time"})

    def _agree(self, pair: Pair, ends_on: str) -> None:
        mentee = pair["mentee_id"]
        journey = self.visitor.send("GET", f"surveys/pairs/{pair['id']}/journey", by=mentee)["id"]
        rhythm = (7, 14, 14, 21)[int(chance("rhythm", mentee) * 3.99)]
        terms = {"meetings_every_days": rhythm, "ends_on": ends_on, **TERMS}
        self.visitor.attempt("PUT", f"surveys/journeys/{journey}/agreement-terms", by=mentee, json=terms)
        title = GOALS[int(chance("goal", mentee) * 5.99)]
        self.visitor.attempt("POST", f"surveys/journeys/{journey}/goals", by=mentee, json={"title": title})

    def answer(self, day: int) -> None:
        """Whoever has a mail about a check-in and time for it today opens its link."""
        self.letterbox.look()
        for person, asked in sorted(self.letterbox.asked.items()):
            if asked and self._answers(person) and chance("today", person, str(day)) > BUSY:
                for check_in in sorted(asked):
                    self._answer(person, check_in)

    def _answers(self, person: str) -> bool:
        return person not in self.silent and chance("habit", person) >= SILENT

    def _answer(self, person: str, check_in: str) -> None:
        asked = self.visitor.send("GET", f"surveys/check-ins/{check_in}", by=person)
        if asked["state"] == "open" or chance("late", check_in) < 0.1:
            self.visitor.attempt("PUT", f"surveys/check-ins/{check_in}/answer", by=person, json=_words(check_in))
        self.letterbox.done(person, check_in)


def _words(check_in: str) -> dict[str, Any]:
    rating = 5 - int(chance("rating", check_in) ** 2 * 4)
    words: dict[str, Any] = {"rating": rating, "met": rating > 2, "progress": max(1, rating - 1)}
    if chance("comment", check_in) < 0.3:
        words |= {"comment": COMMENTS[int(chance("words", check_in) * 4.99)], "comment_visible": rating > 3}
    return words
