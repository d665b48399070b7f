"""A message is sent once, or it is said why not."""

from datetime import timedelta

import pytest
from hypothesis import given, strategies

from services.notifications.contracts.messages import MessageFailed, MessageSent, MessageSuppressed
from services.notifications.domain.delays import LEASE, pause_after
from services.notifications.domain.message import BUDGET, Message, MessageState
from shared.kernel.errors import WrongState
from tests.unit.notifications.builders import MONDAY, a_message

MINUTE = timedelta(minutes=1)


def kinds(message: Message) -> list[type]:
    return [type(recorded.event) for recorded in message.recorded]


def test_the_same_cause_asks_for_the_same_message() -> None:
    assert a_message().id == a_message(now=MONDAY + MINUTE).id


def test_another_recipient_gets_another_message() -> None:
    assert a_message().id != a_message(person_id="mentee").id


def test_whoever_claims_a_message_sends_it_alone() -> None:
    message = a_message()

    message.claim(MONDAY)

    with pytest.raises(WrongState):
        message.claim(MONDAY + LEASE - MINUTE)


def test_a_claim_that_nobody_settled_runs_out() -> None:
    message = a_message()
    message.claim(MONDAY)

    message.claim(MONDAY + LEASE)

    assert (message.state, message.tries) == (MessageState.SENDING, 2)


def test_an_accepted_message_is_told_once_however_many_sent_it() -> None:
    message = a_message()
    message.claim(MONDAY)

    message.accept(MONDAY)
    message.accept(MONDAY + MINUTE)
    message.put_off("server-away", MONDAY + MINUTE)

    assert message.state is MessageState.ACCEPTED
    assert kinds(message) == [MessageSent]
    assert message.due_at is None


def test_a_message_that_failed_for_now_is_tried_again_later() -> None:
    message = a_message()
    message.claim(MONDAY)

    message.put_off("server-away", MONDAY)

    assert message.state is MessageState.FAILED_FOR_NOW
    assert message.due_at == MONDAY + pause_after(1, message.id)
    assert kinds(message) == []


def test_a_message_that_was_refused_is_never_tried_again() -> None:
    message = a_message()
    message.claim(MONDAY)

    message.fail("recipient-refused", MONDAY, permanent=True)

    assert message.due_at is None
    assert kinds(message) == [MessageFailed]
    with pytest.raises(WrongState):
        message.claim(MONDAY + LEASE)


def test_after_72_hours_a_message_is_stale() -> None:
    message = a_message()

    message.claim(MONDAY + BUDGET)

    assert (message.state, message.why) == (MessageState.SUPPRESSED, "stale")
    assert kinds(message) == [MessageSuppressed]


def test_just_before_72_hours_a_message_is_still_sent() -> None:
    message = a_message()

    message.claim(MONDAY + BUDGET - timedelta(milliseconds=1))

    assert message.state is MessageState.SENDING


def test_what_happened_too_long_ago_is_not_told_any_more() -> None:
    message = a_message(happened_at=MONDAY - BUDGET)

    assert (message.state, message.why) == (MessageState.SUPPRESSED, "stale")


def test_a_message_on_its_way_cannot_be_withdrawn() -> None:
    message = a_message()
    message.claim(MONDAY)

    message.withdraw("answered", MONDAY)

    assert message.state is MessageState.SENDING


@given(strategies.integers(1, 200), strategies.text(max_size=20))
def test_pauses_grow_to_an_hour_and_never_leave_their_quarter(tries: int, id: str) -> None:
    expected = min(MINUTE * 2 ** min(tries - 1, 10), timedelta(hours=1))

    assert expected * 0.75 <= pause_after(tries, id) <= expected * 1.25


def test_two_messages_do_not_come_back_at_the_same_moment() -> None:
    assert pause_after(3, "one") != pause_after(3, "other")
