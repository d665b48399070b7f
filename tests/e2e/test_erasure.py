"""Somebody asks to be forgotten: afterwards nothing of them is left anywhere, and every service has answered for it."""

import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from deploy.standalone.house import SERVICES, topics
from services.matching.application.exporting import IMPERSONAL, PERSONAL
from services.matching.contracts.hr_changes import HR_CHANGES, HrPersonMoved
from services.matching.domain.directory_chunk import FileChunk
from services.matching.domain.import_chunk import Chunk
from services.matching.domain.person import person_id
from services.matching.domain.renewal import Renewal
from services.matching.domain.saved_view import ListName
from services.matching.domain.stepping_up import SteppingUp
from shared.embedded.log import EmbeddedLog
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import iso
from shared.kernel.events import Sequence
from shared.messaging.envelope import Outgoing, Received
from shared.runtime.auditing import verified
from shared.store.conversion import event_data
from tests.architecture.tree import import_everything
from tests.e2e.test_applications import decide
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
NEWCOMERS = """id,name,email,manager,languages,goals
n1,Ned Park,ned@example.com,z8,en,python
n2,Nia Wood,nia@example.com,z9,en,python
"""
HER_OFFER = {"skills": f"{MARK} python", "languages": "en", "capacity": "3", "voluntary": "yes", "interests": MARK}
HER_WISH = {"goals": f"{MARK} weaving", "languages": "en", "interests": MARK}
HELD = {"events.db records", "notifications.db contacts", "notifications.db mailbox",
        *(f"matching.db {one}" for one in ("applications", "directory_rows", "import_rows", "imports", "pairs",
                                           "parked_keys", "participants", "people", "requests", "saved_views")),
        *(f"surveys.db {one}" for one in ("check_ins", "goals", "journeys"))}
PATCH = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "replace", "value": {
    "externalId": f"{MARK}-external", "displayName": f"{MARK} S.", "name.givenName": MARK, "userType": MARK,
    "urn:ietf:params:scim:schemas:extension:ithaca:2.0:User:sponsor": MARK,
    "urn:ietf:params:scim:schemas:extension:ithaca:2.0:User:holidayCalendar": MARK}}]}


def scim(village: Village, method: str, path: str, body: Any = None) -> Any:
    token = village.issuer.mint("directory", scopes=("scim",))
    return village.house.apps["matching"].test_client().open(
        f"/scim/v2{path}", method=method, json=body, headers={"Authorization": f"Bearer {token}"})


def a_life_full_of_marks(village: Village) -> str:
    """Somebody whose mark stands in every field of every form that takes a text of them, and in what others wrote."""
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
    apply_ask_and_part(village, her)
    be_left_half_way(village)
    return her


def be_left_half_way(village: Village) -> None:
    """HR tells of her what can be handled and what cannot, nobody starts a file with her, and others broke off; the
    directory calls her somebody's manager and sponsor by her name."""
    for number, facts in enumerate(({"department": MARK}, {"name": f"{MARK} Blum", "time_zone": "Mars/Olympus"}), 1):
        event = HrPersonMoved(directory_id=HER, **facts)
        village.house.log.publish([Outgoing(
            id=f"hr-{number}", source="/hr", sequence=Sequence(1, number), type=event.type, topic=event.topic,
            key=event.key, time=iso(village.clock.now()), data=event_data(event))])
    later = village.programme(name="Later")
    village.send("POST", "matching", f"/programmes/{later}/imports",
                 data={"role": "mentor", "file": (BytesIO(MENTORS.encode()), "mentors.csv")})
    matching = village.house.rooms["matching"].service
    matching.imports.chunks.add(Chunk(id="broken-off", import_id="never", number=0, lines=[2], rows=[[HER, MARK]]))
    matching.directory_files.chunks.add(FileChunk(id="broken-off", file_id="never", number=0, lines=[2],
                                                  rows=[[MARK, HER.lower()]]))
    extension = "urn:ietf:params:scim:schemas:extension"
    called = [{"op": "add", "path": f"{extension}:{place}", "value": HER} for place in (
        "enterprise:2.0:User:manager", "ithaca:2.0:User:otherManagers", "ithaca:2.0:User:sponsor")]
    assert scim(village, "PATCH", f"/Users/{person_id('n1')}", {**PATCH, "Operations": called}).status_code == 204
    village.settle()


def apply_ask_and_part(village: Village, her: str) -> None:
    """She applies in both roles, is asked and says no, is paired and parted, leads a circle, and is declined."""
    programme = village.programme(name="Open", always_on=True, requests_allowed=True)
    village.bring(programme, "mentee", NEWCOMERS)
    ned, nia = person_id("n1"), person_id("n2")
    decide(village, programme, [apply(village, programme, her, "mentor", HER_OFFER),
                                apply(village, programme, her, "mentee", HER_WISH)], "approve")
    be_asked(village, programme, her, ned)
    be_parted(village, programme, her, nia)
    village.send("POST", "matching", f"/programmes/{programme}/circles", json={
        "name": "Leading", "mentor_ids": [her], "min_mentees": 2, "max_mentees": 3})
    village.settle()
    village.matched(programme)
    village.send("POST", "matching", f"/programmes/{programme}/exclusions", json={"mentor_id": her, "mentee_id": ned})
    last = village.programme(name="Last", always_on=True)
    decide(village, last, [apply(village, last, her, "mentee", HER_WISH)], "decline", reason="no-places", note=MARK)
    matching = village.house.rooms["matching"].service
    matching.stepping_ups.store.add(SteppingUp.invite(last, her, village.clock.now()))
    matching.renewals.store.add(Renewal.ask(last, her, village.clock.now()))
    matching.saved_views.save(last, her, ListName.PEOPLE, MARK, "mentor")
    village.settle()
    [choice] = [choice for one in matching.requests.store.each({}) for choice in one.choices]
    assert all(MARK in text for text in (choice.question, choice.reply, choice.note))
    assert MARK in [one.parting.note for one in matching.pairs.store.each({}) if one.parting]
    assert MARK in [one.verdict.text for one in matching.applications.store.each({}) if one.verdict]


def apply(village: Village, programme: str, her: str, role: str, answers: dict[str, str]) -> str:
    draft = village.send("PUT", "matching", f"/programmes/{programme}/draft", by=her,
                         json={"role": role, "answers": answers}).json
    assert draft["flaws"] == []
    village.send("POST", "matching", f"/applications/{draft['id']}/submission", by=her)
    village.settle()
    return str(draft["id"])


def be_asked(village: Village, programme: str, her: str, mentee: str) -> None:
    request = village.send("POST", "matching", f"/programmes/{programme}/requests", by=mentee,
                           json={"mentor_ids": [her]}).json["id"]
    for who, what, said in ((her, "question", {"text": MARK}), (mentee, "reply", {"text": f"Dear {MARK}"}),
                            (her, "refusal", {"reason": "no-time", "note": MARK})):
        village.send("POST", "matching", f"/requests/{request}/{what}", by=who, json=said)
    village.settle()


def be_parted(village: Village, programme: str, her: str, mentee: str) -> None:
    pair = village.send("POST", "matching", f"/programmes/{programme}/pairs",
                        json={"mentor_id": her, "mentee_id": mentee}).json["id"]
    village.send("POST", "matching", f"/pairs/{pair}/acceptance")
    village.settle()
    village.send("POST", "matching", f"/pairs/{pair}/rematch", by=mentee, json={"reason": "no-fit", "note": MARK})
    village.settle()


def marks(folder: Path) -> Iterator[str]:
    """Every table of every store and of the log that holds the mark, in any case. What HR wrote itself is HR's to take
    away, and gone with its topic's retention."""
    for file in sorted(folder.glob("*.db")):
        with sqlite3.connect(file) as db:
            tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            for table in tables:
                rows = [row for row in db.execute(f'SELECT * FROM "{table}"') if HR_CHANGES.name not in row]
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

    assert before == HELD
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
    [pair] = [one for one in village.get("matching", "/me/pairs", by=her)["items"] if one["state"] == "active"]

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
    assert f"{MARK} motto" in [one["answers"].get("motto") for one in export["participants"]]
    assert {name for name, found in export.items() if not found} == {"erasures"}, "that is what she asks for next"
    assert len(export) == len(PERSONAL)
    said = [choice[name] for one in export["requests"] for choice in one["choices"] for name in ("question", "note")]
    assert MARK in said
    assert {one["answers"]["interests"] for one in export["applications"]} == {MARK}
    assert "note" not in str(export["pairs"]), "what a mentee said at parting is the mentee's"
    assert all(one["verdict"] is None or not one["verdict"].get("text") for one in export["applications"])
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
