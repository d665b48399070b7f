"""What keeps a proposal from becoming a pair, though it was possible when it was made."""

from collections.abc import Callable, Sequence

import pytest

from services.matching.application.pairs import BarredByRule
from services.matching.application.runs import rematch_run_id
from services.matching.contracts.closings import PartingReason
from services.matching.contracts.matching_runs import MATCHING_RUNS, MatchingRunPublished, RunState
from services.matching.contracts.pairs import PAIRS, CloseReason, PairState
from services.matching.contracts.participants import Role
from services.matching.contracts.programmes import ProgrammeState
from services.matching.domain.couple import Couple
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.pair import Pair
from services.matching.domain.participant import NotTakingPart, application_id
from services.matching.domain.person import person_id
from services.matching.domain.programme import CLOSING_DAYS, NotOpen, Programme
from services.matching.domain.seats import NoFreeSeat, Seats
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse
from tests.unit.matching.test_moves import OWN, ScimCaller, moved
from tests.unit.matching.test_sweep import swept, write

M1, E1, E2 = (person_id(name) for name in ("m1", "e1", "e2"))
TOGETHER = {"kind": "must-share", "name": "same-place", "mentor": "location", "mentee": "location", "bar_blank": True}


def held_by_a_pair_that_is_over(house: MatchingHouse, programme: Programme, mentee: str) -> None:
    """The only seat of m1: nobody heard that it is free."""
    pair = house.matching.pairs.propose(programme.id, M1, mentee, "carla")
    seat = house.matching.pairs.agree(pair.id, "carla").mentor_seat
    house.matching.pairs.close(pair.id, CloseReason.ENDED_EARLY, "carla")
    house.settle()
    write(house.matching.pairs.store, pair.id, mentor_seat=seat)


def moves_under_the_mentor(house: MatchingHouse, _programme: Programme) -> None:
    moved(house, E1, M1)


def has_the_mentors_boss(house: MatchingHouse, _programme: Programme) -> None:
    moved(house, E1, person_id("boss"))


def is_excluded(house: MatchingHouse, programme: Programme) -> None:
    house.matching.rulings.exclude(programme.id, M1, E1, by="carla")


def has_another_rule_against_it(house: MatchingHouse, programme: Programme) -> None:
    house.matching.programmes.change(programme.id, {"rules": {"rules": [TOGETHER]}}, None)


Turn = Callable[[MatchingHouse, Programme], None]
TURNS = [moves_under_the_mentor, has_the_mentors_boss, is_excluded, has_another_rule_against_it]


def e1_is_proposed_to_m1(house: MatchingHouse) -> tuple[Programme, MatchingRun]:
    programme = house.a_full_programme(mentors=MENTORS[:1], mentees=MENTEES[:1])
    run = house.a_proposed_run(programme)
    assert [(one.mentor_id, one.mentee_id) for one in house.matching.runs.proposals(run.id, 9, None).items] == [
        (M1, E1)]
    return programme, run


def before_they_are_written(house: MatchingHouse, happens: Callable[[], object]) -> None:
    """Does it, with all that follows, between the plan of a run's pairs and their write."""
    store = house.matching.pairs.store
    write_them = store.add_many

    def add_many(pairs: Sequence[Pair]) -> list[bool]:
        store.add_many = write_them  # type: ignore[method-assign]
        happens()
        while house.worker.relay.step() + house.worker.consumer.step(0):
            pass
        return write_them(pairs)
    store.add_many = add_many  # type: ignore[method-assign]


@pytest.mark.feature("O8")
@pytest.mark.parametrize(("side", "reason"), [(M1, CloseReason.MENTOR_LEFT), (E1, CloseReason.MENTEE_LEFT)])
def test_who_leaves_while_their_pair_is_written_ends_it(house: MatchingHouse, side: str, reason: CloseReason) -> None:
    programme, run = e1_is_proposed_to_m1(house)
    before_they_are_written(house, lambda: house.matching.people.leave(side))

    house.matching.runs.publish(run.id)
    house.settle()

    assert [(pair.state, pair.reason) for pair in house.pairs(programme)] == [(PairState.CLOSED, reason)]


@pytest.mark.feature("O8")
def test_the_pair_of_who_goes_on_leave_while_it_is_written_waits(house: MatchingHouse) -> None:
    programme, run = e1_is_proposed_to_m1(house)
    told = {"op": "Replace", "path": f"{OWN}:onLeave", "value": "True"}
    before_they_are_written(house, lambda: ScimCaller(house).patch(M1, told))

    house.matching.runs.publish(run.id)
    house.settle()

    assert [pair.away for pair in house.pairs(programme)] == [(M1,)]


def test_a_seat_that_a_pair_that_is_over_holds_keeps_nobody_busy(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "1"}], mentees=MENTEES[:2])
    held_by_a_pair_that_is_over(house, programme, E1)
    proposed = house.matching.pairs.propose(programme.id, M1, E2, "carla")

    with pytest.raises(NoFreeSeat, match="try again in an hour"):
        house.matching.pairs.agree(proposed.id, "carla")


def test_a_run_gives_up_what_a_seat_of_a_pair_that_is_over_keeps_from_it(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "1"}], mentees=MENTEES[:2])
    held_by_a_pair_that_is_over(house, programme, E1)
    run = house.a_proposed_run(programme)

    house.matching.runs.publish(run.id)
    house.settle()

    [refused] = house.matching.runs.get(run.id).refused
    assert (refused.code, refused.alone) == (NoFreeSeat.code, True)


@pytest.mark.feature("C9")
@pytest.mark.feature("C3")
@pytest.mark.parametrize("turn", TURNS)
def test_whom_a_hard_rule_keeps_apart_since_the_run_is_published_to_nobody(house: MatchingHouse, turn: Turn) -> None:
    programme, run = e1_is_proposed_to_m1(house)
    turn(house, programme)

    house.matching.runs.publish(run.id)
    house.settle()

    [refused] = house.matching.runs.get(run.id).refused
    assert (refused.code, house.pairs(programme)) == ("barred-by-rule", [])


def test_the_others_of_the_run_become_pairs(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentees=MENTEES[:2])
    run = house.a_proposed_run(programme)
    is_excluded(house, programme)

    house.matching.runs.publish(run.id)
    house.settle()

    assert [pair.mentee_id for pair in house.pairs(programme)] == [E2]
    assert house.matching.runs.get(run.id).published == 1


@pytest.mark.feature("C9")
@pytest.mark.parametrize("by", [E1, "carla"])
@pytest.mark.parametrize("turn", TURNS)
def test_a_proposal_by_hand_is_not_agreed_to_once_a_hard_rule_stands_against_it(house: MatchingHouse, turn: Turn,
                                                                               by: str) -> None:
    programme = house.a_full_programme()
    pair = house.matching.pairs.propose(programme.id, M1, E1, "carla")
    house.matching.pairs.agree(pair.id, M1)
    turn(house, programme)

    with pytest.raises(BarredByRule):
        house.matching.pairs.agree(pair.id, by)

    assert house.matching.pairs.get(pair.id).state is PairState.ACCEPTED


def test_rules_are_looked_up_as_often_for_many_rows_as_for_few(house: MatchingHouse) -> None:
    mentees = [{**MENTEES[0], "id": f"g{place}", "email": f"g{place}@example.org"} for place in range(40)]
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "40"}], mentees=mentees)
    run, asked = house.a_proposed_run(programme), list[object]()
    documents, each = house.matching.rulings.store, type(house.matching.rulings.store).each

    def counted(store: object, where: object, *order: object) -> object:
        asked.extend([where] * (store is documents))
        return each(store, where, *order)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(type(documents), "each", counted)
        house.matching.runs.publish(run.id)
        house.settle()

    assert (house.matching.runs.get(run.id).published, len(asked)) == (40, 1)


def ended(house: MatchingHouse, programme: Programme, state: ProgrammeState = ProgrammeState.CLOSED) -> Programme:
    """The last day passes, and with `CLOSED` the weeks for farewells too."""
    for days in (400, CLOSING_DAYS + 1)[:1 + (state is ProgrammeState.CLOSED)]:
        house.pass_time(days=days)
    now = house.matching.programmes.get(programme.id)
    assert now.state is state
    return now


OVER = [ProgrammeState.CLOSING, ProgrammeState.CLOSED]


@pytest.mark.feature("C6")
@pytest.mark.parametrize("state", OVER)
def test_a_draft_of_a_programme_that_is_over_is_discarded_and_waits_for_nobody(house: MatchingHouse,
                                                                             state: ProgrammeState) -> None:
    programme, run = e1_is_proposed_to_m1(house)
    before = house.matching.summaries.of(programme.id).to_do["drafts_to_publish"]

    ended(house, programme, state)

    assert house.matching.runs.get(run.id).state is RunState.DISCARDED
    assert (before, house.matching.summaries.of(programme.id).to_do["drafts_to_publish"]) == (1, 0)
    with pytest.raises(NotOpen, match="next cohort"):
        house.matching.runs.publish(run.id)
    assert house.pairs(programme) == []


@pytest.mark.feature("C6")
def test_a_draft_that_outlived_its_programme_is_neither_published_nor_released(house: MatchingHouse) -> None:
    programme, run = e1_is_proposed_to_m1(house)
    write(house.matching.programmes.store, programme.id, state=ProgrammeState.CLOSED)

    assert house.matching.summaries.of(programme.id).to_do["drafts_to_publish"] == 0
    with pytest.raises(NotOpen):
        house.matching.runs.publish(run.id)
    house.matching.runs.store.change(run.id, lambda one: one.publish(10, house.clock.now()))
    with pytest.raises(NotOpen):
        house.matching.runs.release(run.id)

    house.pass_time(minutes=11)
    run = house.matching.runs.get(run.id)
    assert (run.state, [one.code for one in run.refused]) == (RunState.PUBLISHED, ["programme-not-open"])
    assert house.pairs(programme) == []


def test_what_waits_to_leave_when_the_programme_ends_does_not_leave(house: MatchingHouse) -> None:
    programme = house.a_full_programme(undo_minutes=10)
    run = house.a_proposed_run(programme)
    house.matching.runs.publish(run.id)

    house.matching.programmes.store.change(programme.id, lambda one: one.on_end(house.clock.now()))
    house.settle()
    house.pass_time(minutes=11)

    assert house.matching.runs.get(run.id).state is RunState.DISCARDED
    assert house.pairs(programme) == []


@pytest.mark.feature("C16")
@pytest.mark.parametrize("state", OVER)
def test_nobody_is_matched_anew_in_a_programme_that_is_over(house: MatchingHouse, state: ProgrammeState) -> None:
    programme = house.a_full_programme()
    house.a_published_run(programme)
    ended(house, programme, state)
    pair = house.pair_of(programme, "e1")

    with pytest.raises(NotOpen, match="next cohort"):
        house.matching.pairs.ask_for_rematch(pair.id, E1, PartingReason.NO_FIT)

    assert house.matching.pairs.get(pair.id) == pair


def test_a_rematch_that_is_heard_after_the_end_looks_for_nobody(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.a_published_run(programme)
    pair = house.pair_of(programme, "e1")
    house.matching.pairs.ask_for_rematch(pair.id, E1, PartingReason.NO_FIT)
    write(house.matching.programmes.store, programme.id, state=ProgrammeState.CLOSED)

    house.settle()

    assert house.matching.runs.get(rematch_run_id(pair.id)).state is RunState.CANCELLED


def test_a_pair_that_is_made_after_the_end_all_the_same_is_found_by_the_sweep(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    ended(house, programme)
    for _ in range(2):
        swept(house)
    assert house.matching.sweeps.store.get(programme.id).rests

    seats, now = Seats("p/m#0", "p/e#0", "p/m+e", "organisation/m#0"), house.clock.now()
    two = Couple(programme_id=programme.id, mentor_id=M1, mentee_id=E1)
    house.matching.pairs.store.add(two.create("late", seats, now))
    house.settle()
    swept(house)

    assert house.matching.pairs.get("late").reason is CloseReason.COMPLETED


def published_without_e1(house: MatchingHouse) -> tuple[Programme, MatchingRun]:
    """Of the proposals for e1 and e2 the first is excluded meanwhile."""
    programme = house.a_full_programme(mentees=MENTEES[:2])
    run = house.a_proposed_run(programme)
    is_excluded(house, programme)
    house.matching.runs.publish(run.id)
    house.settle()
    return programme, house.matching.runs.get(run.id)


@pytest.mark.feature("C6")
def test_who_could_not_become_a_pair_is_told_with_the_reason_and_counts_as_alone(house: MatchingHouse) -> None:
    _, run = published_without_e1(house)

    [refused] = run.refused
    assert (refused.mentor_id, refused.mentee_id, refused.code, refused.rules, refused.alone) == (
        M1, E1, "barred-by-rule", ("exclusion",), True)
    [told] = [one.data for one in house.world.heard(MATCHING_RUNS.name) if one.type == MatchingRunPublished.type]
    assert (told["pairs"], told["unmatched"]) == (run.matched, run.unmatched) == (run.published, 1)


@pytest.mark.feature("B7")
def test_who_could_not_become_a_pair_has_waited_a_round(house: MatchingHouse) -> None:
    published_without_e1(house)

    assert [(one.waits_for, one.rounds) for one in house.matching.waiting.places(E1)] == [("mentor", 1)]
    assert house.matching.waiting.places(E2) == []


@pytest.mark.parametrize("turn", ["has another mentor", "takes a break"])
def test_who_has_another_mentor_or_takes_no_part_is_not_alone(house: MatchingHouse, turn: str) -> None:
    programme, run = e1_is_proposed_to_m1(house)
    if turn == "takes a break":
        house.matching.participants.pause(application_id(programme.id, E1, Role.MENTEE))
    else:
        house.bring(programme, Role.MENTOR, MENTORS[1:])
        pair = house.matching.pairs.propose(programme.id, person_id("m2"), E1, "carla")
        house.matching.pairs.agree(pair.id, "carla")

    house.matching.runs.publish(run.id)
    house.settle()

    run = house.matching.runs.get(run.id)
    assert [one.alone for one in run.refused] == [False]
    assert run.unmatched == 0
    assert house.matching.waiting.places(E1) == []


def test_a_run_forgets_whom_it_could_not_pair(house: MatchingHouse) -> None:
    _, run = published_without_e1(house)

    house.matching.runs.forget(E1)

    [refused] = house.matching.runs.get(run.id).refused
    assert (refused.mentee_id, refused.mentor_id, refused.alone) == ("", M1, True)
    assert house.matching.runs.get(run.id).unmatched == run.unmatched


@pytest.mark.feature("O8")
@pytest.mark.parametrize("who", [M1, E1])
def test_of_whoever_left_no_pair_is_made_though_the_log_that_tells_it_is_away(house: MatchingHouse, who: str) -> None:
    programme, run = e1_is_proposed_to_m1(house)
    house.matching.people.leave(who)

    house.matching.runs.publish(run.id)
    while house.worker.clock.step():
        pass
    done = house.matching.runs.get(run.id)

    assert (done.state, done.refused[0].code) == (RunState.PUBLISHED, "not-taking-part")
    assert not house.pairs(programme)
    house.settle()
    assert not house.told(PAIRS.name)


@pytest.mark.feature("O8")
def test_nobody_is_asked_for_or_paired_with_whoever_left_though_that_was_not_heard_yet(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    pair = house.matching.pairs.propose(programme.id, M1, E1, "carla")
    house.matching.people.leave(M1)

    with pytest.raises(NotTakingPart):
        house.matching.pairs.agree(pair.id, E1)
    with pytest.raises(NotTakingPart):
        house.matching.pairs.propose(programme.id, M1, E2, "carla")
