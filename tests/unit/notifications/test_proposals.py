"""Who hears that a coordinator would like two people to be a pair, with a link to the page where they say yes or no."""

import pytest

from services.matching.contracts.pairs import (
    CloseReason,
    PairAccepted,
    PairActivated,
    PairClosed,
    PairCreated,
    PairEvent,
    PairProposed,
    PairReminderDue,
    PairState,
)
from services.matching.contracts.people import PersonState
from services.notifications.domain.message import MessageState
from tests.unit.notifications.builders import a_changed_person, a_pair
from tests.unit.notifications.house import NotificationsHouse
from tests.unit.notifications.test_role_names import text

pytestmark = pytest.mark.feature("C1")
PROPOSED = a_pair(PairProposed, PairState.PROPOSED)
ACCEPTED = a_pair(PairAccepted, PairState.ACCEPTED, accepted_by="mentor")


def reminder(*silent: str) -> PairEvent:
    return a_pair(PairReminderDue, PairState.ACCEPTED, silent_ids=silent)


def sent(house: NotificationsHouse, template: str = "") -> list[tuple[str, str]]:
    return sorted((one.template, one.recipient) for one in house.messages(template)
                  if one.state is MessageState.ACCEPTED)


def test_both_are_asked_once_each_in_their_language_with_a_link_to_their_page(house: NotificationsHouse) -> None:
    house.know_everybody()

    house.tell(a_changed_person("mentee", language="de"), PROPOSED)

    assert sent(house) == [("pair-proposed", "mentee"), ("pair-proposed", "mentor")]
    mails = {mail.to: mail for mail in house.mails("pair-proposed")}
    [german] = [mail for to, mail in mails.items() if "mentee" in to]
    [english] = [mail for to, mail in mails.items() if "mentor" in to]
    assert (
        german.subject, english.subject) == ("Amara Diallo und du: ein Tandem?", "You and Jun-seo Park could be a pair")
    assert "mit Amara als" in text(german)
    assert "with you as a mentor" in text(english)
    assert all("https://mentoring.caldera.example/my" in text(mail) for mail in mails.values())


def test_only_the_silent_are_reminded(house: NotificationsHouse) -> None:
    house.know_everybody()

    house.tell(PROPOSED, ACCEPTED, reminder("mentee"))

    assert sent(house, "pair-reminder") == [("pair-reminder", "mentee")]


@pytest.mark.feature("D4")
def test_whoever_has_not_done_what_comes_before_the_start_is_reminded_of_it(house: NotificationsHouse) -> None:
    house.know_everybody()

    house.tell(a_pair(), a_pair(PairReminderDue, silent_ids=("mentee",)))

    assert sent(house, "pair-reminder") == []
    assert sent(house, "start-reminder") == [("start-reminder", "mentee")]


@pytest.mark.parametrize(("then", "asked"), [
    (ACCEPTED, {"mentee"}),
    (a_pair(PairCreated), set()),
    (a_pair(PairClosed, PairState.CLOSED, reason=CloseReason.DECLINED), set()),
])
def test_nobody_is_asked_for_what_is_answered(house: NotificationsHouse, then: PairEvent, asked: set[str]) -> None:
    house.know_everybody()

    for event in (PROPOSED, reminder("mentor", "mentee"), then):
        house.world.tell(event)
    house.worker.settle()

    for template in ("pair-proposed", "pair-reminder"):
        assert {one for _template, one in sent(house, template)} == asked


@pytest.mark.feature("D4")
def test_nobody_is_told_that_something_comes_before_the_start_of_a_pair_that_has_begun(
        house: NotificationsHouse) -> None:
    house.know_everybody()

    for event in (a_pair(), a_pair(PairReminderDue, silent_ids=("mentee",)), a_pair(PairActivated, PairState.ACTIVE)):
        house.world.tell(event)
    house.worker.settle()
    house.wait_for_training()

    assert sent(house) == [("introduction", "mentee"), ("introduction", "mentor")]


def test_what_comes_again_settles_no_later_reminder(house: NotificationsHouse) -> None:
    house.know_everybody()

    for event in (PROPOSED, a_pair(), a_pair(PairReminderDue, silent_ids=("mentee",))):
        house.world.tell(event)
    house.world.again()
    house.worker.settle()

    assert sent(house) == [("start-reminder", "mentee")]


def over(*waiting: str) -> PairEvent:
    return a_pair(PairClosed, PairState.CLOSED, reason=CloseReason.DECLINED, waiting_ids=waiting)


def test_whoever_said_yes_hears_once_and_kindly_that_nothing_comes_of_it(house: NotificationsHouse) -> None:
    house.know_everybody()
    house.tell(a_changed_person("mentor", language="de"), PROPOSED, ACCEPTED)

    house.tell(over("mentor"))

    assert sent(house, "proposal-ended") == [("proposal-ended", "mentor")]
    [mail] = house.mails("proposal-ended")
    assert mail.subject == "Jun-seo und du: Diesmal klappt es leider nicht"
    assert "danke, dass du zu einem Tandem mit Jun-seo Park in Rising Engineers Ja gesagt hast" in text(mail)
    assert "https://mentoring.caldera.example/my" in text(mail)


def test_a_no_is_told_to_nobody_who_has_not_said_yes(house: NotificationsHouse) -> None:
    house.know_everybody()
    house.tell(PROPOSED, ACCEPTED)
    before = sent(house)

    house.tell(over())

    assert sent(house) == before


def test_whoever_is_on_leave_is_asked_too(house: NotificationsHouse) -> None:
    house.know_everybody()

    house.tell(a_changed_person("mentee", state=PersonState.ON_LEAVE), PROPOSED, reminder("mentee"))

    assert ("pair-proposed", "mentee") in sent(house)
    assert ("pair-reminder", "mentee") in sent(house)
