"""Compares what was accepted with what came of it: documents, events and mails, each counted on its own."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from deploy.standalone.house import SERVICES, topics
from shared.messaging.envelope import Received
from shared.runtime.engines import open_log, open_store
from shared.store.documents import Store
from tests.fault.client import LEDGER, Accepted, accepted
from tests.fault.crew import Crew
from tests.fault.post import mails
from tests.fault.records import audited, data, each, group
from tests.fault.service import WORKER
from tests.fault.telling import STRAY
from tests.fault.turns import look_at_turns

ONCE = {
    "person-added": ("person_id",), "person-left": ("person_id",), "participant-approved": ("application_id",),
    "programme-opened": ("programme_id",), "matching-run-proposed": ("run_id",), "matching-run-published": ("run_id",),
    "pair-created": ("pair_id",), "pair-activated": ("pair_id",), "pair-closed": ("pair_id",),
    "rematch-requested": ("pair_id",), "training-assigned": ("pair_id", "person_id", "module"),
    "training-completed": ("assignment_id",), "agreement-terms-set": ("journey_id",), "goal-drafted": ("goal_id",),
    "check-in-due": ("journey_id", "person_id", "period"), "check-in-opened": ("journey_id", "person_id", "period"),
    "check-in-answered": ("check_in_id",), "check-in-missed": ("check_in_id",), "check-in-excused": ("check_in_id",),
    "check-in-reminder-due": ("check_in_id",), "case-raised": ("case_id",), "case-escalated": ("case_id",),
    "pair-requested": ("request_id", "mentor_id"), "request-declined": ("request_id", "mentor_id"),
    "request-expired": ("request_id", "mentor_id"), "request-withdrawn": ("request_id", "mentor_id"),
    "request-accepted": ("request_id",),
    "erasure-completed": ("person_id", "service"),
    "message-sent": ("message_id",), "message-failed": ("message_id",), "message-suppressed": ("message_id",),
}
"""What happens once at most, and to what."""


@dataclass
class Findings:
    """`lost`: effects of accepted commands that are missing; `duplicates`: effects that came more often than once;
    `out_of_order`: events whose first appearance skips one of their source; `divergences`: repeats answered in other
    words, and events of one id with two contents. `notes` say which."""

    lost: int = 0
    duplicates: int = 0
    out_of_order: int = 0
    divergences: int = 0
    repeated_mails: int = 0
    notes: list[str] = field(default_factory=list)

    def count(self, kind: str, number: int, note: str) -> None:
        if number > 0:
            setattr(self, kind, getattr(self, kind) + number)
            self.notes.append(f"{kind} {number}: {note}")


@dataclass
class Judge:
    """Opens everything anew when the processes of the run are gone."""

    environ: Mapping[str, str]
    folder: Path
    crew: Crew
    findings: Findings = field(default_factory=Findings)

    def findings_of(self) -> Findings:
        log = open_log(self.environ["EVENTS_URL"])
        records = list(log.read([topic.name for topic in topics()]))
        log.close()
        told = [one for one in records if isinstance(one, Received) and not one.source.startswith(STRAY)]
        self._commands(accepted(self.folder / LEDGER), told)
        self._happened_once(told)
        self._consequences(told)
        look_at_turns(self.environ, group(told), self._compare)
        self._order(told)
        self._documents(told)
        self._mails(told)
        return self.findings

    def _commands(self, commands: Iterable[Accepted], told: list[Received]) -> None:
        by_type = group(told)
        for command in commands:
            self.findings.count("divergences", command.different, f"{command.key} {command.place}")
            for effect in command.effects:
                found = sum(effect.where.items() <= data(one).items() for one in by_type[effect.type].values())
                self._compare(found, effect.times, f"{effect.type} {effect.where} of {command.place}")

    def _compare(self, found: int, wanted: int, note: str) -> None:
        self.findings.count("lost", wanted - found, note)
        self.findings.count("duplicates", found - wanted, note)

    def _happened_once(self, told: list[Received]) -> None:
        for kind, events in group(told).items():
            counted = Counter(tuple(data(one)[name] for name in ONCE[kind]) for one in events.values() if kind in ONCE)
            for what, times in counted.items():
                self.findings.count("duplicates", times - 1, f"{kind} {what}")

    def _consequences(self, told: list[Received]) -> None:
        """What a pair and a check-in bring about in other services."""
        by_type = group(told)
        trained = Counter(data(one)["pair_id"] for one in by_type["training-assigned"].values())
        store = open_store(self.environ["STORE_URL"], "notifications")
        letters = list(each(store, "messages"))
        store.close()
        introduced = Counter(one["pair_id"] for one in letters if one["template"] == "introduction")
        asked = Counter(one["about"] for one in letters if one["template"] == "check-in-opened")
        for one in by_type["pair-created"].values():
            self._compare(trained[data(one)["pair_id"]], 2, f"training of {data(one)['pair_id']}")
            self._compare(introduced[data(one)["pair_id"]], 2, f"introduction of {data(one)['pair_id']}")
        for one in by_type["check-in-opened"].values():
            self._compare(asked[data(one)["check_in_id"]], 1, f"request for {data(one)['check_in_id']}")

    def _order(self, told: list[Received]) -> None:
        """Of each source, on each partition, first appearances rise; one id has one content."""
        last: dict[tuple[str, int, str], int] = defaultdict(int)
        seen: dict[str, Received] = {}
        for event in told:
            place, number = (event.topic, event.partition, event.source), event.sequence.number
            if event.id in seen:
                differs = (event.data, event.type) != (seen[event.id].data, seen[event.id].type)
                self.findings.count("divergences", differs, f"{event.id} of {event.source}")
            else:
                self.findings.count("out_of_order", number < last[place], f"{event.source} {number}")
                last[place] = max(last[place], number)
            seen[event.id] = event

    def _documents(self, told: list[Received]) -> None:
        """Every number that a document has given is on the log, or in the audit log; nothing waits, nothing is parked
        but strays."""
        numbers: dict[str, set[int]] = defaultdict(set)
        for event in told:
            numbers[event.source].add(event.sequence.number)
        for service in SERVICES:
            store = open_store(self.environ["STORE_URL"], service)
            for source, number in audited(store, service):
                numbers[source].add(number)
            for source, given in sequences(store, service, numbers):
                missing = set(range(1, given + 1)) - numbers[source]
                self.findings.count("lost", len(missing), f"events {sorted(missing)} of {source}")
            self._left_over(store, service)
            store.close()

    def _left_over(self, store: Store, service: str) -> None:
        self.findings.count("lost", store.outbox().depth()[0], f"events that {service} never sent")
        wrong = [f"{one['topic']} {one['key']}: {one['error']}" for one in each(store, "parked_keys")
                 if one["waiting"] and not one["key"].startswith("stray")]
        self.findings.count("lost", len(wrong), f"parked by {service}: {wrong}")
        if service == "notifications":
            stuck = [one["_id"] for one in each(store, "messages") if one["state"] == "sending"]
            self.findings.count("lost", len(stuck), f"messages that are being sent for ever: {stuck}")

    def _mails(self, told: list[Received]) -> None:
        """One copy each; a second one only when the sender was killed between the two, and one for each such death."""
        copies: dict[str, list[float]] = defaultdict(list)
        for mail in mails(self.folder / "mails"):
            copies[mail.message_id].append(mail.at)
        deaths = [at for at, role in self.crew.deaths if role == (WORKER, "notifications")]
        repeats = [(second, first, name) for name, times in copies.items() for first, second in pairwise(times)]
        self.findings.repeated_mails = len(repeats)
        for name in unexcused(repeats, deaths):
            self.findings.count("duplicates", 1, f"mail {name}")
        for one in group(told)["message-sent"].values():
            name = data(one)["message_id"]
            self.findings.count("lost", name not in copies, f"mail {name}")


def unexcused(repeats: Iterable[tuple[float, float, str]], deaths: Iterable[float]) -> Iterator[str]:
    """What came again, each as (again at, first at, name), without a death of its own in between: the sender has one
    mail in hand. Who ends first takes the first death, so that most find one."""
    left = sorted(deaths)
    for again, first, name in sorted(repeats):
        between = [at for at in left if first < at < again]
        if between:
            left.remove(between[0])
        else:
            yield name


def sequences(store: Store, service: str, sources: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Every document of a collection that ever told anything, as its source, and the last number it has given."""
    for name in sorted({source.split("/")[2] for source in sources if source.startswith(f"/{service}/")}):
        for one in each(store, name):
            yield f"/{service}/{name}/{one['_id']}", int(str(one["sequence"]).rpartition(".")[2])
