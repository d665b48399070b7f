"""The funnel is what the event log says: folded here by other means, and compared with what the service counted."""

from datetime import datetime
from itertools import pairwise, product
from pathlib import Path
from statistics import median_low
from typing import Any

import pytest

from services.matching.contracts.participants import Role
from services.matching.domain.person import person_id
from shared.kernel.clock import parse
from shared.messaging.envelope import Received
from tests.e2e.test_applications import apply, decide
from tests.e2e.test_story import meet_gates
from tests.e2e.village import MENTEES, MENTORS, Village

A1, A2, E1, E2 = (person_id(one) for one in ("a1", "a2", "e1", "e2"))
STEPS = ["invited", "applied", "approved", "matched", "met", "completed"]
BY_EVENT = {"applicant-invited": "invited", "application-submitted": "applied", "participant-approved": "approved",
            "pair-created": "matched", "milestone-reached": "met"}
Ways = dict[tuple[str, str], dict[str, datetime]]


def ways(village: Village, programme: str) -> Ways:
    """Of each person and role the first time at each step, from the log alone. Who completed had met by then: of a
    first session no more is told than what somebody chose to say in a check-in."""
    found: Ways = {}
    for event in village.house.log.read(["mentoring.participants.v1", "mentoring.pairs.v1", "mentoring.journeys.v1"]):
        assert isinstance(event, Received)
        data = event.data or {}
        step = BY_EVENT.get(event.type.removeprefix("mentoring.").removesuffix(".v1"))
        if data.get("reason") == "completed":
            step = "completed"
        if step and data["programme_id"] == programme:
            for one in data.get("parties") or [data]:
                way = found.setdefault((one["person_id"], one["role"]), {})
                for reached in ("met", "completed") if step == "completed" else (step,):
                    way[reached] = min(parse(event.time), way.get(reached, parse(event.time)))
    return found


def folded(ways: Ways, role: str) -> list[dict[str, Any]]:
    mine = [way for (_, side), way in ways.items() if side == role]
    rows = [{"step": step, "count": sum(step in way for way in mine), "came": 0, "lost": 0, "days": None}
            for step in STEPS]
    for row, (before, step) in zip(rows[1:], pairwise(STEPS), strict=True):
        both = [way for way in mine if before in way and step in way]
        days = [(way[step] - way[before]).days for way in both if step != "completed" or way[before] < way[step]]
        row.update(came=len(both), lost=sum(before in way for way in mine) - len(both),
                   days=median_low(days) if days else None)
    return rows


def invite(village: Village, programme: str, **names: list[str]) -> None:
    made = village.send("POST", "matching", f"/programmes/{programme}/invitations", json=names)
    village.send("POST", "matching", f"/invitations/{made.json['id']}/start")
    village.settle()


def live(village: Village) -> str:
    """Ada is mentor and mentee; Abe comes by a file; Ely waits and is declined; Eve has a pair that begins, and Ada one
    that never does."""
    elsewhere = village.programme()
    village.bring(elsewhere, "mentor", MENTORS)
    village.bring(elsewhere, "mentee", MENTEES)
    programme = village.programme(name="Open house", always_on=True)
    village.bring(programme, "mentor", "".join(line for line in MENTORS.splitlines(True) if "Ada" not in line))
    invite(village, programme, mentors=["ada@example.com"], mentees=["ada@example.com", "eve@example.com", "Ely Lake"])
    village.settle(days=3)
    ids = [apply(village, programme, A1, "mentor"), apply(village, programme, A1, "mentee"),
           apply(village, programme, E1, "mentee")]
    village.settle(days=2)
    declined = apply(village, programme, E2, "mentee")
    decide(village, programme, ids, "approve")
    decide(village, programme, [declined], "decline", reason="no-places")
    village.settle(days=4)
    pair = next(one for one in village.matched(programme)
                if (one["mentee_id"], one["state"]) == (E1, "awaiting-training"))
    meet_gates(village, pair)
    village.settle(days=15)
    said = village.get("surveys", f"/programmes/{programme}/check-ins?state=open")["items"]
    first = next(one for one in said if one["person_id"] == E1)
    for key in ("once", "twice"):
        village.send("PUT", "surveys", f"/check-ins/{first['id']}/answer", by=E1, json={"rating": 4, "met": True},
                     headers={"Idempotency-Key": key})
        village.settle()
    return programme


def is_what_the_log_says(village: Village, programme: str) -> None:
    told = village.get("matching", f"/programmes/{programme}/funnel")
    found = ways(village, programme)
    assert {side["role"]: side["steps"] for side in told["sides"]} == {
        role.value: folded(found, role) for role in Role}
    for side, step in product(Role, STEPS):
        rows = village.get("matching", f"/programmes/{programme}/funnel/people?role={side}&step={step}")["items"]
        assert len(rows) == sum(step in way for (_, role), way in found.items() if role == side), (side, step)
    summary = village.get("matching", f"/programmes/{programme}/summary")["funnel"]
    assert summary == [{name: one[name] for name in ("step", "count", "came")} for one in folded(found, "mentee")]


def a_life(village: Village) -> str:
    programme = live(village)
    is_what_the_log_says(village, programme)
    found = ways(village, programme)
    assert {"invited", "applied", "approved", "matched"} <= found[A1, "mentor"].keys() & found[A1, "mentee"].keys()
    assert [one["count"] for one in folded(found, "mentee")] == [3, 3, 2, 2, 1, 0]
    village.settle(days=400)
    village.settle(days=40)
    is_what_the_log_says(village, programme)
    assert [one["count"] for one in folded(ways(village, programme), "mentee")] == [3, 3, 2, 2, 1, 1]
    return programme


@pytest.mark.feature("A6")
def test_counts_are_the_fold_of_the_log_and_two_roles_count_once_each(village: Village, tmp_path: Path) -> None:
    programme = a_life(village)
    before = village.get("matching", f"/programmes/{programme}/funnel")["sides"]

    village.close()
    village.house = Village(tmp_path, **village.environ).house
    village.settle()

    assert village.get("matching", f"/programmes/{programme}/funnel")["sides"] == before


@pytest.mark.feature("A6")
def test_so_they_are_on_a_broker_and_a_server(village_on_a_cluster: Village) -> None:
    a_life(village_on_a_cluster)


@pytest.mark.feature("A6")
def test_who_is_forgotten_stays_counted(village: Village) -> None:
    programme = live(village)
    is_what_the_log_says(village, programme)
    before = village.get("matching", f"/programmes/{programme}/funnel")["sides"]

    village.send("POST", "matching", f"/people/{E1}/erasure")
    for _ in range(4):
        village.settle(minutes=5)

    assert village.get("matching", f"/people/{E1}/erasure")["state"] == "complete"
    assert village.get("matching", f"/programmes/{programme}/funnel")["sides"] == before
