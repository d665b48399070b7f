"""The built-in mailbox takes what a mail server would take."""

from services.notifications.domain.message import MessageState
from tests.unit.notifications.builders import a_changed_person, a_check_in
from tests.unit.notifications.house import NotificationsHouse


def test_a_domain_that_exists_nowhere_refuses_as_a_server_would(house: NotificationsHouse) -> None:
    house.begin_pair()
    house.tell(a_changed_person("mentor", email="mentor@moved.invalid"))

    house.tell(a_check_in())
    house.tell(a_check_in(check_in_id="the next", period=2))

    [first, second] = [one for one in house.messages() if one.about_kind == "check-in"]
    assert {(first.state, first.why), (second.state, second.why)} == {
        (MessageState.FAILED, "recipient-refused"), (MessageState.SUPPRESSED, "unreachable")}
    assert not house.mails("check-in-opened")
