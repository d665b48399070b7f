"""What the audit log promises on every engine: an entry a change, in one chain, and nothing altered unseen."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from shared.audit.handing_over import AuditedLog
from shared.audit.trail import Head, Trail, Wanted, chained, entry
from shared.audit.verifying import AuditBroken, Verdict, Verification
from shared.kernel.acting import Acting, acting
from shared.kernel.clock import SettableClock
from shared.kernel.errors import Busy, Unavailable
from shared.messaging.envelope import Outgoing
from shared.messaging.log import Topic
from shared.runtime.backbone import Backbone
from shared.runtime.engines import open_log
from shared.runtime.worker import Worker
from shared.store.documents import Store, Write
from tests.unit.messaging.harbour import BOATS, START, Boat

pytestmark = pytest.mark.feature("P4")
CAPTAIN = Acting("p-captain", "POST /v1/boats/<boat_id>/departure", "trace-1")


class Port:
    """One service with audited boats; `twin` is the same one in another process."""

    def __init__(self, store: Store, folder: Path, topics: tuple[Topic, ...] = (BOATS,)) -> None:
        self.log = open_log(f"embedded:{folder}?min_free=0")
        self.log.create_topics(topics)
        self.backbone = Backbone("test", store, self.log, SettableClock(START))
        self.backbone.audit({Boat: ("crew",)})
        self.boats = self.backbone.repository(Boat, "boats")
        self.trail = self.backbone.trail
        self.worker = Worker(self.backbone, {}, (), [])

    def settle(self) -> None:
        while self.worker.relay.step():
            pass

    def sail(self, boat: str, *crews: int) -> None:
        """It is there, and leaves so many times."""
        self.boats.add(Boat(id=boat))
        with acting(CAPTAIN):
            for crew in crews:
                self.boats.change(boat, lambda one, crew=crew: one.leave(crew, START))  # type: ignore[misc]

    def sink(self, boat: str) -> None:
        with pytest.raises(Busy):
            self.boats.delete(boat)
        self.settle()
        self.boats.delete(boat)

    def entries(self, **wanted: str) -> list[tuple[int, str, str, int, str | None]]:
        found = sorted(self.trail.each(Wanted(**wanted)), key=lambda one: one.number)  # type: ignore[arg-type]
        return [(one.number, one.document, one.what, one.revision, one.who) for one in found]

    def verify(self, older: int = 0, sleep: Callable[[float], None] = lambda _: None, **anchors: str) -> Verdict:
        looking = Verification(self.trail, list(self.backbone.audited.values()), self.worker.outbox, sleep)
        return looking.verify({int(number[1:]): hash for number, hash in anchors.items()}, older)


@pytest.fixture
def port(store: Store, tmp_path: Path) -> Iterator[Port]:
    opened = Port(store, tmp_path)
    yield opened
    opened.log.close()


@pytest.fixture
def fleet(port: Port) -> Port:
    """Two boats, in a log of five entries."""
    port.sail("argo", 3, 4)
    port.settle()
    port.sail("bounty", 7)
    port.settle()
    return port


def test_every_change_leaves_an_entry_that_says_who_what_and_why(fleet: Port) -> None:
    assert fleet.entries() == [(1, "argo", "added", 0, None), (2, "argo", "changed", 1, "p-captain"),
                               (3, "argo", "changed", 2, "p-captain"), (4, "bounty", "added", 0, None),
                               (5, "bounty", "changed", 1, "p-captain")]
    last = entry(fleet.trail.about("boats", "argo")[-1])
    assert (last.how, last.cause, last.fields, last.values, last.events) == (
        CAPTAIN.how, "trace-1", ["crew"], {"crew": [3, 4]}, ["boat-left.v1"])
    assert fleet.verify().entries == 5


def test_a_change_that_was_not_saved_leaves_none(fleet: Port) -> None:
    fleet.boats.add(Boat(id="caleuche"))
    fleet.boats.change("caleuche", lambda _: None)
    with pytest.raises(ZeroDivisionError):
        fleet.boats.change("argo", lambda boat: boat.leave(1 // 0, START))
    fleet.settle()

    assert [one[1] for one in fleet.entries()[5:]] == ["caleuche"]


def test_many_that_are_added_at_once_leave_one_each(port: Port) -> None:
    assert all(port.boats.add_many([Boat(id=f"b{number:03}") for number in range(450)]))
    port.boats.add_many([Boat(id="b000"), Boat(id="new")])
    port.settle()

    assert [one[0] for one in port.entries()] == list(range(1, 452))
    assert port.verify().documents == 451


def test_a_letter_that_comes_again_adds_nothing(fleet: Port) -> None:
    again = [letter_of(one) for one in fleet.trail.entries.find({}, limit=9).documents]

    fleet.trail.append(again)
    Trail(fleet.backbone.store, "test").append(again)

    assert fleet.verify().entries == 5


def test_entries_that_a_killed_process_left_in_the_head_are_kept_by_the_next(
        fleet: Port, again: Iterator[Store]) -> None:
    fleet.boats.add(Boat(id="caleuche"))
    [letter] = fleet.worker.outbox.lease(START, START, "killed", 9)
    head = fleet.trail.head()
    dying = Trail(next(again), "test")
    dying._insert = lambda *_: None  # type: ignore[method-assign]
    dying._move(head, chained(head, {letter.id: letter.data}))
    assert fleet.verify().entries == 6, "its letter waits, so it is no wonder that it is not kept yet"

    fleet.worker.outbox.release([letter])
    fleet.settle()

    assert fleet.entries()[5:] == [(6, "caleuche", "added", 0, None)]
    assert fleet.verify().entries == 6


def test_many_processes_make_one_chain(port: Port, again: Iterator[Store]) -> None:
    port.boats.add(Boat(id="argo"))
    [letter] = port.worker.outbox.lease(START, START, "me", 9)
    trails = [Trail(next(again), "test") for _ in range(4)]

    def append(place: int) -> None:
        for number in range(10):
            name = f"{place % 2}-{number}"  # two of the four bring each
            trails[place].append([replace(letter, id=name, data={**(letter.data or {}), "document": name})])
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(append, range(4)))

    assert [one[0] for one in port.entries()] == list(range(1, 21))
    assert len({one[1] for one in port.entries()}) == 20


def test_while_topics_are_missing_entries_are_kept_once(store: Store, tmp_path: Path) -> None:
    port = Port(store, tmp_path, ())
    port.sail("argo", 3)

    for _ in range(3):
        port.worker.relay.step()
    there = port.entries()
    port.log.create_topics([BOATS])
    port.settle()

    assert [one[:4] for one in there] == [(1, "argo", "added", 0), (2, "argo", "changed", 1)]
    assert port.entries() == there
    assert port.worker.outbox.depth()[0] == 0
    port.log.close()


def test_a_deleted_document_has_a_last_entry_and_may_come_again(fleet: Port) -> None:
    fleet.sink("argo")
    assert fleet.verify().entries == 6

    fleet.sail("argo", 1)
    fleet.settle()

    assert [one[2:4] for one in fleet.entries(document="argo")] == [
        ("added", 0), ("changed", 1), ("changed", 2), ("deleted", 3), ("added", 0), ("changed", 1)]
    assert fleet.verify().entries == 8


def test_entries_on_their_way_are_no_alarm(fleet: Port) -> None:
    fleet.boats.change("argo", lambda boat: boat.leave(9, START))

    assert fleet.verify().waiting == 1


def test_changes_while_somebody_verifies_are_no_alarm(fleet: Port) -> None:
    fleet.boats.change("argo", lambda boat: boat.leave(9, START))
    crews = iter(range(10, 13))

    def meanwhile(_: float) -> None:
        fleet.settle()
        if crew := next(crews, None):
            fleet.boats.change("argo", lambda boat: boat.leave(crew, START))

    assert fleet.verify(sleep=meanwhile).waiting == 0


def test_what_is_changed_and_relayed_between_two_reads_is_no_alarm(fleet: Port) -> None:
    fleet.boats.change("argo", lambda boat: boat.leave(9, START))
    waiting, crews = fleet.worker.outbox.waiting, iter(range(10, 13))

    def busy(source: str) -> list[Outgoing]:
        if crew := next(crews, None):
            fleet.boats.change("argo", lambda boat: boat.leave(crew, START))
            fleet.settle()
        return waiting(source)
    fleet.worker.outbox.waiting = busy  # type: ignore[method-assign]

    assert fleet.verify().waiting == 0


def test_documents_that_are_older_than_the_log_are_counted(fleet: Port) -> None:
    put(fleet, sequence="000001.000000000001")

    assert fleet.verify(older=1).older == 1


def test_while_entries_cannot_be_kept_everything_else_is_published(fleet: Port) -> None:
    fleet.boats.change("argo", lambda boat: boat.leave(9, START))
    plain = fleet.worker.outbox.lease(START, START, "me", 9)[0]
    letter = replace(plain, topic="audit")
    other = replace(plain, source="/test/boats/other")

    class Stuck:
        def append(self, _: object) -> None:
            raise Busy("many at once")

    log = AuditedLog(list, Stuck)  # type: ignore[arg-type]

    assert log.publish([plain, letter, replace(plain, key="behind it"), other]) == [plain, other]


def test_an_entry_whose_number_is_taken_keeps_its_letter(fleet: Port) -> None:
    taken = {**numbered(fleet, 5), "_id": "boats/other/1", "number": 6}
    fleet.trail.entries.insert([Write(taken, ())])
    fleet.boats.add(Boat(id="caleuche"))

    with pytest.raises(Unavailable):
        fleet.trail.append(fleet.worker.outbox.lease(START, START, "me", 9))


def test_entries_are_found_by_document_person_and_time_page_by_page(fleet: Port) -> None:
    assert [one[0] for one in fleet.entries(document="bounty")] == [4, 5]
    assert [one[0] for one in fleet.entries(who="p-captain")] == [2, 3, 5]
    assert list(fleet.trail.each(Wanted(until=START))) == []
    first = fleet.trail.find(Wanted(since=START), 3)
    second = fleet.trail.find(Wanted(since=START), 3, first.after)
    assert sorted(one.number for one in (*first.items, *second.items)) == [1, 2, 3, 4, 5]
    assert second.after is None


def letter_of(entry: dict[str, object]) -> Outgoing:
    data = {name: value for name, value in entry.items() if name not in ("_id", "version", "due_at", "number", "hash")}
    return Outgoing(id=str(entry["_id"]), source=f"/test/boats/{entry['document']}", sequence=None,  # type: ignore[arg-type]
                    type="audit", topic="audit", key="", time="", data=data)


def numbered(port: Port, number: int) -> dict[str, object]:
    [found] = port.trail.entries.find({"number": number}, limit=1).documents
    return found


def alter(port: Port, number: int, **fields: object) -> None:
    one = numbered(port, number)
    assert port.trail.entries.replace(Write({**one, **fields, "version": 1}, ()), 0)


def take_out(port: Port, *numbers: int) -> None:
    for number in numbers:
        assert port.trail.entries.delete(str(numbered(port, number)["_id"]), 0)


def remove_boat(port: Port, boat: str) -> None:
    documents = port.boats.documents
    assert documents.delete(boat, (documents.get(boat) or {})["version"])


def cut_after(port: Port, number: int) -> None:
    """As somebody would who knows how the chain is made: entries go, and the head with them."""
    before = port.trail.head()
    take_out(port, *range(number + 1, before.number + 1))
    last = numbered(port, number)
    head = Head(number, str(last["hash"]), [], before.version + 1)
    assert port.trail.heads.replace(Write({"_id": "head", "due_at": None, **head._asdict()}, ()), before.version)


def write_anew(port: Port, left_out: str) -> None:
    """The whole chain again, without what is about one boat."""
    entries = [numbered(port, number) for number in range(1, 6)]
    cut_after(port, 1)
    take_out(port, 1)
    port.trail.heads.delete("head", port.trail.head().version)
    Trail(port.backbone.store, "test").append([letter_of(one) for one in entries if one["document"] != left_out])


TAMPERINGS: dict[str, tuple[Callable[[Port], object], str]] = {
    "a field is altered": (lambda port: alter(port, 2, who="p-other"), "entry 2 was altered"),
    "a hash is altered": (lambda port: alter(port, 3, hash="0" * 64), "entry 3 was altered"),
    "an entry is taken out": (lambda port: take_out(port, 2), "entry 2 is missing"),
    "the last entry is taken out": (lambda port: take_out(port, 5), "entry 5 is missing"),
    "the tail is cut, and the head set back": (lambda port: cut_after(port, 4), "bounty stands at"),
    "the head is set back": (lambda port: port.trail.heads.replace(
        Write({"_id": "head", "due_at": None, **Head(2, "", [], 9)._asdict()}, ()), port.trail.head().version),
        "there are entries behind it"),
    "a document is taken out": (lambda port: remove_boat(port, "argo"), "no entry says that it was deleted"),
    "a document is taken out with its entries": (
        lambda port: (remove_boat(port, "argo"), take_out(port, 1, 2, 3)), "entry 1 is missing"),
    "a document is changed past the log": (lambda port: port.boats.documents.replace(Write(
        {**(port.boats.documents.get("argo") or {}), "sequence": "000001.000000000001", "version": 3}, ()), 2),
        "argo stands at"),
    "a letter is taken out of the outbox": (
        lambda port: (port.boats.change("argo", lambda boat: boat.leave(9, START)),
                      port.worker.outbox.clear(port.worker.outbox.lease(START, START, "thief", 9)),
                      port.boats.change("argo", lambda boat: boat.leave(10, START)), port.settle()),
        "never came here"),
    "a told field is changed, and nothing else": (
        lambda port: rewrite(port, crew=99), "argo was changed past the log: crew"),
    "a version is changed, and nothing else": (lambda port: rewrite(port, version=7), "argo has version 7"),
    "a document is put there": (lambda port: put(port, sequence="000001.000000000001"), "1 document.* boats ghost"),
    "a document is put there as if it was audited": (
        lambda port: put(port, sequence="000001.000000000001", audited=True), "ghost stands at"),
    "the tail is cut while another entry waits": (
        lambda port: (cut_after(port, 4), port.boats.change("argo", lambda boat: boat.leave(9, START))),
        "bounty stands at"),
    "the tail is cut while the next entry of it waits": (
        lambda port: (port.boats.change("bounty", lambda boat: boat.leave(9, START)), cut_after(port, 4)),
        "bounty stands at"),
}


def rewrite(port: Port, **fields: object) -> None:
    """A document as somebody would who knows that its sequence is compared."""
    argo = port.boats.documents.get("argo") or {}
    assert port.boats.documents.replace(Write({**argo, **fields}, ()), argo["version"])


def put(port: Port, **fields: object) -> None:
    assert port.boats.documents.insert([Write(
        {"_id": "ghost", "version": 0, "due_at": None, "crew": 1, "shape": 1, **fields}, ())])[0]


@pytest.mark.parametrize("how", TAMPERINGS)
def test_what_was_altered_by_hand_is_found(fleet: Port, how: str) -> None:
    tamper, told = TAMPERINGS[how]
    assert fleet.verify().waiting == 0

    tamper(fleet)

    with pytest.raises(AuditBroken, match=told):
        fleet.verify()


def test_a_chain_that_was_written_anew_does_not_fit_an_anchor_that_was_kept(fleet: Port) -> None:
    anchor = str(numbered(fleet, 4)["hash"])
    assert fleet.verify(n4=anchor).entries == 5
    write_anew(fleet, "argo")
    remove_boat(fleet, "argo")
    assert fleet.verify().entries == 2, "who may write to the whole store can write it anew"

    with pytest.raises(AuditBroken, match="ends before it and went on to 4"):
        fleet.verify(n4=anchor)
