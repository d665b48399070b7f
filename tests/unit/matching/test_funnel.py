"""The funnel: each person once a role and step, the first time, in whatever order and however often events come."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from services.matching.contracts.pairs import CloseReason, Party
from services.matching.contracts.participants import Role
from services.matching.domain.funnel import Funnel, FunnelStep
from services.matching.domain.participant import application_id
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.way import Step, Way
from shared.kernel.clock import iso
from shared.kernel.errors import Busy, NotFound
from shared.kernel.events import Sequence
from shared.messaging.envelope import Received
from shared.store.documents import Write
from tests.unit.matching.house import MENTEES, MENTORS, MONDAY, MatchingHouse, as_csv
from tests.unit.matching.mortal import killed_after, revived
from tests.unit.matching.test_applications import ANNA, people
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_

MENTEE = Role.MENTEE


def a_way(id: str, **days: int) -> Way:
    """Reached each step on this day."""
    way = Way(id=id, programme_id="p", role=MENTEE)
    for step, day in days.items():
        way.reach(Step(step), MONDAY + timedelta(days=day, hours=day % 3))
    return way


def counted(funnel: Funnel, *ways: Way) -> Funnel:
    """A batch from beginning to end."""
    funnel.take(ways, MONDAY)
    for way in ways:
        way.be_counted(funnel.taken[way.id], funnel.batch)
    funnel.settle(funnel.batch, MONDAY)
    return funnel


def steps(funnel: Funnel) -> list[tuple[int, int, int, int | None]]:
    return [(one.count, one.came, one.lost, one.days) for one in funnel.steps(MENTEE)]


def test_steps_say_who_came_who_was_lost_and_how_long_it_took() -> None:
    funnel = counted(Funnel(id="p"), a_way("a", invited=0, applied=3, approved=5, matched=30), a_way("b", invited=0),
                     a_way("c", invited=2, applied=9), a_way("d", approved=4, matched=6))

    assert steps(funnel) == [(3, 0, 0, None), (2, 2, 1, 3), (2, 1, 1, 2), (2, 2, 0, 1), (0, 0, 2, None),
                             (0, 0, 0, None)]
    assert funnel.steps(Role.MENTOR)[0] == FunnelStep(step=Step.INVITED, count=0)


def test_how_long_a_first_session_takes_counts_those_who_wait_as_the_curve_does() -> None:
    ways = [a_way("a", matched=0, met=5), a_way("b", matched=0, met=9), a_way("c", matched=0), a_way("d", matched=0),
            a_way("e", matched=0, met=30)]
    funnel, today = counted(Funnel(id="p"), *ways), (MONDAY + timedelta(days=60)).date()

    met = next(one for one in funnel.steps(MENTEE, today) if one.step is Step.MET)

    assert met.days == funnel.first_sessions(MENTEE, today).median_days == 30
    assert steps(funnel)[4] == (3, 3, 2, 9)


@pytest.mark.feature("A6")
def test_who_has_another_pair_waits_on_for_a_first_session_when_one_ends(house: MatchingHouse) -> None:
    programme, pairs, mia = house.a_full_programme(), house.matching.pairs, person_id("m1")
    first, second = (pairs.propose(programme.id, mia, person_id(one), "carla") for one in ("e1", "e2"))
    for one in (first, second):
        pairs.agree(one.id, "carla")
    house.settle()

    parted = []
    for one in (first, second):
        house.pass_time(days=1)
        pairs.close(one.id, CloseReason.ENDED_EARLY, "carla")
        house.settle()
        parted.append([house.matching.funnels.ways.get(application_id(programme.id, who, role)).parted_at is not None
                       for who, role in ((mia, Role.MENTOR), (person_id("e1"), Role.MENTEE))])

    assert parted == [[False, True], [True, True]]


@pytest.mark.feature("A6")
def test_a_proposal_of_which_nothing_came_ends_nobodys_wait_for_a_first_session(house: MatchingHouse) -> None:
    programme, pairs, mia = house.a_full_programme(), house.matching.pairs, person_id("m1")
    going_on, never = (pairs.propose(programme.id, mia, person_id(one), "carla") for one in ("e1", "e2"))
    pairs.agree(going_on.id, "carla")
    house.settle()
    house.pass_time(days=1)

    pairs.close(never.id, CloseReason.DECLINED, "carla")
    house.settle()
    way = house.matching.funnels.ways.get(application_id(programme.id, mia, Role.MENTOR))
    pairs.close(going_on.id, CloseReason.ENDED_EARLY, "carla")
    house.settle()

    assert (way.parted_at, Step.MATCHED in way.reached) == (None, True)
    assert house.matching.funnels.ways.get(way.id).parted_at


def test_who_was_invited_after_they_had_applied_did_not_come_by_it() -> None:
    funnel = counted(Funnel(id="p"), a_way("a", applied=0, invited=6, approved=9), a_way("b", invited=0, applied=3))

    assert steps(funnel)[:3] == [(2, 0, 0, None), (2, 1, 1, 3), (1, 1, 1, 9)]


def test_a_campaign_is_told_only_what_came_after_it() -> None:
    old, new = a_way("a", applied=0, approved=2, matched=4), a_way("b")
    for way in (old, new):
        way.reach(Step.APPLIED, MONDAY + timedelta(days=30), "K7Q2MXB-m")
    new.reach(Step.APPROVED, MONDAY + timedelta(days=30))
    for way in (old, new):
        way.reach(Step.COMPLETED, MONDAY + timedelta(days=90))

    assert counted(Funnel(id="p"), old, new).brought(MENTEE, "K7Q2MXB-m") == {
        Step.APPLIED: 2, Step.APPROVED: 1, Step.MATCHED: 0, Step.COMPLETED: 2}


def test_order_and_repeats_of_events_change_nothing() -> None:
    days = {"invited": 0, "applied": 3, "approved": 5, "matched": 30, "met": 41, "completed": 200}
    straight = counted(Funnel(id="p"), a_way("a", **days))
    chance, way, funnel = Random(7), Way(id="a", programme_id="p", role=MENTEE), Funnel(id="p")

    for step in chance.sample([*days] * 5, 25):
        late = timedelta(days=chance.choice([0, 0, 12]) if step in way.reached else 0)
        way.reach(Step(step), MONDAY + timedelta(days=days[step], hours=days[step] % 3) + late)
        counted(funnel, way)

    assert funnel.counts == straight.counts
    assert way.to_count == ""


def of_shape_1(programme: Programme, who: str, **reached: int) -> dict[str, Any]:
    """A way of a mentee, as it was stored and counted when nobody met."""
    moments = {step: iso(MONDAY + timedelta(days=day)) for step, day in reached.items()}
    days = reached["completed"] - reached["matched"]
    return {"_id": application_id(programme.id, person_id(who), MENTEE), "version": 2, "shape": 1, "due_at": None,
            "sequence": "000001.000000000000", "timers": {}, "applied": [], "answered": [], "role": "mentee",
            "programme_id": programme.id, "reached": moments, "to_count": "", "counted_in": 1, "counted": [
                "mentee matched", "mentee completed", "mentee matched>completed", f"mentee matched>completed {days}"]}


def test_whoever_completed_before_first_sessions_were_counted_met(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.pass_time(minutes=10)
    funnels, before = house.matching.funnels, house.matching.funnels.of(programme.id).counts
    ways = [of_shape_1(programme, who, matched=first, completed=last)
            for who, first, last in (("e1", 0, 90), ("e2", 5, 80))]
    stored = funnels.store.documents.get(programme.id) or {}
    counts = Counter(before) + Counter(name for way in ways for name in way["counted"])
    for kept, old in (*((funnels.ways.documents, way) for way in ways),
                      (funnels.store.documents, {**stored, "counts": dict(counts), "shape": 1})):
        kept.delete(old["_id"], (kept.get(old["_id"]) or {})["version"])
        assert kept.insert([Write(old, ())]) == [True]

    then = steps(funnels.of(programme.id))[4:]
    first = house.matching.countings.of(programme.id, MENTEE, Step.MET, 1, None)
    second = house.matching.countings.of(programme.id, MENTEE, Step.MET, 1, first.after)
    funnels.ways.change(ways[0]["_id"], lambda way: way.reach(Step.MET, MONDAY + timedelta(days=9)))
    funnels.store.change(programme.id, lambda funnel: funnel.stir(house.clock.now()))
    house.pass_time(minutes=10)

    assert then == [(2, 2, 0, 75), (2, 2, 0, None)]
    assert {one.person_id for one in (*first.items, *second.items)} == {person_id("e1"), person_id("e2")}
    assert second.after is None
    assert steps(funnels.of(programme.id))[4:] == [(2, 2, 0, 9), (2, 2, 0, 81)]


def test_a_worker_that_was_thought_dead_counts_nothing_twice() -> None:
    funnel, way = Funnel(id="p"), a_way("a", invited=0)
    funnel.take([way], MONDAY)
    slow, batch = funnel.taken["a"], funnel.batch
    counted(funnel, way)
    way.be_counted(slow, batch)
    funnel.settle(batch, MONDAY)
    way.reach(Step.APPLIED, MONDAY)
    counted(funnel, way)

    way.be_counted(slow, batch)

    assert way.to_count == ""
    assert steps(funnel)[:2] == [(1, 0, 0, None), (1, 1, 0, 0)]


def test_a_batch_that_is_open_is_finished_before_the_next() -> None:
    funnel, way = Funnel(id="p"), a_way("a", invited=0)
    funnel.take([way], MONDAY)
    before = dict(funnel.counts)

    funnel.take([a_way("b", invited=0)], MONDAY)

    assert (funnel.counts, funnel.batch) == (before, 1)


@pytest.mark.slow
@pytest.mark.parametrize("writes", range(1, 25, 2))
def test_counting_killed_after_any_write_counts_everybody_once(tmp_path: Path, writes: int) -> None:
    house = MatchingHouse(tmp_path)
    people(house, "anna")
    programme = house.a_programme()
    for role, rows in ((Role.MENTOR, MENTORS), (Role.MENTEE, MENTEES)):
        house.matching.imports.start(house.matching.imports.check(programme.id, role, as_csv(rows)).id)
    house.matching.applications.write(programme.id, ANNA, Role.MENTEE, {})

    assert killed_after(house, writes, house.matching.funnels.store, house.matching.funnels.ways)
    revived(house)

    funnel = house.matching.funnels.of(programme.id)
    assert {role: [one.count for one in funnel.steps(role)] for role in Role} == {
        Role.MENTOR: [0, 0, 2, 0, 0, 0], Role.MENTEE: [0, 0, 3, 0, 0, 0]}
    assert funnel.taken == {}
    house.close()


@pytest.mark.slow
def test_events_and_counts_of_many_workers_at_once_add_up(house: MatchingHouse) -> None:
    funnels, programme = house.matching.funnels, house.a_programme()
    people_, days = [f"person-{number}" for number in range(60)], [*range(0, 60, 10)]
    told = [(who, step, day) for who in people_ for step, day in zip(Step, days, strict=True)] * 2
    Random(3).shuffle(told)
    stop = threading.Event()

    def hear(part: list[tuple[str, Step, int]]) -> None:
        """As a consumer does: while others are faster it comes again."""
        for who, step, day in part:
            while True:
                with suppress(Busy):
                    funnels.reach(programme.id, [Party(who, MENTEE)], step, heard(day))
                    break

    def count() -> None:
        while not stop.wait(0.002):  # as a worker rests between two looks
            with suppress(Busy, NotFound):
                funnels.ring(programme.id, house.clock.now())

    with ThreadPoolExecutor(6) as workers:
        counting = [workers.submit(count) for _ in range(2)]
        try:
            for done in [workers.submit(hear, told[part::4]) for part in range(4)]:
                done.result()
        finally:
            stop.set()
        for one in counting:
            one.result()
    house.settle()

    assert [(one.count, one.came, one.days) for one in funnels.of(programme.id).steps(MENTEE)] == [
        (60, 0, None), *[(60, 60, 10)] * 5]


def heard(day: int) -> Received:
    """An event of that day; all that the funnel asks of it is when it was."""
    at = iso(MONDAY + timedelta(days=day))
    return Received(id=at, source="/s", sequence=Sequence(1, 1), type="t", topic="t", key="k", time=at, data={})


def test_looking_counts_nothing_and_the_clock_rests_when_nothing_happens(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.pass_time(minutes=2)
    before = house.matching.funnels.store.get(programme.id)

    house.pass_time(days=1)
    after = house.matching.funnels.of(programme.id)

    assert (before.timers, after.version) == ({}, before.version)
    assert house.matching.funnels.as_of(after) == house.clock.now()


def test_coordinators_see_it_with_the_cohort_before(house: MatchingHouse, as_: As) -> None:
    first = house.a_full_programme(sponsor_id="sponsor")
    house.a_published_run(first)
    second = house.matching.programmes.copy(first.id, "Rising again", MONDAY.date() + timedelta(days=300))
    place = f"/programmes/{second.id}/funnel"
    of_first = as_("carla").get(f"/programmes/{first.id}/funnel").json

    assert [(one["step"], one["count"]) for one in of_first["sides"][1]["steps"]] == [
        ("invited", 0), ("applied", 0), ("approved", 3), ("matched", 3), ("met", 0), ("completed", 0)]
    assert of_first["last"] is None
    assert as_("carla").get(place).json["last"]["sides"] == of_first["sides"]
    assert as_("carla").get(f"/programmes/{first.id}/summary").json["funnel"][2:4] == [
        {"step": "approved", "count": 3, "came": 0}, {"step": "matched", "count": 3, "came": 3}]
    house.matching.programmes.change(second.id, {"coordinator_ids": ["otto"]}, None)
    assert as_("otto").get(place).json["last"] is None
    for stranger in (as_("otto"), as_(ANNA), as_("sponsor")):
        assert stranger.get(f"/programmes/{first.id}/funnel").status_code == 404


