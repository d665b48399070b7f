"""Circles: a minimum and a maximum, people who join and leave one by one, and seats that nobody holds twice."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.matching.application.circles import Circles
from services.matching.application.pairs import BarredByRule
from services.matching.application.seating import Seating
from services.matching.contracts.circles import CIRCLE_SEATS, CIRCLES, CircleCloseReason, CircleState, SeatLostBecause
from services.matching.contracts.pairs import PairState
from services.matching.contracts.participants import Role
from services.matching.domain.circle import BadCircle, Circle, CircleOver, Shape
from services.matching.domain.circle_seat import (
    AlreadyInCircle,
    CircleFull,
    CircleSeat,
    NotInCircle,
    circle_seat_id,
)
from services.matching.domain.participant import NotTakingPart, application_id
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.seats import NoFreeSeat
from services.matching.domain.task import TaskKind, TaskState, task_id
from services.surveys.contracts.journeys import AgreementTermsSet
from services.surveys.contracts.relationships import Relationship
from shared.kernel.errors import DomainError, NotFound
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse
from tests.unit.matching.mortal import killed_after, revived

MIA, MO = person_id("m1"), person_id("m2")
EVA, ELI, ELA = (person_id(name) for name in ("e1", "e2", "e3"))


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    return house.a_full_programme()


def many(count: int, **more: str) -> list[dict[str, str]]:
    return [{"id": f"p{n}", "name": f"P {n}", "email": f"p{n}@example.org", **more} for n in range(count)]


def a_circle(house: MatchingHouse, programme: Programme, *mentors: str, least: int = 2, most: int = 3) -> Circle:
    circle = house.matching.circles.form(programme.id, Shape(
        name="Leading", mentor_ids=mentors or (MIA,), min_mentees=least, max_mentees=most))
    house.settle()
    return circle


def join(house: MatchingHouse, circle: Circle, *people: str, role: Role = Role.MENTEE) -> Circle:
    for one in people:
        house.matching.circles.join(circle.id, one, role)
    house.settle()
    return house.matching.circles.store.get(circle.id)


def leave(house: MatchingHouse, circle: Circle, *people: str) -> Circle:
    for one in people:
        house.matching.circles.leave(circle.id, one)
    house.settle()
    return house.matching.circles.store.get(circle.id)


def people_in(circle: Circle) -> set[str]:
    return {one.person_id for one in circle.parties}


def heard(house: MatchingHouse) -> list[dict[str, Any]]:
    return [one.data or {} for one in house.world.heard(CIRCLES.name)]


def lost(house: MatchingHouse) -> list[tuple[str, str]]:
    """Who was told to sit in a circle no more, and why."""
    told = [one.data or {} for one in house.world.heard(CIRCLE_SEATS.name)]
    return [(one["person_id"], one["because"]) for one in told]


def the_task(house: MatchingHouse, circle: Circle) -> tuple[str, tuple[str, ...]] | None:
    named = task_id(TaskKind.CIRCLE, circle.id)
    if not house.matching.tasks.store.exists(named):
        return None
    task = house.matching.tasks.get(named)
    return task.state, task.rules


@pytest.mark.feature("C12")
def test_a_circle_is_active_with_the_least_number_of_mentees_and_not_before(house: MatchingHouse,
                                                                            programme: Programme) -> None:
    circle = a_circle(house, programme, least=2)

    one, two = join(house, circle, EVA).state, join(house, circle, ELI).state

    assert (one, two) == (CircleState.FORMING, CircleState.ACTIVE)
    assert [event["state"] for event in heard(house)] == ["forming", "forming", "forming", "active"]


@pytest.mark.feature("C12")
def test_nobody_joins_beyond_the_greatest_number_of_mentees(house: MatchingHouse, programme: Programme) -> None:
    circle = a_circle(house, programme, most=2)
    join(house, circle, EVA, ELI)

    with pytest.raises(CircleFull):
        house.matching.circles.join(circle.id, ELA, Role.MENTEE)

    assert people_in(leave(house, circle, EVA)) == {MIA, ELI}
    assert people_in(join(house, circle, ELA)) == {MIA, ELI, ELA}


@pytest.mark.feature("C12")
def test_people_join_and_leave_one_by_one_and_each_time_the_whole_circle_is_told(house: MatchingHouse,
                                                                                programme: Programme) -> None:
    circle = a_circle(house, programme)
    for one in (EVA, ELI):
        join(house, circle, one)
    leave(house, circle, EVA)

    told = [(sorted(party["person_id"] for party in event["parties"]), event["joined_ids"], event["left_ids"])
            for event in heard(house)]

    assert told == [([], [], []), ([MIA], [MIA], []), (sorted([MIA, EVA]), [EVA], []),
                    (sorted([MIA, EVA, ELI]), [ELI], []), (sorted([MIA, ELI]), [], [EVA])]
    assert not {"name"} & {name for event in heard(house) for name in event}


def test_a_founder_whose_seat_a_pair_took_meanwhile_is_told_of_no_circle(house: MatchingHouse,
                                                                         programme: Programme) -> None:
    circle = house.matching.circles.form(programme.id, Shape(name="Leading", mentor_ids=(MO,)))
    pair = house.matching.pairs.propose(programme.id, MO, EVA, "carla")
    house.matching.pairs.agree(pair.id, "carla")

    house.settle()

    assert [(event["parties"], event["joined_ids"]) for event in heard(house)] == [([], [])]
    assert the_task(house, circle) == (TaskState.OPEN, ("no-mentor",))


def test_two_whom_a_rule_keeps_apart_do_not_both_stay_when_they_come_at_once(
        house: MatchingHouse, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    house.bring(programme, Role.MENTEE, [{**MENTEES[0], "manager": "m2"}])
    circle, circles = a_circle(house, programme, MIA), house.matching.circles
    take = Circles.take

    def take_while_another_comes(self: Circles, *given: Any) -> CircleSeat:
        monkeypatch.undo()
        circles.join(circle.id, MO, Role.MENTOR)
        return take(self, *given)
    monkeypatch.setattr(Circles, "take", take_while_another_comes)

    circles.join(circle.id, EVA, Role.MENTEE)
    both = people_in(circles.get(circle.id))
    house.settle()

    assert both == {MIA, MO, EVA}
    assert people_in(circles.get(circle.id)) == {MIA, EVA}, "MO was heard of first"
    assert lost(house) == [(MO, "barred-by-rule")]
    house.pass_time(minutes=10)
    assert {one.step: one.count for one in house.matching.funnels.of(programme.id).steps(Role.MENTOR)}["matched"] == 1


def test_who_left_may_come_back(house: MatchingHouse, programme: Programme) -> None:
    circle = a_circle(house, programme)
    join(house, circle, EVA)
    leave(house, circle, EVA)

    assert people_in(join(house, circle, EVA)) == {MIA, EVA}


@pytest.mark.feature("C12")
def test_only_whoever_did_not_leave_by_themselves_is_told_that_they_sit_there_no_more(house: MatchingHouse,
                                                                                     programme: Programme) -> None:
    circle = join(house, a_circle(house, programme, MIA, MO), EVA, ELI)
    leave(house, circle, EVA)
    house.matching.circles.leave(circle.id, ELI, SeatLostBecause.BY_COORDINATOR)
    house.matching.participants.store.change(application_id(programme.id, MO, Role.MENTOR),
                                             lambda one: one.leave(house.clock.now()))
    house.settle()
    house.matching.circles.close(circle.id, CircleCloseReason.TOO_FEW)
    house.settle()

    assert lost(house) == [(ELI, "by-coordinator"), (MO, "takes-part-no-more")]


def test_nobody_sits_in_a_circle_twice_and_nobody_leaves_where_they_do_not_sit(house: MatchingHouse,
                                                                               programme: Programme) -> None:
    circle = a_circle(house, programme)
    join(house, circle, EVA)
    leave(house, circle, EVA)

    with pytest.raises(NotInCircle):
        house.matching.circles.leave(circle.id, EVA)
    with pytest.raises(NotFound):
        house.matching.circles.leave(circle.id, ELI)
    with pytest.raises(AlreadyInCircle):
        house.matching.circles.join(circle.id, MIA, Role.MENTOR)


@pytest.mark.parametrize("shape", [
    {"min_mentees": 0}, {"min_mentees": 9}, {"max_mentees": 31}, {"mentor_ids": ()}, {"mentor_ids": ("a", "a")},
    {"mentor_ids": ("a", "b", "c")}, {"name": " "},
])
def test_a_circle_has_a_size_a_name_and_one_or_two_mentors(shape: dict[str, Any]) -> None:
    with pytest.raises(BadCircle):
        Shape(**{"name": "Leading", "mentor_ids": ("a",), **shape})


@pytest.mark.feature("C12")
@pytest.mark.slow
def test_fifty_who_join_at_once_never_exceed_the_size(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentees=many(50))
    circle = a_circle(house, programme, most=7)

    answers = at_once(lambda n: house.matching.circles.join(circle.id, person_id(f"p{n}"), Role.MENTEE), 50)
    house.settle()

    assert answers == {"": 7, "circle-full": 43}
    assert len(house.matching.circles.store.get(circle.id).parties) == 8


@pytest.mark.feature("C12")
@pytest.mark.slow
def test_one_who_joins_fifty_circles_at_once_never_exceeds_their_seats(house: MatchingHouse) -> None:
    programme = house.a_full_programme(
        mentors=[{**MENTORS[0], "capacity": "50"}], mentees=[{**MENTEES[0], "capacity": "2"}, MENTEES[1]])
    circles = [a_circle(house, programme) for _ in range(50)]

    answers = at_once(lambda n: house.matching.circles.join(circles[n].id, EVA, Role.MENTEE), 50)
    house.settle()

    assert answers == {"": 2, "no-free-seat": 48}
    assert len(house.matching.circles.of_person(EVA)) == 2


def at_once(call: Callable[[int], object], times: int) -> dict[str, int]:
    """How often each code was the answer; empty: none."""
    def answer(number: int) -> str:
        try:
            call(number)
        except DomainError as refused:
            return refused.code
        return ""
    with ThreadPoolExecutor(16) as pool:
        return dict(Counter(pool.map(answer, range(times))))


@pytest.mark.feature("C12")
def test_a_circle_takes_one_seat_of_its_mentor_and_one_of_each_mentee(house: MatchingHouse,
                                                                     programme: Programme) -> None:
    circle = a_circle(house, programme, MO)
    join(house, circle, EVA)

    with pytest.raises(NoFreeSeat):
        house.matching.pairs.propose(programme.id, MO, ELI, "carla")
    with pytest.raises(NoFreeSeat):
        house.matching.pairs.propose(programme.id, MIA, EVA, "carla")
    assert house.matching.summaries.of(programme.id).free_seats == 2
    run = house.a_proposed_run(programme)
    proposed = house.matching.runs.proposals(run.id, 50, None).items
    assert MO not in {one.mentor_id for one in proposed}
    assert EVA not in {one.mentee_id for one in proposed}


def test_whose_seats_are_taken_by_pairs_joins_no_circle(house: MatchingHouse, programme: Programme) -> None:
    pair = house.matching.pairs.propose(programme.id, MO, EVA, "carla")
    house.matching.pairs.agree(pair.id, "carla")

    with pytest.raises(NoFreeSeat):
        a_circle(house, programme, MO)
    with pytest.raises(NoFreeSeat):
        house.matching.circles.join(a_circle(house, programme).id, EVA, Role.MENTEE)


def test_a_circle_gives_way_where_a_pair_took_the_seat_in_the_same_moment(house: MatchingHouse,
                                                                        programme: Programme,
                                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    circle = a_circle(house, programme)
    pair = house.matching.pairs.propose(programme.id, MIA, EVA, "carla")
    agree_blindly(house, pair.id, monkeypatch)
    assert house.matching.pairs.get(pair.id).mentor_seat == circle_seat(house, circle, MIA).name

    house.settle()

    assert circle_seat(house, circle, MIA).name.endswith("#1")
    assert people_in(house.matching.circles.get(circle.id)) == {MIA}


def test_without_another_seat_the_person_leaves_the_circle_and_the_pair_stays(house: MatchingHouse,
                                                                            programme: Programme,
                                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    circle = a_circle(house, programme, MO)
    with monkeypatch.context() as patched:
        patched.setattr(Seating, "taken", Seating.taken_by_pairs)
        pair = house.matching.pairs.propose(programme.id, MO, EVA, "carla")
    agree_blindly(house, pair.id, monkeypatch)

    house.settle()

    assert house.matching.pairs.get(pair.id).state is PairState.AWAITING_TRAINING
    assert people_in(house.matching.circles.store.get(circle.id)) == set()
    assert the_task(house, circle) == (TaskState.OPEN, ("no-mentor",))


def agree_blindly(house: MatchingHouse, pair_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the pair had looked for seats just before the circle took them."""
    with monkeypatch.context() as patched:
        patched.setattr(Seating, "taken", Seating.taken_by_pairs)
        house.matching.pairs.agree(pair_id, "carla")


def circle_seat(house: MatchingHouse, circle: Circle, who: str) -> Any:
    return house.matching.circles.seats.get(circle_seat_id(circle.id, who))


def test_a_hard_rule_between_a_mentor_and_a_mentee_is_named(house: MatchingHouse, programme: Programme) -> None:
    house.bring(programme, Role.MENTEE, [{**MENTEES[0], "manager": "m1"}])
    house.matching.rulings.exclude(programme.id, MIA, ELI, "carla")
    circle = a_circle(house, programme)

    with pytest.raises(BarredByRule, match="reporting-line"):
        house.matching.circles.join(circle.id, EVA, Role.MENTEE)
    with pytest.raises(BarredByRule, match="exclusion"):
        house.matching.circles.join(circle.id, ELI, Role.MENTEE)
    join(house, circle, ELA)
    house.matching.rulings.exclude(programme.id, MO, ELA, "carla")
    with pytest.raises(BarredByRule, match="exclusion"):
        house.matching.circles.join(circle.id, MO, Role.MENTOR)


def test_whoever_takes_no_part_forms_or_joins_no_circle(house: MatchingHouse, programme: Programme) -> None:
    with pytest.raises(NotTakingPart):
        a_circle(house, programme, EVA)
    with pytest.raises(NotTakingPart):
        house.matching.circles.join(a_circle(house, programme).id, "nobody", Role.MENTEE)


@pytest.mark.feature("C12")
def test_falling_short_is_a_task_and_no_end(house: MatchingHouse, programme: Programme) -> None:
    circle = a_circle(house, programme, least=2)
    join(house, circle, EVA, ELI)
    assert the_task(house, circle) is None

    short = leave(house, circle, EVA)

    assert short.state is CircleState.ACTIVE
    assert the_task(house, circle) == (TaskState.OPEN, ("too-few-mentees",))
    assert house.matching.summaries.of(programme.id).to_do["circles_to_see_to"] == 1
    join(house, circle, ELA)
    assert the_task(house, circle) == (TaskState.DONE, ())


def test_a_second_mentor_takes_over_and_the_last_one_who_leaves_makes_a_task(house: MatchingHouse,
                                                                           programme: Programme) -> None:
    circle = a_circle(house, programme, least=1)
    join(house, circle, EVA)
    join(house, circle, MO, role=Role.MENTOR)

    leave(house, circle, MIA)
    assert the_task(house, circle) is None
    alone = leave(house, circle, MO)

    assert (alone.state, people_in(alone)) == (CircleState.ACTIVE, {EVA})
    assert the_task(house, circle) == (TaskState.OPEN, ("no-mentor",))
    join(house, circle, MIA, role=Role.MENTOR)
    assert the_task(house, circle) == (TaskState.DONE, ())


def test_closing_frees_all_seats_ends_the_task_and_lets_nobody_in(house: MatchingHouse, programme: Programme) -> None:
    circle = a_circle(house, programme, least=2)
    join(house, circle, EVA, ELI)
    leave(house, circle, EVA)

    house.matching.circles.close(circle.id, CircleCloseReason.ENDED_EARLY)
    house.settle()

    assert (heard(house)[-1]["state"], heard(house)[-1]["reason"]) == ("closed", "ended-early")
    assert {one["person_id"] for one in heard(house)[-1]["parties"]} == {MIA, ELI}
    assert house.matching.circles.of_person(ELI) == []
    assert the_task(house, circle) == (TaskState.DONE, ())
    for refused in (lambda: house.matching.circles.join(circle.id, EVA, Role.MENTEE),
                    lambda: house.matching.circles.close(circle.id, CircleCloseReason.COMPLETED)):
        with pytest.raises(CircleOver):
            refused()


def test_whoever_joined_just_before_the_end_was_in_it(house: MatchingHouse, programme: Programme) -> None:
    circle = a_circle(house, programme)
    join(house, circle, EVA)

    house.matching.circles.join(circle.id, ELI, Role.MENTEE)
    house.matching.circles.close(circle.id, CircleCloseReason.ENDED_EARLY)
    house.settle()

    [closed] = [event for event in heard(house) if event["state"] == "closed"]
    assert {one["person_id"] for one in closed["parties"]} == {MIA, EVA, ELI}
    assert closed["joined_ids"] == [ELI]
    assert house.matching.circles.seats_of(ELI) == []


def test_whoever_takes_a_seat_in_the_moment_of_the_end_was_in_it_too(
        house: MatchingHouse, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    circle, circles = a_circle(house, programme, least=1), house.matching.circles
    join(house, circle, ELI)
    take = Circles.take

    def take_while_it_ends(self: Circles, *given: Any) -> CircleSeat:
        monkeypatch.undo()
        circles.close(circle.id, CircleCloseReason.COMPLETED)
        return take(self, *given)
    monkeypatch.setattr(Circles, "take", take_while_it_ends)

    circles.join(circle.id, EVA, Role.MENTEE)
    house.settle()
    house.pass_time(minutes=10)

    told = {one["person_id"] for one in heard(house)[-1]["parties"]}
    assert told == people_in(circles.get(circle.id)) == {MIA, ELI, EVA}
    assert heard(house)[-1]["reason"] == "completed"
    assert circles.seats_of(EVA) == []
    steps = {one.step: one.count for one in house.matching.funnels.of(programme.id).steps(Role.MENTEE)}
    assert steps["matched"] == steps["completed"] == 2


def test_whoever_leaves_the_organisation_leaves_their_circles(house: MatchingHouse, programme: Programme) -> None:
    circle = a_circle(house, programme)
    join(house, circle, EVA, ELI)

    house.matching.people.leave(EVA)
    house.settle()

    assert people_in(house.matching.circles.store.get(circle.id)) == {MIA, ELI}


def test_whoever_takes_part_no_more_leaves_circles_of_that_role(house: MatchingHouse, programme: Programme) -> None:
    circle = a_circle(house, programme)
    join(house, circle, EVA, ELI)
    now = house.clock.now()

    house.matching.participants.store.change(application_id(programme.id, EVA, Role.MENTEE),
                                             lambda one: one.leave(now))
    house.settle()

    assert people_in(house.matching.circles.store.get(circle.id)) == {MIA, ELI}


def test_whoever_is_erased_leaves_first(house: MatchingHouse, programme: Programme) -> None:
    circle = a_circle(house, programme)
    join(house, circle, EVA, ELI)
    house.matching.erasures.ask(EVA, "ophelia")

    house.pass_time(minutes=10)

    assert people_in(house.matching.circles.store.get(circle.id)) == {MIA, ELI}
    assert house.matching.circles.seats_of(EVA) == []


def test_an_export_tells_of_ones_own_seats(house: MatchingHouse, programme: Programme) -> None:
    circle = a_circle(house, programme)
    join(house, circle, EVA, ELI)

    [seat] = house.matching.exporting.of(EVA)["circle_seats"]

    assert (seat["circle_id"], seat["person_id"], seat["role"]) == (circle.id, EVA, "mentee")


def test_the_end_of_a_programme_completes_its_circles(house: MatchingHouse, programme: Programme) -> None:
    house.bring(programme, Role.MENTOR, [{**MENTORS[0], "capacity": "5"}])
    circle = a_circle(house, programme)
    join(house, circle, EVA, ELI)
    house.a_published_run(programme)

    house.pass_time(days=280)
    house.pass_time(days=28)

    over = house.matching.circles.store.get(circle.id)
    assert (over.state, over.reason) == (CircleState.CLOSED, CircleCloseReason.COMPLETED)


def test_everything_heard_again_changes_nothing(house: MatchingHouse, programme: Programme) -> None:
    circle = a_circle(house, programme)
    join(house, circle, EVA, ELI)
    leave(house, circle, EVA)
    before = versions(house)

    house.world.again()
    house.settle()

    assert versions(house) == before


def test_an_old_farewell_heard_again_takes_nobody_out_who_is_back(house: MatchingHouse, programme: Programme) -> None:
    circle = a_circle(house, programme)
    participants, circling = house.matching.participants, house.matching.circling
    join(house, circle, EVA)

    circling.end_of_participant(programme.id, EVA, Role.MENTEE)
    circling.end_of_person(EVA)
    here = [seat.person_id for seat in house.matching.circles.seats_in([circle.id])]
    participants.store.change(application_id(programme.id, EVA, Role.MENTEE), lambda one: one.leave(house.clock.now()))
    house.settle()

    assert EVA in here
    assert EVA not in [seat.person_id for seat in house.matching.circles.seats_in([circle.id])]


def versions(house: MatchingHouse) -> list[tuple[str, int]]:
    return [(one.id, one.version) for store in (house.matching.circles.store, house.matching.circles.seats,
                                                house.matching.tasks.store) for one in store.each({})]


def test_what_a_circle_agrees_on_or_plans_opens_no_gate(house: MatchingHouse, programme: Programme) -> None:
    circle = a_circle(house, programme)

    house.tell(AgreementTermsSet(journey_id="j", pair_id=circle.id, programme_id=programme.id, set_by=MIA,
                                 meetings_every_days=14, relationship=Relationship.CIRCLE))

    assert house.matching.circles.store.get(circle.id).state is CircleState.FORMING


@pytest.mark.slow
def test_a_worker_that_dies_after_any_write_leaves_the_circle_whole(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "50"}],
                                       mentees=[{**one, "capacity": "50"} for one in MENTEES])
    circles, writes = house.matching.circles, 0
    while True:
        writes += 1
        circle = circles.form(programme.id, Shape(name="Leading", mentor_ids=(MIA,), min_mentees=1))
        circles.join(circle.id, EVA, Role.MENTEE)
        died = killed_after(house, writes, circles.store, circles.seats)
        if died:
            revived(house)
        assert people_in(circles.store.get(circle.id)) == {MIA, EVA}
        if not died:
            break
    assert writes > 3
