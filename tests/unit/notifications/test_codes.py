"""One-click links, from the mail to what they stand for."""

import re
from datetime import timedelta

import pytest

from services.matching.contracts.pairs import CloseReason
from services.notifications.domain.code import REFUSAL
from shared.kernel.errors import NotFound
from tests.unit.notifications.builders import a_check_in, a_closed_pair, a_missed_check_in, a_reminder
from tests.unit.notifications.house import NotificationsHouse


def link(house: NotificationsHouse, template: str) -> str:
    raw = house.mails(template)[0].raw.replace("=\r\n", "")
    found = re.search(r"/c/([A-Za-z0-9_-]{22})/1", raw)
    assert found
    return found[1]


@pytest.fixture
def asked(house: NotificationsHouse) -> NotificationsHouse:
    house.begin_pair()
    house.tell(a_check_in())
    return house


def test_the_link_in_the_mail_stands_for_the_check_in(asked: NotificationsHouse) -> None:
    found = asked.notifications.codes.resolve(link(asked, "check-in-opened"))

    assert (found.purpose, found.subject_id, found.person_id, found.open) == (
        "check-in", "check-in-of-mentor", "mentor", True)


def test_a_reminder_has_a_new_link_to_the_same_check_in(asked: NotificationsHouse) -> None:
    asked.tell(a_reminder(), a_missed_check_in(1))

    links = [link(asked, name) for name in ("check-in-opened", "check-in-reminder", "check-in-missed-once")]
    found = [asked.notifications.codes.resolve(one) for one in links]

    assert len(set(links)) == 3
    assert {one.subject_id for one in found} == {"check-in-of-mentor"}
    assert [one.attempt for one in found] == [0, 1, 2]


def test_no_code_is_kept_outside_the_mail(asked: NotificationsHouse) -> None:
    code = link(asked, "check-in-opened")

    stored = [str(vars(one)) for one in (*asked.notifications.codes.store.each({}), *asked.messages())]

    assert not [text for text in stored if code in text]


@pytest.mark.parametrize("forged", ["", "A" * 22, "x", "../../etc", "é" * 22, "\udc80", "A" * 5000])
def test_a_forged_code_is_refused(asked: NotificationsHouse, forged: str) -> None:
    with pytest.raises(NotFound, match=REFUSAL):
        asked.notifications.codes.resolve(forged)


def test_after_the_period_the_link_still_says_what_it_was_for(asked: NotificationsHouse) -> None:
    code = link(asked, "check-in-opened")

    asked.wait(timedelta(days=31))

    assert asked.notifications.codes.resolve(code).open is False


def test_an_expired_code_is_refused_and_forgotten(asked: NotificationsHouse) -> None:
    code = link(asked, "check-in-opened")

    asked.wait(timedelta(days=61))

    with pytest.raises(NotFound, match=REFUSAL):
        asked.notifications.codes.resolve(code)
    assert asked.notifications.codes.store.count({}) == 0


def test_a_link_is_closed_with_the_pair(asked: NotificationsHouse) -> None:
    code = link(asked, "check-in-opened")

    asked.tell(a_closed_pair(CloseReason.COMPLETED))

    assert asked.notifications.codes.resolve(code).open is False
