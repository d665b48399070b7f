"""Who changed what in matching, when and why: asked by auditors, taken away as a file, verified by command."""

import csv
import hashlib
import io

import orjson
import pytest
from click.testing import CliRunner, Result

from services.matching.contracts.hr_changes import HR_CHANGES, HrPersonJoined
from services.matching.contracts.internal import INTERNAL
from services.matching.contracts.pairs import PAIRS
from services.matching.contracts.participants import Role
from services.matching.domain.person import person_id
from services.matching.domain.programme_rules import DEFAULT
from services.matching.domain.saved_view import ListName
from services.matching.entrypoints.http import make_app
from services.matching.settings import Settings
from shared.audit.entries import Entry
from shared.audit.trail import Wanted
from shared.kernel.events import Sequence as Number
from shared.messaging.envelope import Outgoing
from shared.runtime.cli import commands
from shared.store.documents import Write
from tests.unit.matching.house import MENTORS, MatchingHouse
from tests.unit.surveys.calling import PUBLIC_KEY, Caller

pytestmark = pytest.mark.feature("P4")
HER = person_id("m1")


def caller(house: MatchingHouse, person: str | None, *roles: str) -> Caller:
    return Caller(make_app(house.matching, Settings(token_key=PUBLIC_KEY), house.backbone), person, roles)


@pytest.fixture
def auditor(house: MatchingHouse) -> Caller:
    return caller(house, "ada", "auditor")


def told(house: MatchingHouse, document: str) -> list[Entry]:
    return sorted(house.backbone.trail.each(Wanted(document=document)), key=lambda one: one.number)


def run(house: MatchingHouse, *arguments: str) -> Result:
    return CliRunner().invoke(commands(lambda: house.worker), ["audit", *arguments])


def test_an_entry_names_the_person_the_route_and_what_became_of_the_pair(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.a_published_run(programme)
    pair = house.pair_of(programme, "e1")
    carla = caller(house, "carla")

    answer = carla("POST", f"/pairs/{pair.id}/closure", {"reason": "ended-early"}, Idempotency_Key="once")
    again = carla("POST", f"/pairs/{pair.id}/closure", {"reason": "ended-early"}, Idempotency_Key="once")
    house.settle()

    assert (answer.status_code, again.status_code) == (200, 200)
    last = told(house, pair.id)[-1]
    assert (last.kind, last.who, last.how) == ("pairs", "carla", "POST /v1/pairs/<pair_id>/closure")
    assert last.values == {"state": [pair.state, "closed"]}
    assert last.events == ["mentoring.pair-closed.v1"]
    assert last.cause is not None
    assert [one.revision for one in told(house, pair.id)] == list(range(last.revision + 1))


def test_who_asked_as_the_sign_in_names_them_is_not_told(house: MatchingHouse) -> None:
    house.a_full_programme()
    erasure = house.matching.erasures.ask(HER, "office@example.org")
    house.settle()

    assert told(house, erasure.id)
    assert "office@example.org" not in str(told(house, erasure.id))


@pytest.mark.parametrize("subject", ["Zebulonia.Stone@example.org", "zebulonia.stone"])
def test_whoever_the_token_does_not_name_by_an_id_is_named_nowhere(house: MatchingHouse, subject: str) -> None:
    run = house.a_proposed_run(house.a_full_programme(undo_minutes=10))
    app = make_app(house.matching, Settings(token_key=PUBLIC_KEY), house.backbone)
    office, place = Caller(app, None, ("programme-office",), subject), f"/runs/{run.id}/proposals"
    [first, *_] = office.get(place).json["items"]
    [other, *_] = office.get(f"{place}/{first['id']}/alternatives").json["items"]
    office("POST", f"{place}/{first['id']}/swap", {"mentor_id": other["mentor_id"]})
    two = {"mentor_id": person_id("m2"), "mentee_id": person_id("e1")}
    pair = office("POST", f"/programmes/{run.programme_id}/pairs", two).json["id"]
    ended = [office("POST", f"/pairs/{pair}/{what}", body) for what, body in (
        ("acceptance", None), ("closure", {"reason": "ended-early", "why": "other"}))]
    ruled = office("POST", f"/programmes/{run.programme_id}/exclusions", two)
    erasure = office("POST", f"/people/{HER}/erasure")
    house.settle()

    assert {one.status_code for one in (*ended, ruled, erasure)} <= {200, 201, 202}
    kept = [*house.matching.pairs.store.each({}), *house.matching.rulings.store.each({}),
            *house.matching.erasures.store.each({}), house.matching.runs.get(run.id)]
    logged = [str(one) for one in house.backbone.trail.each(Wanted())]
    heard = [str(one) for topic in (PAIRS, INTERNAL) for one in house.world.heard(topic.name)]
    assert [text for text in (*map(str, kept), *logged, *heard) if "zebulonia" in text.lower()] == []


def test_what_an_event_or_a_job_did_names_it(house: MatchingHouse) -> None:
    programme = house.a_programme()
    job = house.bring(programme, Role.MENTOR, MENTORS)
    [first] = told(house, HER)[:1]

    assert (first.kind, first.what, first.who) == ("people", "added", None)
    assert (first.how, first.cause) == ("timer", f"imports/{job.id}")


def test_auditors_look_it_through_and_take_it_away(house: MatchingHouse, auditor: Caller) -> None:
    programme = house.a_full_programme()
    page = auditor("GET", f"/audit?document={programme.id}&limit=2")
    rest = auditor("GET", page.headers["Link"].partition("/v1")[2].partition(">")[0])
    table = auditor("GET", f"/audit/export?document={programme.id}")
    lines = auditor("GET", "/audit/export?format=jsonl&since=2027-03-01T00:00:00Z&until=2027-03-02T00:00:00Z")

    assert [one["what"] for one in page.json["items"] + rest.json["items"]] == ["changed", "changed", "added"]
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [(row["what"], row["kind"], row["revision"]) for row in rows] == [
        ("added", "programmes", "0"), ("changed", "programmes", "1"), ("changed", "programmes", "2")]
    assert len(lines.text.splitlines()) == house.backbone.trail.head().number
    assert auditor("GET", "/audit/export?until=2027-03-01T00:00:00Z").text.splitlines() == [",".join(rows[0])]
    assert auditor("GET", "/audit?from=yesterday").status_code == 422


@pytest.mark.parametrize("roles", [(), ("programme-office",), ("hr",), ("operator",)])
def test_nobody_else_may(house: MatchingHouse, roles: tuple[str, ...]) -> None:
    other = caller(house, "olaf", *roles)

    assert [other("GET", f"/audit{path}").status_code for path in ("", "/export")] == [403, 403]


def test_of_the_settings_of_a_programme_it_is_told_which_changed_and_who_may_decide_since(house: MatchingHouse) -> None:
    programme = house.a_programme()
    carla = caller(house, "carla", "programme-office")

    for change in ({"coordinator_ids": ["carla", "otto"], "name": "Anew"}, {"gates": []},
                   {"rules": {**DEFAULT, "rules": []}}):
        found = carla("GET", f"/programmes/{programme.id}")
        assert carla("PATCH", f"/programmes/{programme.id}", change, If_Match=found.headers["ETag"]).status_code == 200
    house.settle()

    *_, people, gates, rules = told(house, programme.id)
    assert people.fields == ["plan/name", "plan/coordinator_ids"]
    assert people.values == {"plan/coordinator_ids": [["carla"], ["carla", "otto"]]}
    assert (gates.fields, gates.values["plan/gates"][1]) == (["plan/gates"], [])
    assert (rules.fields, rules.values) == (["plan/rules"], {})


def test_an_erased_person_leaves_ids_and_the_chain_holds(house: MatchingHouse) -> None:
    house.a_full_programme()
    house.matching.erasures.ask(HER, "hr")
    for _ in range(4):
        house.pass_time(seconds=2)
    assert not house.matching.people.store.exists(HER)

    entries = run(house, "export", "--format", "jsonl").output

    assert run(house, "verify").exit_code == 0
    assert told(house, HER)[-1].kind == "erasures"
    assert [one.what for one in told(house, HER) if one.kind == "people"][-1] == "deleted"
    personal = {row[name] for row in MENTORS for name in ("name", "email", "skills", "manager")}
    assert [text for text in personal if text in entries] == []


def test_the_command_says_what_is_whole_and_what_was_altered(house: MatchingHouse) -> None:
    programme = house.a_programme()
    whole = run(house, "verify")
    number, _, digest = whole.output.strip().rpartition(" ")[2].partition(":")
    trail = house.backbone.trail
    [entry] = trail.entries.find({"document": programme.id}, "number", limit=1).documents
    assert run(house, "verify", "--anchor", f"{number}:{digest}").exit_code == 0
    assert "had another hash" in run(house, "verify", "--anchor", f"{number}:{'0' * 64}").output
    assert run(house, "verify", "--anchor", "nothing").exit_code == 2

    trail.entries.replace(Write({**entry, "who": "somebody-else", "version": 1}, ()), 0)

    altered = run(house, "verify")
    assert altered.exit_code == 1
    assert f"entry {entry['number']} was altered: it is about programmes {programme.id}" in altered.output


@pytest.mark.parametrize("said", ["=HYPERLINK(1)", "@SUM(1+1)", "+1", "-1", "\t=1", "＝1"])
def test_no_cell_of_the_table_is_a_formula(house: MatchingHouse, said: str) -> None:
    house.log.publish([Outgoing(
        id=said, source="/hr", sequence=Number(1, 1), type=HrPersonJoined.type, topic=HR_CHANGES.name, key="a-1",
        time="2027-03-01T08:00:00.000Z", data={"directory_id": "a-1", "name": "Ada", "email": "ada@example.org"},
        correlation_id=said)])
    house.settle()

    [row] = csv.DictReader(io.StringIO(run(house, "export", "--format", "csv").output))
    entry = orjson.loads(run(house, "export", "--format", "jsonl").output)

    assert (row["cause"], row["correlation"]) == (f"'{said}", f"'{said}")
    assert (entry["cause"], entry["correlation"]) == (said, said)


def test_exported_lines_are_enough_to_compute_the_chain_anew(house: MatchingHouse) -> None:
    house.a_full_programme()
    lines = [orjson.loads(line) for line in run(house, "export", "--format", "jsonl").output.splitlines()]
    last = "0" * 64

    for one in sorted(lines, key=lambda one: one["number"]):
        told_hash = one.pop("hash")
        last = hashlib.sha256(last.encode() + orjson.dumps(one, option=orjson.OPT_SORT_KEYS)).hexdigest()
        assert last == told_hash

    assert last == house.backbone.trail.head().hash


@pytest.mark.parametrize("anchor", ["0:" + "a" * 64, "x:" + "a" * 64, "1", "1:abc", "1:" + "g" * 64, "-1:" + "a" * 64])
def test_an_anchor_that_is_typed_wrongly_is_refused(house: MatchingHouse, anchor: str) -> None:
    answer = run(house, "verify", f"--anchor={anchor}")

    assert answer.exit_code == 2
    assert "64 hexadecimal digits" in answer.output


def test_two_hashes_of_one_entry_are_refused(house: MatchingHouse) -> None:
    answer = run(house, "verify", "--anchor", "1:" + "a" * 64, "--anchor", "1:" + "b" * 64)

    assert answer.exit_code == 2
    assert "two hashes of entry 1" in answer.output


def test_while_entries_wait_nothing_is_said_to_be_whole(house: MatchingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    house.a_full_programme()
    house.matching.erasures.ask(HER, "hr")
    monkeypatch.setattr("shared.audit.verifying.LOOKS", 1)

    answer = run(house, "verify")

    assert answer.exit_code == 3
    assert "nothing altered" not in answer.output


def test_views_and_erased_names_are_told_and_say_nothing_of_anybody(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    view = house.matching.saved_views.save(programme.id, "carla", ListName.PEOPLE, "Where is Mia?", "mentor", q="Mia")
    house.matching.saved_views.rename(view.id, "Mia Torres")
    house.matching.saved_views.delete(view.id)
    house.matching.erasures.ask(HER, "office")
    for _ in range(5):
        house.pass_time(seconds=2)

    of_view = told(house, view.id)
    names = [one for one in house.backbone.trail.each(Wanted()) if one.kind == "erased_names"]
    assert [one.what for one in of_view] == ["added", "changed", "changed", "deleted"]
    assert [one.fields for one in of_view[1:3]] == [["name"], ["name", "filter", "q", "gone"]]
    assert of_view[0].values["owner_id"] == [None, "carla"]
    assert {one.what for one in names} == {"added"}
    assert not [text for text in ("Mia", "mia", "m1", "mentor") if text in str([*of_view, *names])]
    assert list(house.matching.saved_views.store.each({})) == []
