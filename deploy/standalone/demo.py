"""Half a year of a programme, lived through the public API on a fast clock."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

from deploy.standalone.house import House
from deploy.standalone.sample import files
from deploy.standalone.visitor import OFFICE, Refusal, Visitor
from shared.kernel.clock import SettableClock, SystemClock

DAYS = 183


def chance(*parts: str) -> float:
    """The same number from 0 to 1 for the same parts, so that everybody's half year is the same."""
    return int(hashlib.sha256("/".join(parts).encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


@dataclass
class HalfYear:
    """`live` sets the programme up and lives it day by day; `told` counts what was done."""

    house: House
    clock: SettableClock
    told: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.visitor = Visitor(self.house)
        self.begins = SystemClock().now().replace(hour=7, minute=0, second=0, microsecond=0) - timedelta(days=DAYS)
        self.people: set[str] = set()

    def live(self) -> Iterator[tuple[int, int]]:
        """Yields (day, days) as it goes on."""
        self.clock.set(self.begins)
        programme = self._programme()
        for role, content in zip(("mentor", "mentee"), files(), strict=True):
            self._import(programme, role, content)
        self._put_in_charge(programme)
        pairs = self._match(programme)
        for day in range(1, DAYS):
            self.clock.set(self.begins + timedelta(days=day))
            self.house.settle()
            self._day(day, pairs)
            yield day, DAYS
        self.clock.run()

    def _send(self, method: str, place: str, **more: Any) -> dict[str, Any]:
        self.told[place.partition("/")[0]] = self.told.get(place.partition("/")[0], 0) + 1
        return self.visitor.send(method, place, **more)

    def _programme(self) -> str:
        made = self._send("POST", "matching/programmes", json={
            "template": "career-development", "name": "Rising Engineers", "starts_on": self.begins.date().isoformat()})
        place = f"matching/programmes/{made['id']}"
        self._send("PATCH", place, json={"undo_minutes": 0, "check_in_answer_days": 7}, headers={"If-Match": "*"})
        self._send("POST", f"{place}/opening")
        self.house.settle()
        return str(made["id"])

    def _import(self, programme: str, role: str, content: bytes) -> None:
        made = self._send("POST", f"matching/programmes/{programme}/imports",
                          data={"role": role, "file": (BytesIO(content), f"{role}s.csv")})
        self.house.settle()
        self._send("POST", f"matching/imports/{made['id']}/start")
        self.house.settle()

    def _put_in_charge(self, programme: str) -> None:
        mentors = self.visitor.all(f"matching/programmes/{programme}/participants?role=mentor")
        idle = [one["person_id"] for one in mentors if one["capacity"] == 0]
        self._send("PATCH", f"matching/programmes/{programme}", json={"coordinator_ids": idle},
                   headers={"If-Match": "*"})

    def _match(self, programme: str) -> list[dict[str, Any]]:
        run = self._send("POST", f"matching/programmes/{programme}/runs", json={})
        self.house.settle()
        self._send("POST", f"matching/runs/{run['id']}/publication")
        self.house.settle()
        return self.visitor.all(f"matching/programmes/{programme}/pairs")

    def _day(self, day: int, pairs: list[dict[str, Any]]) -> None:
        for pair in pairs:
            if day == 1 + int(chance("ready", pair["id"]) * 20):
                self._get_ready(pair)
        if day in (60, 120):
            self._leaves(pairs[day % 50])
        self._answer(day)

    def _get_ready(self, pair: dict[str, Any]) -> None:
        if chance("never", pair["id"]) < 0.04:
            return
        for person in (pair["mentor_id"], pair["mentee_id"]):
            self.people.add(person)
            for assignment in self.visitor.all("community/me/assignments", by=person):
                self._try("POST", f"community/assignments/{assignment['id']}/completion", person)
        journey = self._send("GET", f"surveys/pairs/{pair['id']}/journey", by=pair["mentee_id"])["id"]
        ends = (self.begins + timedelta(days=270)).date().isoformat()
        self._try("PUT", f"surveys/journeys/{journey}/agreement-terms", pair["mentee_id"],
                  {"meetings_every_days": 14, "ends_on": ends})
        self._try("POST", f"surveys/journeys/{journey}/goals", pair["mentee_id"], {"title": "Lead a small team"})

    def _leaves(self, pair: dict[str, Any]) -> None:
        self._try("POST", f"matching/people/{pair['mentor_id']}/departure", OFFICE)
        self.house.settle()
        self._try("POST", f"matching/pairs/{pair['id']}/rematch", pair["mentee_id"])

    def _answer(self, day: int) -> None:
        for person in sorted(self.people):
            habit = chance("habit", person)
            if habit < 0.06 or chance("today", person, str(day)) > 0.35:
                continue
            for one in self.visitor.all("surveys/me/check-ins?state=open", by=person):
                rating = 5 - int(chance("rating", one["id"]) ** 2 * 4)
                self._try("PUT", f"surveys/check-ins/{one['id']}/answer", person, {"rating": rating})

    def _try(self, method: str, place: str, by: str, body: dict[str, Any] | None = None) -> None:
        try:
            self._send(method, place, by=by, **({"json": body} if body is not None else {}))
        except Refusal as refusal:
            self.told["refused"] = self.told.get("refused", 0) + 1
            if " 5" in str(refusal)[:90]:
                raise


