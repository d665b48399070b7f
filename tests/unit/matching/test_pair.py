"""What may happen to a pair, and when."""

from collections.abc import Callable

import pytest

from services.matching.contracts.closings import CLOSINGS, PartingReason
from services.matching.contracts.pairs import CloseReason, PairClosed, PairState, WaiverReason
from services.matching.contracts.programmes import Gate
from services.matching.domain.choice import DeclineReason
from services.matching.domain.pair import AlreadyDecided, Pair
from services.matching.domain.parting import NeedsReason, PairNotBegun, Parting, Refusal
from shared.kernel.errors import NotFound
from tests.unit.matching.builders import SEATS, a_created_pair, a_proposed_pair, an_active_pair, told
from tests.unit.matching.house import MONDAY

PARTING = Parting(reason=PartingReason.NO_FIT, note="He never listens.", by="mentee")


def a_refusal(by: str) -> Refusal:
    return Refusal(reason=DeclineReason.OTHER, note="", by=by, at=MONDAY)


def test_both_must_say_yes() -> None:
    pair = a_proposed_pair()

    pair.accept("mentee", SEATS, MONDAY)
    assert (pair.state, pair.mentor_seat) == (PairState.ACCEPTED, "released/pair-1")

    pair.accept("mentor", SEATS, MONDAY)
    assert (pair.state, pair.mentor_seat) == (PairState.AWAITING_TRAINING, SEATS.mentor)
    assert told(pair) == ["pair-accepted", "pair-accepted", "pair-created"]


def test_a_stranger_cannot_accept() -> None:
    with pytest.raises(NotFound):
        a_proposed_pair().accept("stranger", SEATS, MONDAY)


def test_nobody_accepts_twice() -> None:
    pair = a_proposed_pair()
    pair.accept("mentor", SEATS, MONDAY)

    with pytest.raises(AlreadyDecided):
        pair.accept("mentor", SEATS, MONDAY)


def test_a_coordinator_decides_for_both() -> None:
    pair = a_proposed_pair()

    pair.agree("carla", SEATS, MONDAY)

    assert told(pair) == ["pair-created"]


@pytest.mark.feature("D4")
def test_a_pair_says_what_it_waits_for_and_of_whom() -> None:
    pair = a_created_pair()
    before = a_proposed_pair().open_gates

    pair.meet(Gate.TRAINING, "mentor", MONDAY)
    pair.meet(Gate.AGREEMENT, "mentee", MONDAY)

    assert before == ()
    assert [(one.gate, one.person_ids) for one in pair.open_gates] == [
        (Gate.TRAINING, ("mentee",)), (Gate.GOAL, ("mentor", "mentee"))]


@pytest.mark.feature("D4")
def test_a_pair_starts_without_what_is_waived_for_a_reason() -> None:
    pair = a_created_pair()
    pair.meet(Gate.AGREEMENT, "mentee", MONDAY)
    pair.waive(Gate.TRAINING, WaiverReason.DONE_BEFORE, "carla", MONDAY)

    pair.waive(Gate.GOAL, WaiverReason.NOT_NEEDED, "carla", MONDAY)

    assert (pair.state, pair.open_gates) == (PairState.ACTIVE, ())
    assert told(pair) == ["pair-gate-waived", "pair-gate-waived", "pair-activated"]
    assert [one.because for one in pair.waived] == [WaiverReason.DONE_BEFORE, WaiverReason.NOT_NEEDED]


@pytest.mark.parametrize("gate", Gate)
def test_what_is_met_or_not_waited_for_is_not_waived(gate: Gate) -> None:
    pair = an_active_pair()

    with pytest.raises(AlreadyDecided):
        pair.waive(gate, WaiverReason.NOT_NEEDED, "carla", MONDAY)


def test_training_is_due_from_both_and_the_rest_once() -> None:
    pair = a_created_pair()

    pair.meet(Gate.TRAINING, "mentor", MONDAY)
    pair.meet(Gate.AGREEMENT, "mentee", MONDAY)
    pair.meet(Gate.GOAL, "mentee", MONDAY)
    assert pair.state is PairState.AWAITING_TRAINING

    pair.meet(Gate.TRAINING, "mentee", MONDAY)
    assert told(pair) == ["pair-activated"]


def test_a_gate_met_again_is_no_news() -> None:
    pair = an_active_pair()

    pair.meet(Gate.TRAINING, "mentor", MONDAY)

    assert told(pair) == []


def test_a_break_can_be_taken_and_ended() -> None:
    pair = an_active_pair()

    pair.pause("mentor", MONDAY)
    pair.resume("mentee", MONDAY)

    assert told(pair) == ["pair-paused", "pair-resumed"]
    assert [(one.kind, one.by) for one in pair.history[-2:]] == [("pair-paused", "mentor"), ("pair-resumed", "mentee")]


def test_an_ended_pair_frees_its_seats_and_can_be_followed() -> None:
    pair = an_active_pair()

    pair.close(CloseReason.ENDED_EARLY, "mentor", MONDAY)
    pair.ask_for_rematch("mentee", PARTING, MONDAY)

    assert {pair.mentor_seat, pair.mentee_seat, pair.couple, pair.organisation_seat} == {"released/pair-1"}
    assert told(pair) == ["pair-closed", "closing-reason-given", "rematch-requested"]


def test_a_proposal_is_declined_and_a_live_pair_is_not() -> None:
    proposal = a_proposed_pair()

    proposal.close(CloseReason.DECLINED, "mentee", MONDAY)
    assert proposal.reason is CloseReason.DECLINED

    for pair, reason in ((an_active_pair(), CloseReason.DECLINED), (a_proposed_pair(), CloseReason.COMPLETED)):
        with pytest.raises(AlreadyDecided):
            pair.close(reason, "mentee", MONDAY)


@pytest.mark.feature("A6")
@pytest.mark.parametrize("begun", [False, True])
def test_what_never_began_is_not_complete(*, begun: bool) -> None:
    by_word, over = (an_active_pair() if begun else a_created_pair() for _ in range(2))

    if begun:
        by_word.end(CloseReason.COMPLETED, None, "carla", MONDAY)
    else:
        with pytest.raises(PairNotBegun):
            by_word.end(CloseReason.COMPLETED, None, "carla", MONDAY)
        by_word.end(CloseReason.ENDED_EARLY, None, "carla", MONDAY)
    over.complete(MONDAY)

    assert by_word.reason is over.reason is (CloseReason.COMPLETED if begun else CloseReason.ENDED_EARLY)


@pytest.mark.parametrize(("end", "waiting"), [
    (lambda pair: pair.refuse(a_refusal("mentee"), MONDAY), ("mentor",)),
    (lambda pair: pair.end(CloseReason.DECLINED, None, "carla", MONDAY), ("mentor",)),
    (lambda pair: pair.complete(MONDAY), ("mentor",)),
    (lambda pair: pair.refuse(a_refusal("mentor"), MONDAY), ()),
])
def test_of_a_proposal_that_comes_to_nothing_is_told_who_had_said_yes_and_waits(
        end: Callable[[Pair], None], waiting: tuple[str, ...]) -> None:
    pair = a_proposed_pair()
    pair.accept("mentor", SEATS, MONDAY)

    end(pair)

    assert isinstance(closed := pair.recorded[-1].event, PairClosed)
    assert (closed.reason, closed.waiting_ids) == (CloseReason.DECLINED, waiting)


@pytest.mark.feature("C16")
@pytest.mark.parametrize(("end", "asked", "over"), [
    (lambda pair: pair.ask_for_rematch("carla", PARTING, MONDAY), True, False),
    (lambda pair: pair.end(CloseReason.ENDED_EARLY, None, "carla", MONDAY), False, False),
    (lambda pair: pair.complete(MONDAY), False, True)])
def test_the_end_of_a_pair_tells_whether_another_is_asked_for_and_whether_its_programme_is_over(
        end: Callable[[Pair], None], *, asked: bool, over: bool) -> None:
    pair = an_active_pair()

    end(pair)

    [closed] = [one.event for one in pair.recorded if isinstance(one.event, PairClosed)]
    assert (closed.rematch_asked, closed.with_programme) == (asked, over)


def test_nobody_waits_for_a_pair_that_began() -> None:
    pair = a_proposed_pair()
    pair.accept("mentor", SEATS, MONDAY)
    pair.accept("mentee", SEATS, MONDAY)

    pair.close(CloseReason.ENDED_EARLY, "mentor", MONDAY)

    assert isinstance(closed := pair.recorded[-1].event, PairClosed)
    assert closed.waiting_ids == ()


@pytest.mark.parametrize(("person", "reason"), [
    ("mentor", CloseReason.MENTOR_LEFT), ("mentee", CloseReason.MENTEE_LEFT)])
@pytest.mark.parametrize("a_pair", [a_created_pair, an_active_pair])
def test_whoever_leaves_ends_the_pair(a_pair: Callable[[], Pair], person: str, reason: CloseReason) -> None:
    pair = a_pair()

    pair.someone_left(person, MONDAY)
    pair.someone_left(person, MONDAY)

    assert (pair.reason, pair.left_id, told(pair)) == (reason, person, ["pair-closed"])


@pytest.mark.parametrize(("gone", "waiting"), [("mentor", ()), ("mentee", ("mentor",))])
def test_of_a_proposal_nothing_comes_when_one_of_the_two_leaves_the_organisation(
        gone: str, waiting: tuple[str, ...]) -> None:
    pair = a_proposed_pair()
    pair.accept("mentor", SEATS, MONDAY)

    pair.someone_left(gone, MONDAY)
    pair.someone_left(gone, MONDAY)

    assert isinstance(closed := pair.recorded[-1].event, PairClosed)
    assert (closed.reason, closed.left_id, closed.waiting_ids) == (CloseReason.DECLINED, gone, waiting)
    assert told(pair) == ["pair-accepted", "pair-closed"]


def test_whoever_stays_of_a_proposal_whose_mentor_left_may_ask_for_another() -> None:
    pair = a_proposed_pair()
    pair.someone_left("mentor", MONDAY)

    pair.ask_for_rematch("mentee", None, MONDAY)

    assert pair.rematch


@pytest.mark.parametrize("a_pair", [a_proposed_pair, an_active_pair])
def test_a_mentee_who_left_gets_no_rematch(a_pair: Callable[[], Pair]) -> None:
    pair = a_pair()
    pair.someone_left("mentee", MONDAY)

    with pytest.raises(AlreadyDecided):
        pair.ask_for_rematch("mentee", PARTING, MONDAY)


def test_a_pair_that_goes_on_ends_for_another_mentor_only_with_a_reason_that_no_event_of_pairs_tells() -> None:
    pair = an_active_pair()

    with pytest.raises(NeedsReason):
        pair.ask_for_rematch("mentee", None, MONDAY)
    assert (pair.state, told(pair)) == (PairState.ACTIVE, [])
    pair.ask_for_rematch("mentee", PARTING, MONDAY)

    assert pair.parting == PARTING
    assert not any(word in str(one.event) for one in pair.recorded for word in ("never listens", "by="))
    assert [one.event.topic for one in pair.recorded if "no-fit" in str(one.event)] == [CLOSINGS.name]


def test_an_ended_pair_needs_no_reason_to_be_followed() -> None:
    pair = an_active_pair()
    pair.someone_left("mentor", MONDAY)

    pair.ask_for_rematch("mentee", None, MONDAY)

    assert (pair.rematch, pair.parting) == (True, None)


@pytest.mark.parametrize(("person", "by"), [("mentee", ""), ("mentor", "mentee"), ("somebody", "mentee")])
def test_what_was_said_at_a_parting_goes_with_whoever_is_forgotten(person: str, by: str) -> None:
    pair = an_active_pair()
    pair.ask_for_rematch("mentee", PARTING, MONDAY)

    pair.forget(person)

    assert pair.parting == Parting(reason=PartingReason.NO_FIT, note="", by=by)


def test_a_rematch_is_asked_for_once() -> None:
    pair = an_active_pair()
    pair.ask_for_rematch("mentee", PARTING, MONDAY)

    with pytest.raises(AlreadyDecided):
        pair.ask_for_rematch("mentee", PARTING, MONDAY)


@pytest.mark.parametrize("act", [
    lambda pair: pair.pause("mentor", MONDAY), lambda pair: pair.resume("mentor", MONDAY),
    lambda pair: pair.accept("mentor", SEATS, MONDAY), lambda pair: pair.publish(SEATS, MONDAY),
    lambda pair: pair.close(CloseReason.COMPLETED, "mentor", MONDAY)])
def test_nothing_happens_to_a_pair_that_has_ended(act: Callable[[Pair], None]) -> None:
    pair = an_active_pair()
    pair.close(CloseReason.COMPLETED, "mentor", MONDAY)

    with pytest.raises(AlreadyDecided):
        act(pair)
