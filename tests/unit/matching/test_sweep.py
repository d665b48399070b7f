"""The hourly sweep: faults that were written past the use cases are found, mended or told, and nothing else is."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from structlog.testing import capture_logs

from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.circles import CircleCloseReason, CircleState
from services.matching.contracts.pairs import CloseReason, PairState
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.contracts.people import PersonState
from services.matching.contracts.programmes import ProgrammeState
from services.matching.contracts.requests import RequestState
from services.matching.domain.application import Application
from services.matching.domain.pair import AlreadyDecided, Pair
from services.matching.domain.participant import application_id
from services.matching.domain.person import Person, person_id
from services.matching.domain.programme import Programme
from services.matching.domain.seats import released
from services.matching.domain.sweep import DOUBT, EVERY, Part, Sweep
from services.matching.domain.task import TaskKind, TaskState, task_id
from shared.runtime.metrics import WorkerMetrics
from tests.fault.life import Life
from tests.unit.matching.house import MENTORS, MatchingHouse
from tests.unit.matching.mortal import killed_after
from tests.unit.matching.test_circles import a_circle, join

MIA, MO = person_id("m1"), person_id("m2")
EVA, ELI, ELA = (person_id(name) for name in ("e1", "e2", "e3"))

Seed = Callable[[MatchingHouse, Programme], Callable[[], bool]]
"""Does what a lost event leaves behind; answers whether it is mended."""


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    return house.a_full_programme(requests_allowed=True)


def write(store: Any, id: str, **fields: Any) -> None:
    """Past the use cases: nobody hears of it."""
    def change(one: Any) -> None:
        for name, value in fields.items():
            setattr(one, name, value)
    store.change(id, change)


def swept(house: MatchingHouse) -> None:
    """The next walk, with the second look at whatever did not agree."""
    house.pass_time(hours=EVERY.total_seconds() / 3600)
    for _ in Part:
        house.pass_time(minutes=DOUBT.total_seconds() / 60)


def found(house: MatchingHouse, programme: Programme) -> dict[str, int]:
    return house.matching.sweeps.store.get(programme.id).found


def a_pair(house: MatchingHouse, programme: Programme, mentor: str = MIA, mentee: str = EVA) -> Pair:
    pair = house.matching.pairs.propose(programme.id, mentor, mentee, "carla")
    house.matching.pairs.agree(pair.id, "carla")
    house.settle()
    return house.matching.pairs.get(pair.id)


def part_of(programme: Programme, person: str, role: Role) -> str:
    return application_id(programme.id, person, role)


def gone_but_takes_part(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    write(house.matching.people.store, EVA, state=PersonState.LEFT)
    return lambda: house.matching.participants.has_ended(EVA)


def gone_but_paired(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    pair = a_pair(house, programme)
    write(house.matching.people.store, MIA, state=PersonState.LEFT)
    write(house.matching.participants.store, part_of(programme, MIA, Role.MENTOR), state=ParticipantState.LEFT)
    return lambda: house.matching.pairs.get(pair.id).reason is CloseReason.MENTOR_LEFT


def closed_but_paired(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    pair = a_pair(house, programme)
    write(house.matching.programmes.store, programme.id, state=ProgrammeState.CLOSED)
    return lambda: house.matching.pairs.get(pair.id).reason is CloseReason.ENDED_EARLY


def closing_behind(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    """From before there were last weeks: no timer has rung."""
    pair = a_pair(house, programme)
    plan = replace(programme.plan, ends_on="2027-03-20")
    write(house.matching.programmes.store, programme.id, plan=plan)
    return lambda: house.matching.pairs.get(pair.id).last_weeks


def over_but_seated(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    pair = a_pair(house, programme)
    house.matching.pairs.close(pair.id, CloseReason.ENDED_EARLY, "carla")
    house.settle()
    write(house.matching.pairs.store, pair.id, mentor_seat=pair.mentor_seat, couple=pair.couple)
    return lambda: house.matching.pairs.get(pair.id).seated


def proposed_in_vain(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    """From before proposals ended when a seat was taken."""
    asked = house.matching.pairs.propose(programme.id, MO, EVA, "carla")
    house.matching.pairs.agree(asked.id, EVA)
    write(house.matching.participants.store, part_of(programme, MO, Role.MENTOR), capacity=0)
    return lambda: house.matching.pairs.get(asked.id).state is PairState.CLOSED


def back_but_paused(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    pair = a_pair(house, programme)
    write(house.matching.pairs.store, pair.id, state=PairState.PAUSED, away=(EVA,))
    return lambda: house.matching.pairs.get(pair.id).state is PairState.ACTIVE


def back_but_away(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    named = part_of(programme, EVA, Role.MENTEE)
    write(house.matching.participants.store, named, state=ParticipantState.PAUSED, on_leave=True)
    return lambda: house.matching.participants.get(named).state is ParticipantState.ACTIVE


def away_but_paired(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    house.matching.programmes.change(programme.id, {"gates": []}, None)
    house.settle()
    pair = a_pair(house, programme)
    write(house.matching.people.store, EVA, state=PersonState.ON_LEAVE)
    return lambda: house.matching.pairs.get(pair.id).state is PairState.PAUSED


def away_but_active(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    write(house.matching.people.store, EVA, state=PersonState.ON_LEAVE)
    named = part_of(programme, EVA, Role.MENTEE)
    return lambda: house.matching.participants.get(named).state is ParticipantState.PAUSED


def seated_but_waits(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    join(house, a_circle(house, programme), ELI)
    named = part_of(programme, ELI, Role.MENTEE)
    house.matching.participants.store.change(named, lambda one: one.stay_alone(house.clock.now()))
    return lambda: not house.matching.participants.get(named).turn


def paired_but_waits(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    pair = a_pair(house, programme)
    named = part_of(programme, pair.mentee_id, Role.MENTEE)
    house.matching.participants.store.change(named, lambda one: one.stay_alone(house.clock.now()))
    return lambda: not house.matching.participants.get(named).turn


def withdrawn_but_takes_part(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    named = an_application(house, programme, ApplicationState.WITHDRAWN)
    write(house.matching.participants.store, named, by_application=True)
    return lambda: house.matching.participants.get(named).state is ParticipantState.LEFT


def approved_but_takes_no_part(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    named = an_application(house, programme, ApplicationState.APPROVED, Role.MENTOR)
    return lambda: bool(house.matching.participants.known([named]))


def gone_but_applies(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    write(house.matching.people.store, EVA, state=PersonState.LEFT)
    write(house.matching.participants.store, part_of(programme, EVA, Role.MENTEE), state=ParticipantState.LEFT)
    named = an_application(house, programme, ApplicationState.SUBMITTED, Role.MENTOR)
    return lambda: house.matching.applications.get(named).state is ApplicationState.WITHDRAWN


def closed_but_applies(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    named = an_application(house, programme, ApplicationState.SUBMITTED, Role.MENTOR)
    write(house.matching.programmes.store, programme.id, state=ProgrammeState.CLOSED)
    return lambda: house.matching.applications.get(named).state is ApplicationState.DECLINED


def an_application(house: MatchingHouse, programme: Programme, state: ApplicationState,
                   role: Role = Role.MENTEE) -> str:
    one = Application.begin(programme.id, EVA, role)
    one.state = state
    return house.matching.applications.store.add(one).id


def gone_but_in_circle(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    circle = join(house, a_circle(house, programme), ELI)
    write(house.matching.people.store, ELI, state=PersonState.LEFT)
    write(house.matching.participants.store, part_of(programme, ELI, Role.MENTEE), state=ParticipantState.LEFT)
    return lambda: {one.person_id for one in house.matching.circles.store.get(circle.id).parties} == {MIA}


def left_but_in_circle(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    circle = join(house, a_circle(house, programme), ELI)
    write(house.matching.participants.store, part_of(programme, ELI, Role.MENTEE), state=ParticipantState.LEFT)
    return lambda: {one.person_id for one in house.matching.circles.store.get(circle.id).parties} == {MIA}


def over_but_in_circle(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    circle = join(house, a_circle(house, programme), ELI)
    write(house.matching.circles.store, circle.id, state=CircleState.CLOSED)
    return lambda: not house.matching.circles.seats_of(ELI) and not house.matching.circles.seats_of(MIA)


def seat_taken_twice(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    circle, pair = a_circle(house, programme), a_pair(house, programme)
    [seat] = house.matching.circles.seats_of(MIA)
    write(house.matching.circles.seats, seat.id, seat=f"mentor {pair.mentor_seat}")
    return lambda: (house.matching.circles.seats_of(MIA)[0].name != pair.mentor_seat
                    and bool(house.matching.circles.get(circle.id).parties))


def closed_but_circle(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    circle = a_circle(house, programme)
    write(house.matching.programmes.store, programme.id, state=ProgrammeState.CLOSED)
    return lambda: house.matching.circles.store.get(circle.id).over


def circle_unlike_its_seats(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    circle = join(house, a_circle(house, programme), ELI)
    write(house.matching.circles.store, circle.id, parties=circle.parties[:1])
    return lambda: house.matching.circles.store.get(circle.id).parties == circle.parties


def circle_closing_behind(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    circle = join(house, a_circle(house, programme), EVA, ELI)
    write(house.matching.circles.store, circle.id, last_weeks=True, state=CircleState.CLOSING)
    return lambda: house.matching.circles.store.get(circle.id).state is CircleState.ACTIVE


def request_behind(house: MatchingHouse, programme: Programme) -> Callable[[], bool]:
    request = house.matching.requests.open(programme.id, ELI, [MIA, MO])
    house.settle()
    write(house.matching.participants.store, part_of(programme, MIA, Role.MENTOR), state=ParticipantState.PAUSED)
    return lambda: house.matching.requests.get(request.id).asked_id == MO


MENDED: dict[str, Seed] = {one.__name__.replace("_", "-"): one for one in (
    gone_but_takes_part, gone_but_paired, closed_but_paired, over_but_seated, back_but_paused, back_but_away,
    away_but_paired, away_but_active, closing_behind, paired_but_waits, seated_but_waits,
    withdrawn_but_takes_part, approved_but_takes_no_part, gone_but_applies, closed_but_applies,
    gone_but_in_circle, left_but_in_circle, over_but_in_circle, seat_taken_twice, closed_but_circle,
    circle_unlike_its_seats, circle_closing_behind, request_behind, proposed_in_vain)}


@pytest.mark.parametrize("code", MENDED)
@pytest.mark.slow
def test_what_needs_no_human_is_mended_within_an_hour(house: MatchingHouse, programme: Programme, code: str) -> None:
    is_mended = MENDED[code](house, programme)
    assert not is_mended()

    with capture_logs() as logs:
        swept(house)

    assert is_mended()
    assert found(house, programme)[code] >= 1
    told = [one for one in logs if one["event"] == "disagreement_mended" and one["code"] == code]
    assert told
    assert {name for one in told for name in one} == {"event", "log_level", "programme_id", "code", "document_id"}


def test_what_is_mended_is_not_found_again(house: MatchingHouse, programme: Programme) -> None:
    gone_but_paired(house, programme)
    swept(house)
    once = dict(found(house, programme))

    swept(house)

    assert found(house, programme) == once == {"gone-but-paired": 1}


def test_what_agrees_by_itself_meanwhile_was_on_its_way(house: MatchingHouse, programme: Programme) -> None:
    pair = a_pair(house, programme)
    write(house.matching.people.store, MIA, state=PersonState.LEFT)
    house.pass_time(hours=1)
    house.matching.pairs.end_of_person(MIA)
    house.matching.participants.end(MIA)

    swept(house)

    assert house.matching.pairs.get(pair.id).state is PairState.CLOSED
    assert found(house, programme) == {}


def the_task(house: MatchingHouse, kind: TaskKind, about: str) -> tuple[TaskState, tuple[str, ...]]:
    task = house.matching.tasks.get(task_id(kind, about))
    return task.state, task.rules


def test_a_lowered_capacity_keeps_the_pairs_and_is_a_task_until_there_is_room_again(house: MatchingHouse,
                                                                                   programme: Programme) -> None:
    pairs = [a_pair(house, programme, MIA, mentee) for mentee in (EVA, ELI)]
    house.bring(programme, Role.MENTOR, [{**MENTORS[0], "capacity": "1"}])
    named = part_of(programme, MIA, Role.MENTOR)

    swept(house)

    assert the_task(house, TaskKind.OVER_CAPACITY, named) == (TaskState.OPEN, ("over-capacity",))
    assert all(house.matching.pairs.get(one.id).live for one in pairs)
    assert house.matching.summaries.of(programme.id).to_do["rooms_exceeded"] == 1
    house.matching.pairs.close(pairs[0].id, CloseReason.ENDED_EARLY, "carla")
    swept(house)
    assert the_task(house, TaskKind.OVER_CAPACITY, named) == (TaskState.DONE, ())
    assert found(house, programme) == {"over-capacity": 1, "no-more-over-capacity": 1}


def test_a_pair_of_somebody_who_takes_part_no_more_is_for_coordinators(house: MatchingHouse,
                                                                      programme: Programme) -> None:
    pair = a_pair(house, programme)
    write(house.matching.participants.store, part_of(programme, EVA, Role.MENTEE), state=ParticipantState.LEFT)

    swept(house)

    assert the_task(house, TaskKind.AT_ODDS, pair.id) == (TaskState.OPEN, ("takes-no-part",))
    assert house.matching.pairs.get(pair.id).live


def test_a_pair_under_way_without_a_seat_is_for_coordinators(house: MatchingHouse, programme: Programme) -> None:
    pair, nothing = a_pair(house, programme), released("x")
    write(house.matching.pairs.store, pair.id, mentor_seat=nothing.mentor)

    swept(house)

    assert the_task(house, TaskKind.AT_ODDS, pair.id) == (TaskState.OPEN, ("no-seat",))
    assert house.matching.summaries.of(programme.id).to_do["pairs_at_odds"] == 1


@pytest.mark.feature("O8")
def test_who_came_into_one_reporting_line_unseen_is_for_coordinators_until_they_are_out_of_it(
        house: MatchingHouse, programme: Programme) -> None:
    pair, apart = a_pair(house, programme), house.matching.people.get(EVA).details
    write(house.matching.people.store, EVA, details=replace(apart, manager_id=MIA))

    swept(house)

    assert the_task(house, TaskKind.REPORTING_LINE, pair.id) == (TaskState.OPEN, ("reporting-line",))
    assert house.matching.pairs.get(pair.id).live
    write(house.matching.people.store, EVA, details=apart)
    swept(house)
    assert the_task(house, TaskKind.REPORTING_LINE, pair.id) == (TaskState.DONE, ())
    assert found(house, programme) == {"reporting-line": 1, "no-more-reporting-line": 1}


def told_by_the_directory(house: MatchingHouse, state: PersonState, **more: str) -> None:
    """That Eva is away, or is back."""
    def follow(one: Person) -> None:
        one.entry = replace(one.entry, on_leave=state is PersonState.ON_LEAVE)
        one.follow(replace(one.details, **more), PersonState.ACTIVE, house.clock.now())
    house.matching.people.store.change(EVA, follow)
    house.settle()


@pytest.mark.feature("O8")
def test_what_somebody_had_go_on_during_a_leave_is_not_paused_again_until_the_next(house: MatchingHouse,
                                                                                  programme: Programme) -> None:
    house.matching.programmes.change(programme.id, {"gates": []}, None)
    house.settle()
    pair, named, people = a_pair(house, programme), part_of(programme, EVA, Role.MENTEE), house.matching.people

    def be(state: PersonState) -> None:
        told_by_the_directory(house, state)

    def states() -> tuple[PairState, ParticipantState]:
        return house.matching.pairs.get(pair.id).state, house.matching.participants.get(named).state

    be(PersonState.ON_LEAVE)
    house.matching.pairs.resume(pair.id, "carla")
    house.matching.participants.resume(named)
    people.store.change(EVA, lambda one: one.change(replace(one.details, location="Oslo"), house.clock.now()))
    swept(house)
    here = states()
    be(PersonState.ACTIVE)
    be(PersonState.ON_LEAVE)

    assert here == (PairState.ACTIVE, ParticipantState.ACTIVE)
    assert states() == (PairState.PAUSED, ParticipantState.PAUSED)
    assert found(house, programme) == {}


@pytest.mark.feature("O8")
def test_a_break_that_somebody_ends_during_a_leave_does_not_begin_again_before_the_next(house: MatchingHouse,
                                                                                       programme: Programme) -> None:
    house.matching.programmes.change(programme.id, {"gates": []}, None)
    house.settle()
    pair, named, matching = a_pair(house, programme), part_of(programme, EVA, Role.MENTEE), house.matching

    def be(state: PersonState, **more: str) -> tuple[PairState, ParticipantState]:
        told_by_the_directory(house, state, **more)
        return matching.pairs.get(pair.id).state, matching.participants.get(named).state

    matching.pairs.pause(pair.id, EVA)
    matching.participants.pause(named)
    be(PersonState.ON_LEAVE)
    matching.pairs.resume(pair.id, EVA)
    matching.participants.resume(named)
    swept(house)
    here = be(PersonState.ON_LEAVE, location="Oslo")
    back = be(PersonState.ACTIVE)

    assert here == back == (PairState.ACTIVE, ParticipantState.ACTIVE)
    assert be(PersonState.ON_LEAVE) == (PairState.PAUSED, ParticipantState.PAUSED)
    assert found(house, programme) == {}


def test_a_pair_made_with_somebody_who_takes_part_through_a_leave_goes_on(house: MatchingHouse,
                                                                         programme: Programme) -> None:
    house.matching.programmes.change(programme.id, {"gates": []}, None)
    told_by_the_directory(house, PersonState.ON_LEAVE)
    house.matching.participants.resume(part_of(programme, EVA, Role.MENTEE))
    pair = a_pair(house, programme)

    house.matching.people.store.change(EVA, lambda one: one.change(replace(one.details, location="Oslo"),
                                                                   house.clock.now()))
    swept(house)

    assert house.matching.pairs.get(pair.id).state is PairState.ACTIVE
    assert found(house, programme) == {}


def test_what_a_coordinator_has_looked_at_stays_done(house: MatchingHouse, programme: Programme) -> None:
    pair = a_pair(house, programme)
    write(house.matching.participants.store, part_of(programme, EVA, Role.MENTEE), state=ParticipantState.LEFT)
    swept(house)
    house.matching.tasks.finish(task_id(TaskKind.AT_ODDS, pair.id), "carla")

    swept(house)

    assert the_task(house, TaskKind.AT_ODDS, pair.id)[0] is TaskState.DONE
    assert found(house, programme) == {"at-odds": 1}


def test_what_a_circle_lacks_is_a_task(house: MatchingHouse, programme: Programme) -> None:
    circle = join(house, a_circle(house, programme), EVA, ELI)
    house.matching.circles.leave(circle.id, EVA)
    house.settle()
    write(house.matching.tasks.store, task_id(TaskKind.CIRCLE, circle.id), rules=(), state=TaskState.DONE)

    swept(house)

    assert the_task(house, TaskKind.CIRCLE, circle.id) == (TaskState.OPEN, ("too-few-mentees",))


def many_faults(house: MatchingHouse, programme: Programme) -> list[Callable[[], bool]]:
    """In four parts of the walk, one of them a task."""
    pair, circle = a_pair(house, programme), join(house, a_circle(house, programme), ELA)
    request = house.matching.requests.open(programme.id, ELI, [MO])
    house.settle()
    write(house.matching.participants.store, part_of(programme, MO, Role.MENTOR), state=ParticipantState.PAUSED)
    write(house.matching.participants.store, part_of(programme, EVA, Role.MENTEE), state=ParticipantState.LEFT)
    write(house.matching.people.store, ELA, state=PersonState.LEFT)
    return [lambda: house.matching.requests.get(request.id).state is RequestState.EXHAUSTED,
            lambda: house.matching.participants.has_ended(ELA),
            lambda: ELA not in {one.person_id for one in house.matching.circles.store.get(circle.id).parties},
            lambda: the_task(house, TaskKind.AT_ODDS, pair.id) == (TaskState.OPEN, ("takes-no-part",))]


def test_killed_after_every_write_the_next_worker_mends_the_same_and_counts_it_once(house: MatchingHouse,
                                                                                  programme: Programme) -> None:
    mended, deaths, matching = many_faults(house, programme), 0, house.matching
    house.clock.set(house.clock.now() + EVERY)
    more = matching.sweeps.store, matching.circles.store, matching.circles.seats

    while matching.sweeps.store.get(programme.id).swept_at is None:
        deaths += killed_after(house, 1, *more)
        house.worker.stop()
        house.worker = house.a_worker()
        house.clock.set(house.clock.now() + DOUBT)
        assert deaths < 200

    assert [one() for one in mended] == [True] * 4
    assert {"gone-but-takes-part", "at-odds", "request-behind"} <= set(found(house, programme))
    assert {*found(house, programme).values()} == {1}
    assert deaths > 20


def test_a_worker_that_was_overtaken_writes_nothing(house: MatchingHouse, programme: Programme) -> None:
    gone_but_takes_part(house, programme)
    sweeps, now = house.matching.sweeps, house.clock.now() + EVERY
    house.clock.set(now)
    stale = sweeps.store.get(programme.id)
    sweeps.ring(programme.id, now)
    after = sweeps.store.get(programme.id)

    class Overtaken:
        def __getattr__(self, name: str) -> Any:
            return getattr(sweeps.store, name)

        def get(self, _id: str) -> Sweep:
            return stale

    replace(sweeps, store=cast(Any, Overtaken())).ring(programme.id, now)

    assert sweeps.store.get(programme.id) == after


def test_a_chunk_is_looked_at_a_tick_and_nobody_is_left_out(house: MatchingHouse, programme: Programme,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.matching.application.sweeps.CHUNK", 2)
    for one in (EVA, ELI, ELA, MIA, MO):
        write(house.matching.people.store, one, state=PersonState.LEFT)

    swept(house)

    assert all(house.matching.participants.has_ended(one) for one in (EVA, ELI, ELA, MIA, MO))
    assert found(house, programme) == {"gone-but-takes-part": 5}


def test_what_can_not_be_mended_is_told_in_the_log_and_nothing_waits_for_it(house: MatchingHouse, programme: Programme,
                                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    gone_but_takes_part(house, programme)

    def refuse(*_: Any) -> None:
        raise AlreadyDecided("no")
    monkeypatch.setattr("services.matching.application.participants.Participants.end", refuse)

    with capture_logs() as logs:
        swept(house)

    assert [one["refusal"] for one in logs if one["event"] == "disagreement_not_mended"] == ["already-decided"]
    assert house.matching.sweeps.store.get(programme.id).swept_at


def test_a_closed_programme_is_looked_at_until_nothing_is_left(house: MatchingHouse, programme: Programme) -> None:
    is_mended = closed_but_paired(house, programme)
    swept(house)
    assert is_mended()
    assert house.matching.sweeps.store.get(programme.id).timers

    swept(house)

    assert not house.matching.sweeps.store.get(programme.id).timers


def test_an_operator_sees_how_much_did_not_agree(house: MatchingHouse, programme: Programme) -> None:
    gone_but_takes_part(house, programme)
    swept(house)

    told = {one.name: one.samples[0].value for one in WorkerMetrics(house.worker).collect() if one.samples}

    assert told["disagreements_found"] == 1


@pytest.mark.slow
def test_nothing_is_found_in_a_house_that_heard_everything(house: MatchingHouse) -> None:
    programme = house.a_full_programme([{**MENTORS[0], "capacity": "4"}, MENTORS[1]])
    house.a_published_run(programme)
    pair = house.pairs(programme)[0]
    house.pass_gates(pair)
    circle = join(house, a_circle(house, programme))
    house.matching.people.leave(pair.mentee_id)
    house.settle()
    house.matching.circles.close(circle.id, CircleCloseReason.ENDED_EARLY)

    for _ in range(3):
        swept(house)

    assert found(house, programme) == {}


class Healthy(Life):
    """Whatever was asked of it: no more is found than pairs beyond a lowered capacity. Leaves are told to its pairs
    alone, and so left out."""

    walks = 0

    def teardown(self) -> None:
        agreeing = self.house.matching.sweeps.agreeing
        programme = agreeing.programmes.get(self.programme)
        for part in Part:
            documents = agreeing.chunk(part, programme.id, "", 500).items
            assert {one.code for one in agreeing.look(part, programme, documents)} <= {TaskKind.OVER_CAPACITY}
        type(self).walks += 1


@pytest.mark.slow
def test_nothing_is_found_after_a_walk_beside_the_model(house: MatchingHouse) -> None:
    machine: Any = type("Walking", (Healthy,), {"house": house, "walks": 0, "a_leave_begins_or_ends": None})

    run_state_machine_as_test(seed(1)(machine), settings=settings(
        max_examples=20, stateful_step_count=30, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck)))

    assert machine.walks >= 20
