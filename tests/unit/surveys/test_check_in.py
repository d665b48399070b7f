"""Rules of a check-in: missed means delivered and not answered, nothing else."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.surveys.contracts.check_ins import CheckInExcused
from services.surveys.domain.answer import Answer
from services.surveys.domain.check_in import CheckIn, CheckInState, Delivery
from shared.kernel.errors import Invalid, NotFound, WrongState
from tests.unit.surveys.builders import CADENCE, DUE, MONDAY, a_check_in, told

DAY = timedelta(days=1)
OPENED = DUE.opens_at
FINE = Answer(rating=4)


def test_it_opens_by_its_own_timer() -> None:
    check_in = a_check_in()

    check_in.tick(OPENED - timedelta(milliseconds=1))
    assert check_in.state == CheckInState.PLANNED
    check_in.tick(OPENED)

    assert (check_in.state, told(check_in)) == (CheckInState.OPEN, ["check-in-opened"])


def test_a_period_that_is_over_is_excused_and_never_opens() -> None:
    check_in = CheckIn.plan(DUE, CADENCE, DUE.closes_at)

    assert (check_in.state, check_in.excuse, check_in.due_at) == (CheckInState.EXCUSED, "not-sent", None)


def test_a_period_that_ended_while_the_clock_slept_is_excused() -> None:
    check_in = a_check_in()

    check_in.tick(DUE.closes_at)

    assert told(check_in) == ["check-in-excused"]


def test_no_deadline_runs_before_a_message_was_sent() -> None:
    check_in = a_check_in(CheckInState.OPEN)

    assert list(check_in.timers) == ["sending"]


def test_the_deadline_counts_from_the_sending() -> None:
    check_in = a_check_in(CheckInState.OPEN)

    check_in.sent(OPENED + 2 * DAY)

    assert check_in.answer_by == OPENED + 9 * DAY


def test_a_message_that_went_late_extends_the_period() -> None:
    check_in = a_check_in(CheckInState.OPEN)

    check_in.sent(DUE.closes_at - DAY)

    assert check_in.closes_at == DUE.closes_at + 6 * DAY


def test_the_reminder_goes_to_the_silent_once() -> None:
    check_in = a_check_in(CheckInState.OPEN)
    check_in.sent(OPENED)

    check_in.tick(OPENED + 3 * DAY)
    check_in.tick(OPENED + 4 * DAY)

    assert told(check_in) == ["check-in-reminder-due"]


def test_whoever_answered_is_not_reminded() -> None:
    check_in = a_check_in(CheckInState.OPEN)
    check_in.sent(OPENED)
    check_in.reply(FINE, "mentee-1", OPENED + DAY)

    check_in.tick(OPENED + 8 * DAY)

    assert told(check_in) == ["check-in-answered"]


def test_after_a_long_sleep_nobody_is_reminded_of_what_is_over() -> None:
    check_in = a_check_in(CheckInState.OPEN)
    check_in.sent(OPENED)

    check_in.tick(OPENED + 8 * DAY)

    assert told(check_in) == ["check-in-lapsed"]


def test_the_sending_of_the_reminder_moves_no_deadline() -> None:
    check_in = a_check_in(CheckInState.OPEN)
    check_in.sent(OPENED)

    check_in.sent(OPENED + 3 * DAY)

    assert check_in.answer_by == OPENED + 7 * DAY


def _unsent(check_in: CheckIn) -> None:
    check_in.tick(OPENED + 4 * DAY)


def _undelivered(check_in: CheckIn) -> None:
    check_in.not_delivered(OPENED + DAY)


def _unanswered(check_in: CheckIn) -> None:
    check_in.sent(OPENED)
    check_in.tick(OPENED + 7 * DAY)


@pytest.mark.feature("H2")
@pytest.mark.parametrize(("fate", "state", "delivery", "news"), [
    (_unsent, CheckInState.EXCUSED, Delivery.NOT_SENT, "check-in-excused"),
    (_undelivered, CheckInState.UNDELIVERABLE, Delivery.UNDELIVERABLE, "check-in-excused"),
    (_unanswered, CheckInState.MISSED, Delivery.SENT, "check-in-lapsed"),
])
def test_not_sent_not_delivered_and_not_answered_are_told_apart(
        fate: Callable[[CheckIn], None], state: CheckInState, delivery: Delivery, news: str) -> None:
    check_in = a_check_in(CheckInState.OPEN)

    fate(check_in)

    assert (check_in.state, check_in.delivery, told(check_in)) == (state, delivery, [news])


def test_a_mail_that_comes_back_after_the_deadline_turns_missed_into_undeliverable() -> None:
    check_in = a_check_in(CheckInState.MISSED)

    check_in.not_delivered(OPENED + 9 * DAY)

    assert check_in.state == CheckInState.UNDELIVERABLE
    assert [one.event.reason for one in check_in.recorded if isinstance(one.event, CheckInExcused)] == ["undeliverable"]


def test_a_reminder_that_is_suppressed_excuses_nothing() -> None:
    check_in = a_check_in(CheckInState.OPEN)
    check_in.sent(OPENED)

    check_in.not_sent("not-sent", OPENED + 3 * DAY)

    assert check_in.state == CheckInState.OPEN


@pytest.mark.parametrize("state", [CheckInState.PLANNED, CheckInState.OPEN])
def test_a_break_stops_all_clocks(state: CheckInState) -> None:
    check_in = a_check_in(state)

    check_in.leave_out("paused", OPENED + DAY)

    assert (check_in.state, check_in.due_at) == (CheckInState.EXCUSED, None)


def test_an_answer_is_told_once_and_changeable_until_the_period_closes() -> None:
    check_in = a_check_in(CheckInState.OPEN)

    check_in.reply(FINE, "mentee-1", OPENED + DAY)
    check_in.reply(Answer(rating=2, comment="We did not meet."), "mentee-1", DUE.closes_at - DAY)

    assert told(check_in) == ["check-in-answered"]
    assert check_in.answer == Answer(rating=2, comment="We did not meet.")
    assert check_in.answered_at == OPENED + DAY


def test_one_click_changes_the_rating_and_keeps_what_was_said_before() -> None:
    check_in = a_check_in(CheckInState.OPEN)
    check_in.reply(Answer(rating=2, met=False, comment="No time.", comment_visible=True), "mentee-1", OPENED)

    check_in.reply(Answer(rating=3), "mentee-1", OPENED + DAY)

    assert check_in.answer == Answer(rating=3, met=False, comment="No time.", comment_visible=True)


def test_after_the_period_the_answer_stays_as_it_is() -> None:
    check_in = a_check_in(CheckInState.OPEN)
    check_in.reply(FINE, "mentee-1", OPENED + DAY)

    with pytest.raises(WrongState):
        check_in.reply(Answer(rating=1), "mentee-1", DUE.closes_at)


@pytest.mark.parametrize("state", [CheckInState.OPEN, CheckInState.MISSED])
def test_what_is_open_or_missed_can_be_answered(state: CheckInState) -> None:
    check_in = a_check_in(state)

    check_in.reply(FINE, "mentee-1", OPENED + 8 * DAY)

    assert (check_in.state, check_in.due_at) == (CheckInState.ANSWERED, None)


def test_what_nobody_could_send_can_be_answered_all_the_same() -> None:
    check_in = a_check_in(CheckInState.OPEN)
    check_in.on_sending(OPENED + 4 * DAY)

    check_in.reply(FINE, "mentee-1", OPENED + 5 * DAY)

    assert check_in.state == CheckInState.ANSWERED


def test_what_is_planned_or_excused_by_a_break_cannot_be_answered() -> None:
    paused = a_check_in(CheckInState.OPEN)
    paused.leave_out("paused", OPENED)

    for check_in in (a_check_in(), paused):
        with pytest.raises(WrongState):
            check_in.reply(FINE, "mentee-1", OPENED)


def test_nobody_answers_for_another() -> None:
    with pytest.raises(NotFound):
        a_check_in(CheckInState.OPEN).reply(FINE, "mentor-1", OPENED)


def test_a_bounce_after_the_answer_changes_nothing() -> None:
    check_in = a_check_in(CheckInState.OPEN)
    check_in.reply(FINE, "mentee-1", OPENED)

    check_in.not_delivered(OPENED + DAY)

    assert check_in.state == CheckInState.ANSWERED


@pytest.mark.parametrize(("rating", "progress"), [(0, None), (6, None), (3, 0), (3, 6)])
def test_ratings_go_from_one_to_five(rating: int, progress: int | None) -> None:
    with pytest.raises(Invalid):
        Answer(rating=rating, progress=progress)


def test_no_event_holds_what_was_said() -> None:
    check_in = a_check_in(CheckInState.OPEN)

    check_in.reply(Answer(rating=1, comment="secret"), "mentee-1", OPENED)

    assert "secret" not in repr(check_in.recorded)
    assert "rating" not in repr(check_in.recorded)


def test_ids_are_one_for_a_side_and_a_period() -> None:
    assert CheckIn.plan(DUE, CADENCE, MONDAY).id == CheckIn.plan(DUE, CADENCE, OPENED).id
    assert a_check_in().id != a_check_in(period=2).id != a_check_in(person_id="mentor-1").id
