"""What follows from one pair is asked of the store once, however many pairs there are."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import pytest

from services.matching.contracts.participants import Role
from services.matching.domain.circle import Shape
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.sweep import Part
from shared.sqlite.database import Database
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse
from tests.unit.matching.test_applications import an_application

Statements = list[tuple[Connection, str]]

MOST = 40
MOST_READS = {"ways": 4, "requests": 2, "circle_seats": 1, "participants": 1, "tasks": 1, "funnels": 1, "programmes": 1,
              "people": 1, "sweeps": 1, "matching_runs": 1, "pairs": 2, "_outbox": 1}
"""For a pair: ways of both when reached and when counted; requests, and proposals by hand, of each."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Statements:
    """Each statement as it is run, and on which connection."""
    seen: Statements = []
    connect = Database._connection

    def traced(database: Database, synchronous: str) -> Connection:
        connection = connect(database, synchronous)
        connection.set_trace_callback(lambda statement: seen.append((connection, statement)))
        return connection
    monkeypatch.setattr(Database, "_connection", traced)
    return seen


@pytest.fixture
def house(asked: Statements, tmp_path: Path) -> Iterator[MatchingHouse]:
    with closing(MatchingHouse(tmp_path)) as house:
        yield house


def people(side: str, count: int) -> list[dict[str, str]]:
    return [{"id": f"{side}{number}", "name": f"{side} {number}", "email": f"{side}{number}@example.org",
             "languages": "en", "capacity": "1"} for number in range(count)]


def read(asked: Statements) -> Counter[str]:
    """How often each collection was."""
    tables = (re.match(r'SELECT .* FROM "?(\w+)', statement) for _, statement in asked)
    return Counter(table.group(1) for table in tables if table)


def endorsed(house: MatchingHouse, programme: Programme, endorser: str, names: list[str]) -> None:
    """Somebody is asked about each of these, who would be mentors, too."""
    for name in names:
        one = an_application(house, programme, person_id(name), Role.MENTOR)
        house.matching.applications.store.change(one, lambda it: it.ask_endorsement(endorser, house.clock.now()))


def published(house: MatchingHouse, asked: Statements, pairs: int) -> tuple[int, Counter[str]]:
    """Statements in all, and what was read, until nothing is left to do about so many pairs."""
    programme = house.a_full_programme(people("m", pairs), people("e", pairs))
    run = house.a_proposed_run(programme)
    asked.clear()
    house.matching.runs.publish(run.id)
    house.settle()
    assert len(house.pairs(programme)) == pairs
    return len(asked), read(asked)


def test_a_published_pair_takes_few_statements_and_reads_nothing_twice(house: MatchingHouse, asked: Statements) -> None:
    published(house, asked, 5)
    (least, few), (most, many) = published(house, asked, 5), published(house, asked, 25)

    reads = {table: round((many[table] - few[table]) / 20, 1) for table in many}
    print(f"\n{(most - least) / 20} statements a pair; reads {reads}")
    assert (most - least) / 20 <= MOST
    assert not {table: times for table, times in reads.items() if times > MOST_READS.get(table, 0.5)}


def test_a_yes_reads_each_of_the_two_once(house: MatchingHouse, asked: Statements) -> None:
    programme, pairs = house.a_full_programme(), house.matching.pairs
    pair = pairs.propose(programme.id, person_id("m1"), person_id("e1"), "carla")
    asked.clear()

    pairs.agree(pair.id, "carla")

    assert (read(asked)["participants"], read(asked)["programmes"]) == (2, 1)


def test_who_stays_alone_after_a_run_is_asked_of_all_of_them_at_once(house: MatchingHouse, asked: Statements) -> None:
    programme = house.a_full_programme(people("m", 1), people("e", 21))
    run = house.a_proposed_run(programme)
    asked.clear()

    house.matching.runs.publish(run.id)
    house.settle()

    alone = house.matching.participants.find(programme.id, 50, None, Role.MENTEE).items
    assert sum(one.rounds for one in alone) == 20
    assert read(asked)["pairs"] + read(asked)["circle_seats"] < 20, "some for the pair, and two for all who have none"


def test_whose_name_a_coordinator_may_see_is_asked_of_all_programmes_at_once(
        house: MatchingHouse, asked: Statements) -> None:
    programme, boss = house.a_full_programme(), person_id("m2")
    endorsed(house, programme, boss, [f"e{number}" for number in range(1, 4)])
    asked.clear()

    seen = house.matching.acquaintances.looked_after_by("carla", [boss, person_id("nobody")])

    assert boss in seen
    assert read(asked)["programmes"] == 1
    assert not house.matching.acquaintances.looked_after_by("dora", [boss])


def test_a_mentee_who_joins_a_circle_is_judged_with_all_of_its_mentors_at_once(
        house: MatchingHouse, asked: Statements) -> None:
    programme = house.a_full_programme()
    circle = house.matching.circles.form(programme.id, Shape(name="Six", mentor_ids=(person_id("m1"), person_id("m2"))))
    house.settle()
    mentee = house.matching.participants.taking_part(programme.id, person_id("e1"), Role.MENTEE)
    asked.clear()

    house.matching.circles.require_allowed(circle, mentee)

    assert read(asked)["people"] == 2, "all three, and their managers"


def test_the_overview_of_a_programme_counts_its_tasks_once(house: MatchingHouse, asked: Statements) -> None:
    programme = house.a_full_programme()
    asked.clear()

    house.matching.summaries.of(programme.id)

    assert read(asked)["tasks"] == 1


@pytest.mark.parametrize("text", ["", "python"])
def test_offers_read_who_takes_part_once(house: MatchingHouse, asked: Statements, text: str) -> None:
    programme = house.a_full_programme(MENTORS, MENTEES, requests_allowed=True)
    asked.clear()

    offers = house.matching.offering.offers(programme.id, person_id("e2"), text)

    assert offers
    assert read(asked)["participants"] == 2, "the mentee, and the mentors"


def test_the_rows_of_a_run_are_read_in_the_order_of_an_index(house: MatchingHouse, asked: Statements) -> None:
    published(house, asked, 5)
    pages = {statement: connection for connection, statement in asked if 'FROM "proposals"' in statement}

    assert any("ORDER BY" in statement for statement in pages)
    assert not sorted_by_itself(pages)


@pytest.mark.parametrize("part", Part)
def test_the_hourly_look_at_a_programme_reads_in_the_order_of_an_index(
        house: MatchingHouse, asked: Statements, part: Part) -> None:
    programme = house.a_full_programme()
    asked.clear()

    house.matching.sweeps.agreeing.chunk(part, programme.id, "a", 200)

    pages = {statement: connection for connection, statement in asked if "ORDER BY" in statement}
    assert pages
    assert not sorted_by_itself(pages)


def sorted_by_itself(pages: dict[str, Connection]) -> list[str]:
    """Steps in which something is sorted that no index has in order."""
    plans = [row[3] for statement, connection in pages.items()
             for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    return [plan for plan in plans if "TEMP B-TREE" in plan]
