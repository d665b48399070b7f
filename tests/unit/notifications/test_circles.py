"""What people in a circle hear of their check-ins, in words of their own, and nobody else."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.matching.contracts.circles import (
    CircleChanged,
    CircleClosed,
    CircleCloseReason,
    CircleClosing,
    CircleSeatLost,
    CircleState,
    SeatLostBecause,
)
from services.matching.contracts.pairs import Party
from services.matching.contracts.participants import Role as Side
from services.matching.contracts.people import PersonState
from services.matching.contracts.programmes import ProgrammeState
from services.surveys.contracts.relationships import Relationship
from tests.unit.notifications.builders import (
    a_case,
    a_changed_person,
    a_check_in,
    a_missed_check_in,
    a_programme,
    a_reminder,
    an_escalated_case,
)
from tests.unit.notifications.house import NotificationsHouse
from tests.unit.notifications.test_story import text

BOTH = (Party("mentee", Side.MENTEE), Party("mentor", Side.MENTOR))
OF_CIRCLE = {"pair_id": "circle", "relationship": Relationship.CIRCLE}


def a_circle(parties: tuple[Party, ...] = BOTH, state: CircleState = CircleState.ACTIVE, **news: Any) -> CircleChanged:
    return CircleChanged(circle_id="circle", programme_id="programme", parties=parties, state=state, min_mentees=1,
                         max_mentees=8, **news)


@pytest.fixture
def circle(house: NotificationsHouse) -> None:
    house.know_everybody()
    house.tell(a_circle())


@pytest.mark.usefixtures("circle")
def test_a_member_is_asked_about_the_circle_and_not_about_one_partner(house: NotificationsHouse) -> None:
    house.tell(a_check_in(**OF_CIRCLE))

    [mail] = house.mails("circle-check-in-opened")
    assert (mail.person_id, mail.subject) == ("mentor", "How is it going in your circle?")
    assert "Jun-seo" not in text(mail)
    assert "The others and your manager do not." in text(mail)
    assert not house.parked()


@pytest.mark.usefixtures("circle")
def test_a_silence_is_told_to_that_member_and_at_last_to_those_in_charge(house: NotificationsHouse) -> None:
    told = [a_check_in(), a_reminder(), *(a_missed_check_in(number) for number in (1, 2, 3))]
    house.tell(*(replace(one, **OF_CIRCLE) for one in told))
    house.tell(*(replace(one, **OF_CIRCLE) for one in (a_case(), an_escalated_case())))

    assert {one.recipient for one in house.messages() if one.about_kind == "check-in"} == {"mentor"}
    assert {one.template for one in house.messages() if one.about_kind == "check-in"} == {
        f"circle-check-in-{name}" for name in ("opened", "reminder", "missed-once", "missed-twice")}
    assert [(one.template, one.recipient) for one in house.messages() if one.about_kind == "case"] == [
        ("circle-case-raised", "coordinator"), ("circle-case-escalated", "programme-office")]


@pytest.mark.usefixtures("circle")
@pytest.mark.parametrize("after", [a_circle((BOTH[0],)), a_circle(state=CircleState.CLOSED)])
def test_who_left_or_whose_circle_ended_is_not_asked(house: NotificationsHouse, after: CircleChanged) -> None:
    house.tell(after, a_check_in(**OF_CIRCLE))

    assert house.mails("circle-check-in-opened") == []
    assert [one.why for one in house.messages("circle-check-in-opened")] == ["pair-closed"]


def test_a_circle_that_is_not_known_yet_is_waited_for(house: NotificationsHouse) -> None:
    house.know_everybody()
    house.tell(a_check_in(**OF_CIRCLE))
    assert house.messages() == []

    house.tell(a_circle())
    house.wait_for_training()

    assert len(house.mails("circle-check-in-opened")) == 1


@pytest.mark.usefixtures("circle")
def test_whoever_joins_is_welcomed_and_the_others_hear_who_came(house: NotificationsHouse) -> None:
    house.tell(a_circle(joined_ids=("mentee",)))
    house.world.again()
    house.worker.settle()

    [welcome], [news] = house.mails("circle-welcome"), house.mails("circle-joined")
    assert (welcome.person_id, welcome.subject) == ("mentee", "Welcome to your circle in Rising Engineers")
    assert (news.person_id, news.subject) == ("mentor", "Jun-seo Park has joined your circle")
    assert "https://mentoring.caldera.example/circles/circle" in text(welcome)
    assert not house.parked()


@pytest.mark.usefixtures("circle")
def test_the_others_hear_who_left(house: NotificationsHouse) -> None:
    house.tell(a_circle((BOTH[1],), left_ids=("mentee",)))

    [news] = house.mails("circle-left")
    assert (news.person_id, news.subject) == ("mentor", "Jun-seo Park has left your circle")


@pytest.mark.usefixtures("circle")
def test_several_at_once_are_one_mail_and_nobody_who_is_forgotten_is_named(house: NotificationsHouse) -> None:
    house.tell(a_circle((BOTH[1],), left_ids=("mentee", "gone")), a_circle((BOTH[1],), left_ids=("gone",)))

    assert [one.subject for one in house.mails("circle-left")] == ["Your circle has changed"] * 2


def a_lost_seat(because: SeatLostBecause, person_id: str = "mentee") -> CircleSeatLost:
    return CircleSeatLost(seat_id="seat", circle_id="circle", programme_id="programme", person_id=person_id,
                          role=Side.MENTEE, because=because)


@pytest.mark.feature("C12")
@pytest.mark.usefixtures("circle")
@pytest.mark.parametrize(("because", "template", "words"), [
    (SeatLostBecause.BY_COORDINATOR, "circle-taken-out", "has taken you out of your circle"),
    (SeatLostBecause.BARRED_BY_RULE, "circle-no-place", "says nothing about you"),
    (SeatLostBecause.NO_FREE_SEAT, "circle-no-place", "says nothing about you"),
    (SeatLostBecause.TAKES_PART_NO_MORE, "circle-parted", "you take part in Rising Engineers no more as a mentee"),
])
def test_whoever_lost_their_place_hears_why_once(house: NotificationsHouse, because: SeatLostBecause, template: str,
                                                 words: str) -> None:
    house.tell(a_circle((BOTH[1],), left_ids=("mentee",)), a_lost_seat(because))
    house.world.again()
    house.worker.settle()

    assert [(one.template, one.recipient) for one in house.messages() if one.template != "circle-left"] == [
        (template, "mentee")]
    assert words in text(house.mails(template)[0])
    assert not house.parked()


@pytest.mark.feature("C12")
@pytest.mark.usefixtures("circle")
def test_whoever_has_left_the_organisation_is_written_to_no_more(house: NotificationsHouse) -> None:
    house.tell(a_changed_person("mentee", state=PersonState.LEFT), a_lost_seat(SeatLostBecause.TAKES_PART_NO_MORE))

    assert [(one.state, one.why) for one in house.messages()] == [("suppressed", "left")]


@pytest.mark.feature("C12")
@pytest.mark.usefixtures("circle")
def test_whoever_joins_in_the_last_weeks_prepares_the_farewell_too_and_once(house: NotificationsHouse) -> None:
    house.tell(CircleClosing(**vars(a_circle((BOTH[1],), CircleState.CLOSING))))
    for _ in range(2):
        house.tell(a_circle(state=CircleState.CLOSING, joined_ids=("mentee",)))
        house.tell(a_circle((BOTH[1],), CircleState.CLOSING, left_ids=("mentee",)))
    house.tell(a_circle(state=CircleState.CLOSING, joined_ids=("mentee",)))
    house.wait(timedelta(days=1))

    assert [one.person_id for one in house.mails("circle-last-weeks")] == ["mentor", "mentee"]
    assert len(house.mails("circle-welcome")) == 3
    assert not house.parked()


@pytest.mark.feature("C12")
@pytest.mark.usefixtures("circle")
def test_everybody_prepares_the_farewell_of_their_circle_by_day_and_once(house: NotificationsHouse) -> None:
    closing = CircleClosing(**{**vars(a_circle()), "state": CircleState.CLOSING})
    house.tell(closing)
    house.wait(timedelta(days=1))
    house.tell(a_circle(state=CircleState.ACTIVE), closing)
    house.wait(timedelta(days=1))

    mails = house.mails("circle-last-weeks")
    assert {one.person_id for one in mails} == {"mentor", "mentee"}
    assert len(mails) == 2
    assert {one.subject for one in mails} == {"The last weeks of your circle have begun"}
    assert not house.parked()


def the_end(reason: CircleCloseReason, parties: tuple[Party, ...] = BOTH) -> CircleClosed:
    return CircleClosed(**{**vars(a_circle(parties, CircleState.CLOSED)), "reason": reason})


@pytest.mark.feature("C12")
@pytest.mark.usefixtures("circle")
@pytest.mark.parametrize(("reason", "subject"), [
    (CircleCloseReason.COMPLETED, "Well done: your circle in Rising Engineers is complete"),
    (CircleCloseReason.ENDED_EARLY, "Your circle in Rising Engineers has ended"),
    (CircleCloseReason.TOO_FEW, "Your circle in Rising Engineers has ended")])
def test_everybody_who_sat_in_it_at_the_end_is_told_once(
        house: NotificationsHouse, reason: CircleCloseReason, subject: str) -> None:
    house.tell(the_end(reason, BOTH[1:]), the_end(reason))

    mails = [*house.mails("circle-completed"), *house.mails("circle-ended")]
    assert [(one.person_id, one.subject) for one in mails] == [("mentee", subject), ("mentor", subject)]
    assert not house.parked()


@pytest.mark.usefixtures("circle")
@pytest.mark.parametrize("state", [ProgrammeState.RUNNING, ProgrammeState.CLOSING])
def test_no_other_place_is_spoken_of_where_there_is_none_any_more(
        house: NotificationsHouse, state: ProgrammeState) -> None:
    house.tell(a_programme(state=state), the_end(CircleCloseReason.TOO_FEW))

    assert {"another place" in one.raw for one in house.mails("circle-ended")} == {
        state is ProgrammeState.RUNNING}


@pytest.mark.usefixtures("circle")
def test_an_end_for_a_reason_of_a_newer_version_is_not_explained(house: NotificationsHouse) -> None:
    house.tell(the_end("merged"))  # type: ignore[arg-type]

    assert house.messages() == []
