"""Somebody asks to be forgotten: afterwards nothing of them is left anywhere, and every service has answered for it."""

import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from deploy.standalone.house import SERVICES, topics
from services.matching.application.exporting import IMPERSONAL, PERSONAL
from services.matching.domain.person import person_id
from shared.embedded.log import EmbeddedLog
from shared.kernel.aggregate import Aggregate
from shared.messaging.envelope import Outgoing, Received
from shared.runtime.auditing import verified
from tests.architecture.tree import import_everything
from tests.e2e.test_story import meet_gates
from tests.e2e.village import MENTEES, Village

MARK = "Zebulonia"
HER = f"{MARK}-id@example.com"
HEADINGS = ("id", "name", "email", "manager", "languages", "skills", "grade", "location", "capacity", "department",
            "interests", "exclude", "motto")
MENTORS = ",".join(HEADINGS) + "\n" + ",".join(
    (HER, f"{MARK} Stone", f"{MARK}@example.com", f"{MARK}-boss", "en", f"{MARK} python", "lead", MARK, "2", MARK, MARK,
     f"{MARK}-foe", f"{MARK} motto")) + "\n" + "c1,Cora Lind,cora@example.com,,en,,lead,Oslo,0,,,,\n"
MENTEES = MENTEES.replace("a1", HER).replace("z3", HER, 1).replace("z3,en,python", f"{HER},en,python")
PATCH = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "replace", "value": {
    "externalId": f"{MARK}-external", "displayName": f"{MARK} S.", "name.givenName": MARK, "userType": MARK,
    "urn:ietf:params:scim:schemas:extension:ithaca:2.0:User:sponsor": MARK,
    "urn:ietf:params:scim:schemas:extension:ithaca:2.0:User:holidayCalendar": MARK}}]}


def scim(village: Village, method: str, path: str, body: Any = None) -> Any:
    token = village.issuer.mint("directory", scopes=("scim",))
    return village.house.apps["matching"].test_client().open(
        f"/scim/v2{path}", method=method, json=body, headers={"Authorization": f"Bearer {token}"})


def a_life_full_of_marks(village: Village) -> str:
    """Somebody whose mark stands in every field of every form that takes a text of them."""
    programme = village.programme()
    village.bring(programme, "mentor", MENTORS)
    village.bring(programme, "mentee", MENTEES)
    village.put_in_charge(programme)
    her = person_id(HER)
    assert scim(village, "PATCH", f"/Users/{her}", PATCH).status_code == 204
    [pair] = [one for one in village.matched(programme) if one["mentor_id"] == her][:1]
    journey = meet_gates(village, pair)
    village.send("PUT", "surveys", f"/journeys/{journey}/agreement-terms", by=her, headers={"Idempotency-Key": "t"},
                 json={"meetings_every_days": 14, "confidentiality": MARK, "boundaries": MARK})
    village.send("POST", "surveys", f"/journeys/{journey}/goals", by=her, headers={"Idempotency-Key": "g"},
                 json={"title": MARK, "measure": MARK})
    village.settle(days=15)
    [check_in] = [one for one in village.get("surveys", f"/journeys/{journey}/check-ins")["items"]
                  if one["person_id"] == her][:1]
    village.send("PUT", "surveys", f"/check-ins/{check_in['id']}/answer", by=her, headers={"Idempotency-Key": "c"},
                 json={"rating": 4, "comment": MARK, "comment_visible": True})
    village.settle()
    return her


def marks(folder: Path) -> Iterator[str]:
    """Every table of every store and of the log that holds the mark, in any case."""
    for file in sorted(folder.glob("*.db")):
        with sqlite3.connect(file) as db:
            tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            for table in tables:
                rows = db.execute(f'SELECT * FROM "{table}"').fetchall()
                texts = (cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell)
                         for row in rows for cell in row)
                yield from {f"{file.name} {table}" for text in texts if MARK.casefold() in text.casefold()}
        db.close()


def forget(village: Village, her: str) -> dict[str, Any]:
    village.send("POST", "matching", f"/people/{her}/erasure")
    for _ in range(4):
        village.settle(seconds=2)
    log = village.house.log
    assert isinstance(log, EmbeddedLog)
    log.tidy()
    receipt: dict[str, Any] = village.get("matching", f"/people/{her}/erasure")
    return receipt


@pytest.mark.feature("P6")
def test_nothing_is_left_of_somebody_who_was_forgotten(
        village: Village, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    her = a_life_full_of_marks(village)
    before = set(marks(tmp_path))
    capfd.readouterr()

    receipt = forget(village, her)

    assert len(before) == 8, before
    assert receipt["state"] == "complete"
    assert {one["service"] for one in receipt["receipts"]} == set(SERVICES)
    assert receipt["owed"] == []
    assert set(marks(tmp_path)) == set()
    assert MARK not in "".join(capfd.readouterr())
    found = {name: verified(room.worker) for name, room in village.house.rooms.items()}
    assert min(one.entries for one in found.values()) > 0
    assert [name for name, one in found.items() if one.waiting] == [], "the audit logs hold ids alone, and are whole"


def test_the_partner_keeps_the_pair_and_nobody_comes_back_by_the_next_import(village: Village) -> None:
    her = a_life_full_of_marks(village)
    [pair] = village.get("matching", "/me/pairs", by=her)["items"]

    forget(village, her)
    again = scim(village, "POST", "/Users", {"userName": HER.upper(), "schemas": [
        "urn:ietf:params:scim:schemas:core:2.0:User"]})
    village.bring(village.programme(), "mentor", MENTORS)

    kept = village.get("matching", f"/pairs/{pair['id']}", by=pair["mentee_id"])
    assert (kept["mentor_id"], kept["state"], kept["reason"]) == (her, "closed", "mentor-left")
    assert again.status_code == 409
    assert village.ask("GET", "matching", f"/people/{her}").status_code == 404


def test_a_service_that_does_not_answer_owes_its_receipt_and_is_reported_after_a_day(village: Village) -> None:
    her = a_life_full_of_marks(village)
    silent = village.house.rooms.pop("surveys")

    receipt = forget(village, her)
    assert (receipt["state"], receipt["owed"], receipt["overdue"]) == ("draining", ["surveys"], False)
    village.settle(hours=24)
    assert village.get("matching", f"/people/{her}/erasure")["overdue"] is True

    village.house.rooms["surveys"] = silent
    village.settle()
    late = village.get("matching", f"/people/{her}/erasure")
    assert (late["state"], late["overdue"]) == ("complete", False)


@pytest.mark.feature("P6")
def test_an_export_holds_all_that_is_known_of_a_person(village: Village) -> None:
    her = a_life_full_of_marks(village)

    export = village.get("matching", f"/people/{her}/export", by=her)["collections"]

    assert export["people"][0]["details"]["name"] == f"{MARK} S."
    assert export["participants"][0]["answers"]["motto"] == f"{MARK} motto"
    assert [len(export[name]) for name in ("people", "participants", "pairs", "proposals")] == [1] * 4
    assert village.ask("GET", "matching", f"/people/{her}/export", by=person_id("e1")).status_code == 404


def kept(kind: type[Aggregate]) -> set[type[Aggregate]]:
    """Kinds of which there are documents: those that others are made from are none."""
    below = kind.__subclasses__()
    return set.union(*map(kept, below)) if below else {kind}


@pytest.mark.feature("P6")
def test_every_kind_of_document_is_in_the_inventory() -> None:
    import_everything()
    kinds = {one for one in kept(Aggregate) if one.__module__.startswith("services.matching.")}

    assert kinds == {*PERSONAL, *IMPERSONAL}, "say whether it is about people, and by which field"


def test_the_whole_log_a_second_time_brings_nobody_back(village: Village) -> None:
    her = a_life_full_of_marks(village)
    receipt = forget(village, her)
    log, names = village.house.log, [field.name for field in fields(Outgoing)]

    log.publish([Outgoing(**{name: getattr(one, name) for name in names})
                 for one in log.read([topic.name for topic in topics()]) if isinstance(one, Received)])
    village.settle()

    assert village.get("matching", f"/people/{her}/erasure") == receipt
    assert village.ask("GET", "matching", f"/people/{her}").status_code == 404
    assert not [one for room in village.house.rooms.values() for one in room.worker.dead_letters.waiting()]
