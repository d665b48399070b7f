"""An address that took no mail is tried again: by the last mail that still helps, and by each once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.matching.contracts.pairs import PairClosing, PairState
from services.matching.contracts.people import PersonState
from services.matching.contracts.requests import PairRequested, RequestState, RequestWithdrawn, WithdrawnBecause
from services.notifications.domain import letters
from services.notifications.domain.message import Message
from services.surveys.contracts.cases import CaseResolved
from shared.kernel.events import Event
from tests.unit.notifications.builders import (
    MONDAY,
    a_case,
    a_changed_person,
    a_check_in,
    a_message,
    a_pair,
    a_programme,
    an_answer,
)
from tests.unit.notifications.house import NotificationsHouse
from tests.unit.notifications.test_http import RETRY, Callers, in_vain
from tests.unit.notifications.test_http import callers as callers
from tests.unit.notifications.test_requests import news

pytestmark = pytest.mark.feature("N1")
DAY = timedelta(days=1)
HERS = {"pair_id": "other-pair", "programme_id": "other"}


@pytest.fixture
def two_programmes(house: NotificationsHouse) -> None:
    """The mentor has a pair in each."""
    house.begin_pair()
    house.tell(a_programme(programme_id="other"), a_pair(**HERS))
    house.wait_for_training()


def moves(house: NotificationsHouse, email: str, person_id: str = "mentor") -> None:
    house.tell(a_changed_person(person_id, email=email))


def opened(house: NotificationsHouse) -> list[tuple[str, str]]:
    return sorted((one.about, one.state) for one in house.messages("check-in-opened"))


@pytest.mark.usefixtures("two_programmes")
def test_of_each_programme_the_last_mail_follows_also_by_the_same_letter(house: NotificationsHouse) -> None:
    moves(house, "mentor@moved.invalid")
    house.tell(a_check_in(check_in_id="a"), a_check_in(check_in_id="b", **HERS))

    moves(house, "mentor@example.com")

    assert [about for about, state in opened(house) if state == "accepted"] == ["a", "b"]


@pytest.mark.usefixtures("two_programmes")
def test_what_was_repeated_is_not_sent_again_when_another_programmes_mail_bounces(house: NotificationsHouse) -> None:
    moves(house, "mentor@moved.invalid")
    house.tell(a_check_in(check_in_id="older"), a_check_in(check_in_id="a", period=2))
    house.wait(DAY)
    moves(house, "mentor@example.com")
    house.wait(2 * DAY)

    moves(house, "mentor@away.invalid")
    house.tell(a_check_in(check_in_id="b", **HERS))
    moves(house, "mentor@example.org")

    assert [about for about, state in opened(house) if state == "accepted"] == ["a", "b"]


SETTLED = [
    ("mentor", a_check_in(), an_answer()),
    ("mentor", replace(news(PairRequested), answer_by=MONDAY + 10 * DAY),
     news(RequestWithdrawn, RequestState.WITHDRAWN, because=WithdrawnBecause.NOT_AVAILABLE)),
    ("coordinator", a_case(), a_case(CaseResolved, reason="handled")),
]


@pytest.mark.parametrize(("who", "asked", "over"), SETTLED, ids=["check-in", "request", "case"])
def test_what_is_settled_is_not_sent_again(house: NotificationsHouse, who: str, asked: Event, over: Event) -> None:
    house.begin_pair()
    moves(house, f"{who}@moved.invalid", who)
    house.tell(asked)
    [vain] = [one for one in house.messages() if one.why]
    house.tell(over)

    moves(house, f"{who}@example.com", who)

    assert [one.state for one in house.messages(vain.template) if one.about == vain.about] == ["failed"]


def test_where_nothing_is_left_to_try_it_with_the_person_stays_listed(house: NotificationsHouse, callers: Callers
                                                                      ) -> None:
    in_vain(house)
    house.wait(15 * DAY)
    before = len(house.messages())

    answer = callers.post(RETRY, None, "coordinator")
    house.worker.settle()
    still = callers.get("/programmes/programme/messages?unreachable=true", "coordinator").json["items"]

    assert (answer.status_code, answer.json["code"]) == (409, "nothing-to-try")
    assert (len(house.messages()), [one["person_id"] for one in still]) == (before, ["mentor"])


def test_two_weeks_do_not_begin_anew_with_each_repeat(house: NotificationsHouse, callers: Callers) -> None:
    in_vain(house)
    house.wait(10 * DAY)
    again = callers.post(RETRY, None, "coordinator")
    house.worker.settle()
    house.wait(5 * DAY)

    late = callers.post(RETRY, None, "coordinator")

    assert [one.status_code for one in (again, late)] == [200, 409]


@pytest.mark.parametrize(("message", "over_at"), [
    (a_message(closes_at=MONDAY + 3 * DAY), MONDAY + 3 * DAY),
    (a_message(letter=letters.INTRODUCTION, meets_at=MONDAY + 9 * DAY), MONDAY + 9 * DAY),
    (a_message(closes_at=MONDAY + 30 * DAY), MONDAY + 14 * DAY),
    (a_message().again(MONDAY + 8 * DAY, MONDAY + 8 * DAY), MONDAY + 14 * DAY),
])
def test_what_names_a_day_that_is_over_is_not_worth_repeating(message: Message, over_at: datetime) -> None:
    assert [message.is_worth_repeating(at) for at in (over_at - timedelta(seconds=1), over_at)] == [True, False]


def test_an_address_is_not_believed_when_its_mail_must_wait_for_a_leave(house: NotificationsHouse, callers: Callers
                                                                         ) -> None:
    in_vain(house)
    house.tell(a_changed_person("mentor", email="mentor@moved.invalid", state=PersonState.ON_LEAVE))

    answer = callers.post(RETRY, None, "coordinator")

    assert (answer.status_code, answer.json["code"]) == (409, "nothing-to-try")


def test_letters_that_come_by_day_are_not_repeated_in_the_night(house: NotificationsHouse) -> None:
    house.begin_pair()
    moves(house, "mentor@moved.invalid")
    house.tell(a_pair(PairClosing, state=PairState.CLOSING))
    house.wait(DAY)
    house.clock.set(house.clock.now().replace(hour=2))

    moves(house, "mentor@example.com")

    repeat = [one for one in house.messages("last-weeks") if one.first_at]
    assert [one.state for one in repeat] == ["queued"]
