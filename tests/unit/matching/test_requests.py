"""Requests on the whole service: asked once each, whatever stops, and beside runs and pairs by hand."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from services.matching.application.pairs import BarredByRule
from services.matching.application.requests import DeclinedBefore, RequestOpen
from services.matching.contracts.pairs import PAIRS, PairState
from services.matching.contracts.participants import Role
from services.matching.contracts.requests import REQUESTS, RequestState
from services.matching.domain.choice import BadChoices, DeclineReason
from services.matching.domain.pair import AlreadyDecided
from services.matching.domain.participant import NotTakingPart, application_id
from services.matching.domain.person import person_id
from services.matching.domain.programme import NoRequests, Programme
from services.matching.domain.request import Request
from services.matching.domain.seats import NoFreeSeat
from services.matching.domain.task import TaskKind, TaskState
from shared.runtime.backbone import Backbone
from shared.runtime.engines import open_store
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.mortal import killed_after, revived
from tests.unit.matching.test_moves import moved

MENTORS = [{"id": f"m{n}", "name": f"M {n}", "email": f"m{n}@example.org", "capacity": "1", "manager": f"b{n}"}
           for n in range(1, 5)]
MENTEES = [{"id": f"e{n}", "name": f"E {n}", "email": f"e{n}@example.org", "manager": f"x{n}", "wishes": "m1; m2; m3"}
           for n in range(1, 4)]
M1, M2, M3, M4, E1, E2 = (person_id(one) for one in ("m1", "m2", "m3", "m4", "e1", "e2"))


def a_programme(house: MatchingHouse, **settings: Any) -> Programme:
    return house.a_full_programme(MENTORS, MENTEES, requests_allowed=True, **settings)


def a_request(house: MatchingHouse, programme: Programme, mentee: str = E1, *mentors: str) -> Request:
    request = house.matching.requests.open(programme.id, mentee, mentors or None)
    house.settle()
    return request


def now(house: MatchingHouse, request: Request) -> Request:
    return house.matching.requests.get(request.id)


def states(house: MatchingHouse, request: Request) -> list[str]:
    return [one.state.value for one in now(house, request).choices]


def asked(house: MatchingHouse) -> list[str]:
    """Whom the log says was asked, in order; the same event may stand there twice, and whoever hears it knows."""
    found = {one.id: one.data["mentor_id"] for one in house.world.heard(REQUESTS.name)
             if one.type.endswith("pair-requested.v1")}
    return list(found.values())


def decline(house: MatchingHouse, request: Request, mentor: str) -> None:
    house.matching.requests.decline(request.id, mentor, DeclineReason.NO_TIME, "")
    house.settle()


@pytest.mark.feature("C4")
def test_without_names_the_wishes_of_the_application_are_asked(house: MatchingHouse) -> None:
    request = a_request(house, a_programme(house))

    assert [one.mentor_id for one in request.choices] == [M1, M2, M3]
    assert asked(house) == [M1]


@pytest.mark.feature("C2")
@pytest.mark.feature("S4.11")
def test_a_yes_makes_the_pair_and_ends_the_request(house: MatchingHouse) -> None:
    request = a_request(house, a_programme(house))

    pair = house.matching.requests.accept(request.id, M1)
    house.settle()

    assert (pair.state, pair.mentor_id, pair.mentee_id) == (PairState.AWAITING_TRAINING, M1, E1)
    assert (now(house, request).state, now(house, request).pair_id) == (RequestState.ACCEPTED, pair.id)
    assert house.told(REQUESTS.name) == ["pair-requested", "request-accepted"]
    house.pass_time(days=30)
    assert asked(house) == [M1]


@pytest.mark.feature("C4")
def test_silence_for_three_working_days_asks_the_next_and_at_the_end_the_coordinator(house: MatchingHouse) -> None:
    programme = a_programme(house)
    request = a_request(house, programme)

    house.pass_time(days=3, hours=14, minutes=59)
    assert states(house, request) == ["asked", "waiting", "waiting"], "it is Thursday, 23:59 in Berlin"
    house.pass_time(minutes=1)
    assert states(house, request) == ["expired", "asked", "waiting"]
    house.pass_time(days=5)
    assert states(house, request) == ["expired", "expired", "asked"]
    house.pass_time(days=5)

    [task] = house.matching.tasks.find(programme.id, 10, None, TaskState.OPEN).items
    assert (task.kind, task.request_id) == (TaskKind.REQUEST_EXHAUSTED, request.id)
    assert house.matching.summaries.of(programme.id).to_do["requests_exhausted"] == 1
    assert asked(house) == [M1, M2, M3]


@pytest.mark.feature("C4")
def test_the_silent_are_reminded_after_one_working_day_and_after_two(house: MatchingHouse) -> None:
    a_request(house, a_programme(house))

    counts = []
    for _ in range(3):
        house.pass_time(days=1)
        counts.append(house.told(REQUESTS.name).count("request-reminder-due"))

    assert counts == [1, 2, 2]


@pytest.mark.feature("C4")
def test_how_many_days_is_a_setting_of_the_programme(house: MatchingHouse) -> None:
    request = a_request(house, a_programme(house, request_days=1))

    house.pass_time(days=2)

    assert states(house, request) == ["expired", "asked", "waiting"]


@pytest.mark.feature("C4")
@pytest.mark.parametrize(("programme_has", "person_has", "day"), [
    ("", "", "2027-03-04"), ("ET", "", "2027-03-05"), ("ET", "DE-BE", "2027-03-04"), ("ET", "Germany", "2027-03-05"),
    ("", "ET", "2027-03-05")])
def test_holidays_are_those_of_whoever_must_answer_else_of_the_programme(
        house: MatchingHouse, programme_has: str, person_has: str, day: str) -> None:
    """The second of March is the day of Adwa."""
    programme = a_programme(house, holiday_calendar=programme_has)
    house.matching.people.store.change(M1, lambda one: one.change(
        replace(one.details, holiday_calendar=person_has), house.clock.now()))

    request = a_request(house, programme, E1, M1)

    answer_by = now(house, request).choice(M1).answer_by
    assert answer_by is not None
    assert answer_by.date().isoformat() == day


@pytest.mark.feature("C4")
def test_the_task_is_done_when_the_mentee_has_a_mentor(house: MatchingHouse) -> None:
    programme = a_programme(house)
    decline(house, a_request(house, programme, E1, M1), M1)
    [task] = house.matching.tasks.find(programme.id, 10, None, TaskState.OPEN).items

    pair = house.matching.pairs.propose(programme.id, M4, E1, "carla")
    house.matching.pairs.agree(pair.id, "carla")
    house.settle()

    assert house.matching.tasks.get(task.id).state is TaskState.DONE


@pytest.mark.feature("C4")
def test_two_workers_that_ring_at_once_ask_the_next_once(house: MatchingHouse) -> None:
    programme = a_programme(house)
    request = a_request(house, programme)
    other = house.a_worker()
    house.clock.set(house.clock.now() + timedelta(days=4))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda worker: worker.clock.step(), [house.worker, other] * 8))
    house.settle()

    assert asked(house) == [M1, M2]
    assert states(house, request) == ["expired", "asked", "waiting"]


@pytest.mark.feature("C4")
def test_two_whole_workers_at_work_ask_each_choice_once(house: MatchingHouse, tmp_path: Path) -> None:
    request = a_request(house, a_programme(house))
    house.worker.stop()
    store = open_store(f"sqlite:{tmp_path}?synchronous=NORMAL&min_free=0", "matching")
    backbone = Backbone("matching", store, house.log, house.clock)
    workers = [house.a_worker(), house.a_worker(backbone)]
    for one in workers:
        one.start()

    try:
        for number in (1, 2, 3):
            house.clock.set(house.clock.now() + timedelta(days=7))
            until(lambda number=number: states(house, request).count("expired") == number)  # type: ignore[misc]
    finally:
        for one in workers:
            one.stop()
        backbone.close()
    house.worker = house.a_worker()
    house.settle()

    assert asked(house) == [M1, M2, M3]


def until(true: Callable[[], bool]) -> None:
    """Loops of their own pace are waited for, a minute at most."""
    wait, deadline = Event().wait, time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        wait(0.01)


@pytest.mark.feature("C4")
def test_a_yes_that_is_not_heard_yet_is_not_overtaken_by_the_clock(tmp_path: Path) -> None:
    house = MatchingHouse(tmp_path)
    request = a_request(house, a_programme(house))
    house.matching.requests.accept(request.id, M1)

    house.clock.set(house.clock.now() + timedelta(days=7))
    house.matching.requests.ring(request.id, house.clock.now())
    house.settle()

    assert house.told(REQUESTS.name) == ["pair-requested", "request-accepted"]
    assert states(house, request) == ["accepted", "waiting", "waiting"]
    house.close()


@pytest.mark.feature("C4")
def test_who_has_said_yes_cannot_say_no_before_it_is_heard(house: MatchingHouse) -> None:
    request = a_request(house, a_programme(house))
    house.matching.requests.accept(request.id, M1)

    with pytest.raises(AlreadyDecided):
        house.matching.requests.decline(request.id, M1, DeclineReason.OTHER, "")
    with pytest.raises(AlreadyDecided):
        house.matching.requests.withdraw(request.id)
    house.settle()

    assert (asked(house), now(house, request).state) == ([M1], RequestState.ACCEPTED)


def test_a_list_without_a_name_asks_nobody(tmp_path: Path) -> None:
    house = MatchingHouse(tmp_path)

    with pytest.raises(BadChoices):
        house.matching.requests.open(a_programme(house).id, E1, [])

    house.close()


@pytest.mark.slow
@pytest.mark.feature("C4")
@pytest.mark.parametrize("writes", [1, 2])
def test_a_kill_after_any_write_of_the_cascade_asks_nobody_twice(tmp_path: Path, writes: int) -> None:
    house = MatchingHouse(tmp_path)
    programme = a_programme(house)
    request = a_request(house, programme)
    deaths = 0

    for _ in range(4):
        house.clock.set(house.clock.now() + timedelta(days=7))
        deaths += killed_after(house, writes)
        revived(house)

    assert deaths
    assert asked(house) == [M1, M2, M3]
    assert states(house, request) == ["expired"] * 3
    assert len(house.matching.tasks.find(programme.id, 10, None, TaskState.OPEN).items) == 1
    house.close()


@pytest.mark.feature("C4")
def test_everything_delivered_again_asks_nobody_again(house: MatchingHouse) -> None:
    request = a_request(house, a_programme(house))
    decline(house, request, M1)
    house.matching.requests.accept(request.id, M2)
    house.settle()
    before = now(house, request).version

    house.world.again()
    house.settle()

    assert now(house, request).version == before


@pytest.mark.feature("B3")
@pytest.mark.feature("C2")
def test_accepts_at_once_never_exceed_the_mentors_room_and_the_others_go_on(house: MatchingHouse) -> None:
    programme = a_programme(house)
    requests = [a_request(house, programme, person_id(f"e{n}"), M1, M2) for n in (1, 2, 3)]

    def accept(request: Request) -> str:
        try:
            return house.matching.requests.accept(request.id, M1).state
        except NoFreeSeat as refusal:
            return refusal.code

    with ThreadPoolExecutor(3) as pool:
        answers = Counter(pool.map(accept, requests))
    house.settle()

    assert answers == {"awaiting-training": 1, "no-free-seat": 2}
    assert sorted(states(house, one)[0] for one in requests) == ["accepted", "skipped", "skipped"]
    assert Counter(asked(house)) == {M1: 3, M2: 2}


def test_a_mentor_without_room_is_neither_offered_nor_asked(house: MatchingHouse) -> None:
    programme = a_programme(house)
    house.matching.requests.accept(a_request(house, programme, E2, M1).id, M1)
    house.settle()

    request = a_request(house, programme)

    assert states(house, request) == ["skipped", "asked", "waiting"]
    assert M1 not in {one.mentor_id for one in house.matching.offering.offers(programme.id, E1)}
    assert M1 not in asked(house)[1:]


@pytest.mark.feature("C9")
def test_a_reporting_line_refuses_by_name(house: MatchingHouse) -> None:
    programme = house.a_full_programme(MENTORS, [{**MENTEES[0], "manager": "m2"}], requests_allowed=True)

    with pytest.raises(BarredByRule, match="reporting-line"):
        a_request(house, programme, E1, M2)
    assert M2 not in {one.mentor_id for one in house.matching.offering.offers(programme.id, E1)}


@pytest.mark.feature("C2")
def test_who_is_paired_by_a_run_meanwhile_asks_nobody_any_more(house: MatchingHouse) -> None:
    programme = a_programme(house)
    requests = [a_request(house, programme, person_id(f"e{n}")) for n in (1, 2, 3)]

    house.a_published_run(programme)
    house.pass_time(days=30)

    assert {now(house, one).state for one in requests} == {RequestState.WITHDRAWN}
    assert house.told(PAIRS.name) == ["pair-created"] * 3


@pytest.mark.parametrize(("rules", "columns"), [(None, ("wishes",)), ("three", ("first", "second", "third"))])
def test_a_run_counts_whom_a_mentee_asks_as_the_wish(house: MatchingHouse, rules: str | None,
                                                     columns: tuple[str, ...]) -> None:
    own = {"wishes": {"columns": list(columns), "points": [24, 16, 8]}} if rules else None
    programme = a_programme(house, rules=own)
    request = a_request(house, programme, E1, M3, M4)
    decline(house, request, M3)

    run = house.a_proposed_run(programme)

    [found] = [one for one in house.matching.runs.proposals(run.id, 50, None).items if one.mentee_id == E1]
    assert found.mentor_id == M4
    assert [(one.criterion, one.points) for one in found.reasons] == [("wish", 24)]


def test_a_pair_from_before_the_request_does_not_end_it(house: MatchingHouse) -> None:
    programme = house.a_full_programme(MENTORS, [{**MENTEES[0], "capacity": "2"}], requests_allowed=True)
    pair = house.matching.pairs.propose(programme.id, M4, E1, "carla")
    house.matching.pairs.agree(pair.id, "carla")
    house.clock.set(house.clock.now() + timedelta(seconds=1))

    request = a_request(house, programme)

    assert states(house, request)[0] == "asked"


@pytest.mark.feature("C2")
def test_a_mentee_with_room_for_another_goes_on_asking_beside_a_pair(house: MatchingHouse) -> None:
    programme = house.a_full_programme(MENTORS, [{**MENTEES[0], "capacity": "3"}], requests_allowed=True)
    request, found = a_request(house, programme), []

    for mentor in (M4, M1):
        pair = house.matching.pairs.propose(programme.id, mentor, E1, "carla")
        house.matching.pairs.agree(pair.id, "carla")
        house.settle()
        found.append(states(house, request))

    assert found == [["asked", "waiting", "waiting"], ["skipped", "asked", "waiting"]]
    house.matching.requests.accept(request.id, M2)
    house.settle()
    assert now(house, request).state is RequestState.ACCEPTED


@pytest.mark.feature("C2")
def test_a_programme_that_takes_requests_no_more_ends_those_under_way(house: MatchingHouse) -> None:
    programme = a_programme(house)
    request = a_request(house, programme)

    house.matching.programmes.change(programme.id, {"requests_allowed": False}, None)
    with pytest.raises(NoRequests):
        house.matching.requests.accept(request.id, M1)
    house.settle()

    assert now(house, request).state is RequestState.WITHDRAWN
    assert house.world.heard(REQUESTS.name)[-1].data["because"] == "requests-ended"
    assert not house.matching.tasks.find(programme.id, 10, None).items


def test_a_mentor_who_takes_a_break_or_leaves_makes_room_for_the_next(house: MatchingHouse) -> None:
    programme = a_programme(house)
    request = a_request(house, programme)

    house.matching.participants.pause(application_id(programme.id, M1, Role.MENTOR))
    house.settle()
    assert states(house, request) == ["skipped", "asked", "waiting"]
    house.matching.people.leave(M2)
    house.settle()

    assert states(house, request) == ["skipped", "skipped", "asked"]


def test_a_mentee_who_leaves_asks_nobody(house: MatchingHouse) -> None:
    request = a_request(house, a_programme(house))

    house.matching.people.leave(E1)
    house.settle()

    assert now(house, request).state is RequestState.WITHDRAWN


def test_a_programme_that_ends_ends_its_requests_and_no_task_is_left(house: MatchingHouse) -> None:
    programme = a_programme(house, request_days=30)
    house.clock.set(house.clock.now() + timedelta(days=270))
    request = a_request(house, programme)

    house.pass_time(days=10)

    assert now(house, request).state is RequestState.WITHDRAWN
    assert not house.matching.tasks.find(programme.id, 10, None).items


def test_erasure_leaves_no_word_of_a_request(house: MatchingHouse) -> None:
    request = a_request(house, a_programme(house))
    house.matching.requests.ask_for_more(request.id, M1, "Who are you?")
    house.matching.requests.reply(request.id, "Somebody.")
    house.matching.requests.decline(request.id, M1, DeclineReason.OTHER, "too near")
    house.settle()

    house.matching.erasures.ask(M1, "hr")
    for _ in range(5):
        house.pass_time(minutes=10)

    choice = now(house, request).choices[0]
    assert (choice.note, choice.question, choice.reply) == ("", "", "")


@pytest.mark.feature("C17")
def test_an_export_holds_the_refusal_for_the_mentor_and_not_for_the_mentee(house: MatchingHouse) -> None:
    request = a_request(house, a_programme(house))
    house.matching.requests.decline(request.id, M1, DeclineReason.TOO_CLOSE, "a neighbour")
    house.settle()

    exports = {one: repr(house.matching.exporting.of(one)["requests"]) for one in (M1, M2, M3, E1)}

    assert [one for one, text in exports.items() if "a neighbour" in text] == [M1]
    assert exports[M3] == "[]"
    assert M1 not in exports[M2]


def test_one_list_at_a_time_and_nobody_is_asked_again_who_said_no(house: MatchingHouse) -> None:
    programme = a_programme(house)
    request = a_request(house, programme)

    with pytest.raises(RequestOpen):
        a_request(house, programme)
    decline(house, request, M1)
    house.matching.requests.withdraw(request.id)
    with pytest.raises(DeclinedBefore):
        a_request(house, programme, E1, M1)
    with pytest.raises(AlreadyDecided):
        house.matching.requests.accept(request.id, M2)


def test_only_those_who_take_part_in_a_programme_with_requests(house: MatchingHouse) -> None:
    programme, other = a_programme(house), house.a_full_programme(MENTORS, MENTEES)

    with pytest.raises(NoRequests):
        a_request(house, other)
    with pytest.raises(NotTakingPart):
        a_request(house, programme, E1, E2)
    house.matching.requests.accept(a_request(house, programme).id, M1)
    with pytest.raises(NoFreeSeat):
        a_request(house, programme)


def is_excluded(house: MatchingHouse, programme: Programme) -> None:
    house.matching.rulings.exclude(programme.id, M1, E1, by="carla")


def is_moved_under_the_mentor(house: MatchingHouse, _programme: Programme) -> None:
    moved(house, E1, M1)


def sees_the_mentor_moved_under_them(house: MatchingHouse, _programme: Programme) -> None:
    moved(house, M1, E1)


def has_a_boss_under_the_mentor(house: MatchingHouse, _programme: Programme) -> None:
    moved(house, person_id("x1"), M1)


@pytest.mark.feature("C9")
@pytest.mark.parametrize("turn", [is_excluded, is_moved_under_the_mentor, sees_the_mentor_moved_under_them,
                                  has_a_boss_under_the_mentor])
def test_a_mentor_whom_a_rule_bars_by_now_is_asked_no_more_and_the_next_one_is(
        house: MatchingHouse, turn: Callable[[MatchingHouse, Programme], None]) -> None:
    programme = a_programme(house)
    house.bring(house.a_programme(), Role.MENTEE, [{"id": "x1", "name": "X", "email": "x@example.org"}])
    request = a_request(house, programme)
    house.settle()

    turn(house, programme)
    house.settle()

    assert states(house, request) == ["skipped", "asked", "waiting"]
    assert now(house, request).asked_id == M2


def test_an_exclusion_of_whom_nobody_asks_changes_no_request(house: MatchingHouse) -> None:
    programme = a_programme(house)
    request = a_request(house, programme)
    house.settle()

    house.matching.rulings.exclude(programme.id, M1, E2, by="carla")
    house.settle()

    assert states(house, request) == ["asked", "waiting", "waiting"]
