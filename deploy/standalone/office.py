"""What the programme office and its coordinator do in half a year."""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from deploy.standalone.house import House
from deploy.standalone.sample import chance
from deploy.standalone.visitor import OFFICE, Visitor

NOTE = "We talked on the phone: a busy quarter, and they want to go on."
CAMPAIGN = "From mentee to mentor"
Found = list[dict[str, Any]]
OBJECTIVE = {"code": "stay", "name": "Whoever takes part stays", "metric": "of a hundred, still here a year later",
             "baseline": 84, "target": 90}


@dataclass
class Office:
    """One programme of the office, from the template to its pairs. `coordinator` is a person id, once there is one."""

    house: House
    visitor: Visitor
    template: str
    name: str
    starts_on: str
    programme: str = ""
    coordinator: str = ""
    run: dict[str, Any] = field(default_factory=dict)

    def open(self, **settings: Any) -> None:
        """From the template, with no time for second thoughts."""
        self.programme = self.visitor.send("POST", "matching/programmes", headers=self._same, json={
            "template": self.template, "name": self.name, "starts_on": self.starts_on})["id"]
        self._change(undo_minutes=0, objectives=[OBJECTIVE], **settings)
        self.visitor.send("POST", f"{self.place}/opening")
        self.house.settle()

    @property
    def _same(self) -> dict[str, str]:
        # ids that follow from a key are the same in everybody's half year, and so is what people make of them
        return {"Idempotency-Key": f"sample {self.template}"}

    @property
    def place(self) -> str:
        """Where the API has this programme."""
        return f"matching/programmes/{self.programme}"

    def _change(self, **settings: Any) -> None:
        self.visitor.send("PATCH", self.place, json=settings, headers={"If-Match": "*"})

    def bring(self, role: str, content: bytes, name: str = "") -> None:
        """A file, from the upload to its report."""
        made = self.visitor.send("POST", f"{self.place}/imports", data={
            "role": role, "file": (BytesIO(content), name or f"{role}s.csv")})
        self.house.settle()
        self.visitor.send("POST", f"matching/imports/{made['id']}/start")
        self.house.settle()

    def put_in_charge(self) -> None:
        """Whoever is in the directory and takes no mentee coordinates."""
        mentors = self.visitor.all(f"{self.place}/participants?role=mentor")
        self.coordinator = next(one["person_id"] for one in mentors if one["capacity"] == 0)
        self._change(coordinator_ids=[self.coordinator])

    def match(self) -> Found:
        """The pairs of a published run, before which somebody looked at what is to be mended."""
        self.visitor.send("GET", f"{self.place}/readiness")
        self.run = self.visitor.send("POST", f"{self.place}/runs", headers=self._same, json={})
        self.house.settle()
        self.publish(self.run["id"])
        return self.pairs()

    def publish(self, run: str) -> None:
        """Nothing is sent before this."""
        self.visitor.send("POST", f"matching/runs/{run}/publication")
        self.house.settle()

    def pairs(self, state: str = "") -> Found:
        """Of the programme, in an order that is the same every time."""
        found = self.visitor.all(f"{self.place}/pairs" + (f"?state={state}" if state else ""))
        return sorted(found, key=lambda one: chance("order", one["mentee_id"]))

    def propose(self, count: int) -> Found:
        """Puts people together by hand: mentees without a mentor, and mentors with a free seat, as the rules allow."""
        made: Found = []
        mentors = self._with_free_seat()
        for mentee in self._without_mentor():
            pairs = (self._proposed(mentor, mentee) for mentor in mentors)
            if len(made) < count and (pair := next(filter(None, pairs), None)):
                made.append(pair)
                mentors.remove(pair["mentor_id"])
        return made

    def form_circle(self, name: str, mentees: int) -> None:
        """Around a mentor who finds one place more, of mentees without one whom the rules allow."""
        mentor = max(self.visitor.all(f"{self.place}/participants?role=mentor&state=active"),
                     key=lambda one: (one["capacity"], chance("circle", one["person_id"])))
        self.visitor.send("PATCH", f"matching/participants/{mentor['id']}", by=self.coordinator,
                          json={"capacity": mentor["capacity"] + 1}, headers={"If-Match": "*"})
        made = self.visitor.send("POST", f"{self.place}/circles", by=self.coordinator, json={
            "name": name, "mentor_ids": [mentor["person_id"]], "min_mentees": 2, "max_mentees": mentees})
        self.house.settle()
        for one in self._without_mentor()[:2 * mentees]:
            self.visitor.attempt("POST", f"matching/circles/{made['id']}/members", by=self.coordinator,
                                 json={"person_id": one})

    def allow_requests(self) -> None:
        """From now on mentees may ask mentors of their choice."""
        self._change(requests_allowed=True)

    def take_applications(self) -> None:
        """At any time from now on."""
        self._change(always_on=True)

    def launch_campaign(self, people: list[str]) -> str:
        """A list of people who shall become mentors, invited by mail. The code of the poster."""
        names = [self.visitor.send("GET", f"matching/people/{one}")["email"] for one in people]
        made = self.visitor.send("POST", f"{self.place}/campaigns",
                                 json={"name": CAMPAIGN, "role": "mentor", "names": names})
        self.visitor.house.settle()
        self.visitor.send("POST", f"matching/campaigns/{made['id']}/launch")
        self.visitor.house.settle()
        return f"{made['code']}-p"

    def decide(self, application_ids: list[str], outcome: str, **why: str) -> None:
        """One answer to these applications."""
        self.visitor.send("POST", f"{self.place}/decisions",
                          json={"outcome": outcome, "application_ids": application_ids, **why})

    def alone(self) -> list[str]:
        """Mentees who take part and have no live pair."""
        taken = {one["mentee_id"] for one in self.pairs() if one["state"] != "closed"}
        mentees = self.visitor.all(f"{self.place}/participants?role=mentee&state=active")
        return [one["person_id"] for one in mentees if one["person_id"] not in taken]

    def _with_free_seat(self) -> list[str]:
        taken = Counter(one["mentor_id"] for one in self.pairs() if one["state"] != "closed")
        mentors = self.visitor.all(f"{self.place}/participants?role=mentor&state=active")
        return [one["person_id"] for one in mentors if one["capacity"] > taken[one["person_id"]]]

    def _without_mentor(self) -> list[str]:
        asked = {one["mentee_id"] for one in self.pairs()}
        left = self.visitor.all(f"matching/runs/{self.run['id']}/unmatched")
        return [one["person_id"] for one in left if one["role"] == "mentee" and one["person_id"] not in asked]

    def _proposed(self, mentor: str, mentee: str) -> dict[str, Any] | None:
        two = {"mentor_id": mentor, "mentee_id": mentee}
        return self.visitor.attempt("POST", f"{self.place}/pairs", by=self.coordinator, json=two)

    def look_after_cases(self, but_of: Set[str]) -> None:
        """Once a week the coordinator talks to half of the silent, and the office to half of those left to it; `but_of`
        these people."""
        cases = self.visitor.all(f"surveys/programmes/{self.programme}/cases")
        for state, by in (("raised", self.coordinator), ("escalated", OFFICE)):
            waiting = sorted(case["id"] for case in cases if case["state"] == state and case["person_id"] not in but_of)
            for case_id in waiting[:len(waiting) // 2]:
                self.visitor.send("POST", f"surveys/cases/{case_id}/resolution", by=by, json={"note": NOTE})
