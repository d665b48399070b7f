"""Who hears of a mentee's request for a mentor, with a link to the portal."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from services.matching.contracts.requests import (
    PairRequested,
    RequestAccepted,
    RequestDeclined,
    RequestEvent,
    RequestExpired,
    RequestQuestionAnswered,
    RequestQuestionAsked,
    RequestReminderDue,
    RequestState,
    RequestWithdrawn,
    WithdrawnBecause,
)
from services.notifications.domain.message import MessageState
from tests.unit.notifications.builders import MONDAY, a_programme
from tests.unit.notifications.house import NotificationsHouse

TIMED = (PairRequested, RequestReminderDue, RequestQuestionAsked, RequestQuestionAnswered)


def news(kind: type[RequestEvent], state: RequestState = RequestState.OPEN, **more: Any) -> RequestEvent:
    timed = {"answer_by": MONDAY + timedelta(days=3)} if kind in TIMED else {}
    return kind(request_id="request", programme_id="programme", mentor_id="mentor", mentee_id="mentee", rank=1,
                state=state, **timed, **more)


def sent(house: NotificationsHouse, *events: RequestEvent) -> list[tuple[str, str]]:
    """Template and addressee of what follows."""
    house.know_everybody()
    house.tell(*events)
    return sorted((one.template, one.recipient) for one in house.messages())


@pytest.mark.feature("C2")
@pytest.mark.parametrize(("event", "mails"), [
    (news(PairRequested), [("request-received", "mentor")]),
    (news(RequestReminderDue), [("request-reminder", "mentor")]),
    (news(RequestQuestionAsked), [("request-question", "mentee")]),
    (news(RequestQuestionAnswered), [("request-reply", "mentor")]),
    (news(RequestDeclined), [("request-next", "mentee")]),
    (news(RequestDeclined, RequestState.WITHDRAWN, because=WithdrawnBecause.REQUESTS_ENDED),
     [("request-ended", "mentee")]),
    (news(RequestExpired), [("request-next", "mentee")]),
    (news(RequestExpired, RequestState.EXHAUSTED),
     [("request-exhausted", "coordinator"), ("request-exhausted", "mentee")]),
    (news(RequestWithdrawn, because=WithdrawnBecause.NOT_AVAILABLE), [("request-next", "mentee")]),
    (news(RequestWithdrawn, RequestState.WITHDRAWN, because=WithdrawnBecause.PAIRED), [("request-settled", "mentor")]),
    (news(RequestWithdrawn, RequestState.ACCEPTED, because=WithdrawnBecause.PAIRED), [("request-settled", "mentor")]),
    (news(RequestWithdrawn, RequestState.WITHDRAWN, because=WithdrawnBecause.PROGRAMME_ENDED), []),
    (news(RequestWithdrawn, RequestState.WITHDRAWN, because=WithdrawnBecause.REQUESTS_ENDED),
     [("request-ended", "mentee"), ("request-settled", "mentor")]),
    (news(RequestAccepted, RequestState.ACCEPTED, pair_id="pair"), []),
])
def test_whoever_it_concerns_hears_of_it(house: NotificationsHouse, event: RequestEvent,
                                         mails: list[tuple[str, str]]) -> None:
    assert sent(house, event) == mails


@pytest.mark.feature("C2")
def test_the_mentor_is_told_who_asks_until_when_and_where_to_answer(house: NotificationsHouse) -> None:
    sent(house, news(PairRequested))

    [mail] = house.mails("request-received")

    assert mail.subject == "Jun-seo Park asks you to be their mentor"
    assert "4 March 2027" in mail.raw
    assert "https://mentoring.caldera.example/my" in mail.raw


@pytest.mark.feature("C2")
@pytest.mark.parametrize("over", [
    news(RequestAccepted, RequestState.ACCEPTED, pair_id="pair"), news(RequestDeclined), news(RequestExpired),
    news(RequestWithdrawn, RequestState.WITHDRAWN, because=WithdrawnBecause.BY_MENTEE),
])
def test_what_waits_to_be_sent_is_not_sent_when_it_needs_no_answer_any_more(house: NotificationsHouse,
                                                                             over: RequestEvent) -> None:
    house.know_everybody()

    for event in (*(news(kind) for kind in TIMED), over):
        house.world.tell(event)
    house.worker.settle()

    waiting = {one.template: one.why for one in house.messages() if one.state is MessageState.SUPPRESSED}
    assert waiting == dict.fromkeys(
        ("request-received", "request-reminder", "request-question", "request-reply"), "settled")


@pytest.mark.feature("C2")
@pytest.mark.parametrize(("asking", "turns", "withdrawn"), [
    ((PairRequested, RequestReminderDue), RequestQuestionAsked, {"request-received", "request-reminder"}),
    ((RequestQuestionAsked,), RequestQuestionAnswered, {"request-question"}),
])
def test_whose_turn_is_over_is_not_asked_any_more(
        house: NotificationsHouse, asking: tuple[type[RequestEvent], ...], turns: type[RequestEvent],
        withdrawn: set[str]) -> None:
    house.know_everybody()

    for kind in (*asking, turns):
        house.world.tell(news(kind))
    house.worker.settle()

    assert {one.template for one in house.messages() if one.state is MessageState.SUPPRESSED} == withdrawn


@pytest.mark.feature("C4")
def test_a_refusal_that_is_heard_again_lets_the_next_one_be_asked(house: NotificationsHouse) -> None:
    house.know_everybody()
    house.tell(news(RequestDeclined))

    house.world.tell(dataclasses.replace(news(PairRequested), mentor_id="coordinator"))
    house.world.tell(news(RequestDeclined))
    house.worker.settle()

    assert [one.state for one in house.messages("request-received")] == [MessageState.ACCEPTED]


@pytest.mark.feature("C4")
def test_without_a_coordinator_the_office_hears_that_nobody_is_left(house: NotificationsHouse) -> None:
    house.know_everybody()
    house.tell(a_programme(coordinator_ids=()), news(RequestDeclined, RequestState.EXHAUSTED))

    assert {one.recipient for one in house.messages("request-exhausted")} == {"mentee", "programme-office"}
