"""What a programme lives through, told to the services over HTTP: files, pairs, gates, check-ins, a leaver, and
somebody who is forgotten."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from deploy.standalone.house import SERVICES
from services.matching.domain.person import person_id
from tests.fault.client import Client, Effect, Refused, Stuck
from tests.fault.clock import FastClock

SIDE = 4
"""Mentors, and mentees, of one programme."""
RHYTHM = {"undo_minutes": 0, "check_in_days": list(range(1, 40, 2)), "check_in_every_days": 2,
          "check_in_answer_days": 2, "check_in_reminder_days": 1}
LASTS = 240.0
"""Real seconds that a programme goes on: those of a long run end, as they begin, or each day would ask more than the
last."""
FOUR_SERVICES = 300.0
"""Seconds until all of them have answered that somebody is forgotten, while each is killed again and again."""


@dataclass
class Programme:
    """One cohort, from nothing to a mentor who leaves. `name` makes its people its own."""

    client: Client
    name: str
    clock: FastClock
    id: str = ""

    def live(self) -> None:
        """Raises Over, Refused, Stuck."""
        self.open()
        for role in ("mentor", "mentee"):
            self.bring_in(role)
        pairs = self._match()
        self._put_in_charge(pairs[2]["mentor_id"])
        for pair in pairs:
            self._get_ready(pair)
        for pair in pairs:
            self._answer(pair)
        self._pause(pairs[0])
        self._leave(pairs[1])

    def come_and_go(self) -> None:
        """Before anybody is matched somebody asks to be forgotten."""
        self.open()
        self.bring_in("mentor")
        self._forget(person_id(f"{self.name}-mentor-0"))

    def open(self, **settings: Any) -> None:
        now = self.clock.now()
        ends = now + timedelta(seconds=LASTS * self.clock.speed)
        made = self.client.send("POST", "matching/programmes", body={
            "template": "career-development", "name": self.name, "starts_on": now.date().isoformat()})
        self.id = made["id"]
        self.client.send("PATCH", f"matching/programmes/{self.id}", If_Match="*",
                         body={**RHYTHM, **settings, "ends_on": ends.date().isoformat()})
        self.client.send("POST", f"matching/programmes/{self.id}/opening",
                         Effect("programme-opened", {"programme_id": self.id}))

    def bring_in(self, role: str) -> None:
        rows = [f"{self.name}-{role}-{number},Name,{self.name}-{role}-{number}@example.com,en"
                for number in range(SIDE)]
        made = self.client.send("POST", f"matching/programmes/{self.id}/imports", role=role,
                                file="\n".join(["id,name,email,languages", *rows]))
        place = f"matching/imports/{made['id']}"
        self.client.send("POST", f"{place}/start", Effect(
            "participant-approved", {"programme_id": self.id, "role": role}, SIDE))
        self.client.until(place, lambda one: one["state"] == "done")

    def _match(self) -> list[dict[str, Any]]:
        run = self._solved()
        effects = [Effect("matching-run-published", {"run_id": run}), Effect("pair-created", {"run_id": run}, SIDE)]
        self.client.send("POST", f"matching/runs/{run}/publication", *effects)
        self.client.until(f"matching/runs/{run}", lambda one: one["state"] == "published")
        pairs: list[dict[str, Any]] = self.client.until(f"matching/programmes/{self.id}/pairs",
                                                        lambda found: len(found["items"]) == SIDE)["items"]
        return pairs

    def _solved(self) -> str:
        """A run whose worker died three times has failed, as it should, and another is asked for."""
        while True:
            run = self.client.send("POST", f"matching/programmes/{self.id}/runs", body={})["id"]
            done = self.client.until(f"matching/runs/{run}", lambda one: one["state"] in ("proposed", "failed"))
            if done["state"] == "proposed":
                return str(run)

    def _put_in_charge(self, person: str) -> None:
        """Somebody who is told of cases."""
        self.client.send("PATCH", f"matching/programmes/{self.id}", body={"coordinator_ids": [person]}, If_Match="*")

    def _get_ready(self, pair: dict[str, Any]) -> None:
        """Everything that the programme's gates ask for."""
        for person in (pair["mentor_id"], pair["mentee_id"]):
            mine = self.client.until("community/me/assignments", lambda found: found["items"], by=person)["items"]
            for one in mine:
                self.client.send("POST", f"community/assignments/{one['id']}/completion",
                                 Effect("training-completed", {"assignment_id": one["id"]}), by=person)
        mentee, where = pair["mentee_id"], f"surveys/pairs/{pair['id']}/journey"
        journey = self.client.until(where, lambda one: one["id"], by=mentee)["id"]
        self.client.send("PUT", f"surveys/journeys/{journey}/agreement-terms",
                         Effect("agreement-terms-set", {"journey_id": journey}), by=mentee,
                         body={"meetings_every_days": 14, "ends_on": "2027-11-30"})
        self.client.send("POST", f"surveys/journeys/{journey}/goals",
                         Effect("goal-drafted", {"journey_id": journey}),
                         Effect("pair-activated", {"pair_id": pair["id"]}), by=mentee, body={"title": "Lead a team"})
        self.client.until(f"matching/pairs/{pair['id']}", lambda one: one["state"] == "active")

    def _answer(self, pair: dict[str, Any]) -> None:
        """The mentee answers what is open by then; the mentor never does, and the ladder is climbed."""
        person = pair["mentee_id"]
        with suppress(Stuck):
            self.client.until("surveys/me/check-ins?state=open", lambda found: found["items"], by=person, patience=30)
        for one in self.client.until("surveys/me/check-ins?state=open", bool, by=person)["items"]:
            told = Effect("check-in-answered", {"check_in_id": one["id"]})
            self.unless_too_late("PUT", f"surveys/check-ins/{one['id']}/answer", told, by=person, body={"rating": 4})

    def unless_too_late(self, *request: Any, **content: Any) -> None:
        try:
            self.client.send(*request, **content)
        except Refused as refused:
            if ": 409" not in str(refused):
                raise

    def _pause(self, pair: dict[str, Any]) -> None:
        for step, told in (("pause", "pair-paused"), ("resumption", "pair-resumed")):
            self.client.send("POST", f"matching/pairs/{pair['id']}/{step}", Effect(told, {"pair_id": pair["id"]}))

    def _leave(self, pair: dict[str, Any]) -> None:
        self.client.send("POST", f"matching/people/{pair['mentor_id']}/departure",
                         Effect("person-left", {"person_id": pair["mentor_id"]}),
                         Effect("pair-closed", {"pair_id": pair["id"]}))
        self.client.until(f"matching/pairs/{pair['id']}", lambda one: one["state"] == "closed")
        self.client.send("POST", f"matching/pairs/{pair['id']}/rematch",
                         Effect("rematch-requested", {"pair_id": pair["id"]}), by=pair["mentee_id"])

    def _forget(self, person: str) -> None:
        place = f"matching/people/{person}/erasure"
        self.client.send("POST", place, *(Effect("erasure-completed", {"person_id": person, "service": service})
                                          for service in SERVICES if service != "matching"))
        self.client.until(place, lambda one: one["state"] == "complete", patience=FOUR_SERVICES)
