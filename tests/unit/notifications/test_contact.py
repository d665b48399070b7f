"""Who can be written to."""

from datetime import timedelta

import pytest

from services.notifications.contracts.contacts import ContactReachable, ContactUnreachable
from services.notifications.domain.contact import Card, Contact, ContactState, is_address
from tests.unit.notifications.builders import MONDAY

LATER = MONDAY + timedelta(days=1)


def a_card(**more: object) -> Card:
    fields = {"person_id": "mentor", "state": ContactState.ACTIVE, "name": "Amara Diallo", "email": "a@caldera.example",
              "language": "en", "time_zone": "Europe/Lisbon", "location": "Lisbon"}
    return Card(**{**fields, **more})  # type: ignore[arg-type]


def a_contact(**more: object) -> Contact:
    return Contact.of(a_card(**more), MONDAY)


def test_somebody_at_work_with_an_address_is_written_to() -> None:
    assert a_contact().obstacle(waits_for_return=True) is None


@pytest.mark.parametrize(("contact", "why"), [
    (a_contact(state=ContactState.LEFT), "left"),
    (a_contact(state=ContactState.ON_LEAVE), "on-leave"),
    (a_contact(email=""), "no-address"),
    (a_contact(email="a@b.example\nBcc: all@b.example"), "no-address"),
])
def test_what_stands_in_the_way_has_a_name(contact: Contact, why: str) -> None:
    assert contact.obstacle(waits_for_return=True) == why


def test_somebody_on_leave_hears_what_cannot_wait() -> None:
    assert a_contact(state=ContactState.ON_LEAVE).obstacle(waits_for_return=False) is None


def test_an_address_that_refused_is_not_written_to_any_more() -> None:
    contact = a_contact()

    contact.refused(LATER)

    assert contact.obstacle(waits_for_return=False) == "unreachable"
    assert [type(one.event) for one in contact.recorded] == [ContactUnreachable]


def test_a_new_address_is_believed() -> None:
    contact = a_contact()
    contact.refused(LATER)

    contact.learn(a_card(email="new@caldera.example"), LATER)

    assert contact.obstacle(waits_for_return=False) is None
    assert [type(one.event) for one in contact.recorded] == [ContactUnreachable, ContactReachable]


def test_a_refusal_of_the_old_address_says_nothing_of_the_new() -> None:
    contact = a_contact()
    contact.learn(a_card(email="new@caldera.example"), LATER)

    contact.refused(MONDAY)

    assert contact.reachable


def test_a_name_cannot_begin_a_new_header() -> None:
    assert a_contact(name="Amara\r\nBcc: all@caldera.example").name == "Amara Bcc: all@caldera.example"


@pytest.mark.parametrize("text", ["a@b", "jürgen@caldera.example", "a.b+c@d.example"])
def test_addresses_are_taken(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize("text", ["", "a", "a@", "@b", "a@b@c", "a b@c", "a@b, c@d", "<a@b>", "a@b\x00"])
def test_what_is_no_address_is_not(text: str) -> None:
    assert not is_address(text)
