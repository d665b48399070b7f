"""A mail server with bad days: no mail is lost, none is doubled, and whatever happened is told."""

from datetime import timedelta
from typing import Any

import pytest

from services.notifications.contracts.contacts import ContactUnreachable
from services.notifications.contracts.messages import MessageFailed, MessageSent, MessageSuppressed
from services.notifications.domain.message import BUDGET, MessageState
from shared.kernel.errors import Busy, DomainError, StoreFull, Unavailable
from shared.runtime.worker import Worker
from tests.integration.mail.conftest import OpenHouse
from tests.integration.mail.server import STALL, MailServer, authenticator, certificate
from tests.unit.notifications.builders import a_changed_person, a_check_in, a_missed_check_in
from tests.unit.notifications.house import NotificationsHouse

HOUR = timedelta(hours=1.3)
"""Longer than the longest pause between two tries."""


def states(house: NotificationsHouse) -> list[str]:
    return [one.state for one in house.messages() if one.template != "introduction"]


def test_a_mail_that_is_taken_is_told(house: NotificationsHouse, server: MailServer) -> None:
    house.tell(a_check_in())

    assert server.answers.recipients == ["mentor@caldera.example"]
    assert states(house) == [MessageState.ACCEPTED]
    assert len(house.told(MessageSent)) == 3


def test_a_batch_goes_over_one_connection(house: NotificationsHouse, server: MailServer) -> None:
    house.tell(a_check_in(), a_check_in(person_id="mentee"), a_missed_check_in(2))

    assert len(server.answers.taken) == 4
    assert len(server.answers.sessions) == 1


def test_an_address_that_is_refused_is_not_tried_again(house: NotificationsHouse, server: MailServer) -> None:
    server.answers.to_recipient.append("550 5.1.1 no such user")

    house.tell(a_check_in())
    house.wait(HOUR)

    assert server.answers.taken == []
    assert [(event.data or {})["permanent"] for event in house.told(MessageFailed)] == [True]
    assert [event.key for event in house.told(ContactUnreachable)] == ["mentor"]


def test_nobody_writes_to_an_address_that_was_refused(house: NotificationsHouse, server: MailServer) -> None:
    server.answers.to_recipient.append("550 5.1.1 no such user")
    house.tell(a_check_in())

    house.tell(a_missed_check_in(1))

    assert [(event.data or {})["why"] for event in house.told(MessageSuppressed)] == ["unreachable"]


def test_a_new_address_is_written_to(house: NotificationsHouse, server: MailServer) -> None:
    server.answers.to_recipient.append("550 5.1.1 no such user")
    house.tell(a_check_in())
    house.wait(timedelta(minutes=1))
    house.tell(a_changed_person("mentor", email="new@caldera.example"))

    house.tell(a_missed_check_in(1))

    in_vain_before, since = server.answers.recipients
    assert in_vain_before == since == "new@caldera.example"


@pytest.mark.parametrize("answer", ["554 5.7.1 relay access denied", "530 authentication required"])
def test_what_the_server_does_not_allow_says_nothing_of_the_address(
    house: NotificationsHouse, server: MailServer, answer: str
) -> None:
    server.answers.to_recipient.append(answer)

    house.tell(a_check_in())

    assert [(event.data or {})["reason"] for event in house.told(MessageFailed)] == ["message-refused"]
    assert house.told(ContactUnreachable) == []


def test_a_refused_message_leaves_the_address_alone(house: NotificationsHouse, server: MailServer) -> None:
    server.answers.to_data.append("554 looks like spam")

    house.tell(a_check_in(), a_check_in(person_id="mentee"))

    assert len(server.answers.taken) == 1
    assert house.told(ContactUnreachable) == []


@pytest.mark.parametrize("command", ["to_recipient", "to_data"])
def test_a_server_that_is_busy_is_asked_again(house: NotificationsHouse, server: MailServer, command: str) -> None:
    getattr(server.answers, command).extend(["451 try later", "421 too many"])
    house.tell(a_check_in())
    assert states(house) == [MessageState.FAILED_FOR_NOW]

    house.wait(HOUR)
    house.wait(HOUR)

    assert len(server.answers.taken) == 1
    assert len(house.told(MessageSent)) == 3
    assert house.told(MessageFailed) == []


def test_a_server_that_stalls_holds_nobody_up_for_long(house: NotificationsHouse, server: MailServer) -> None:
    server.answers.to_data.append(STALL)
    house.tell(a_check_in())
    assert states(house) == [MessageState.FAILED_FOR_NOW]

    house.wait(HOUR)

    assert len(server.answers.taken) == 1


def test_mails_wait_for_a_server_that_is_away(house: NotificationsHouse, server: MailServer) -> None:
    server.stop()
    house.tell(a_check_in(), a_check_in(person_id="mentee"))
    house.wait(HOUR)
    assert states(house) == [MessageState.FAILED_FOR_NOW] * 2

    server.start()
    house.wait(HOUR)

    assert server.answers.recipients == ["mentee@caldera.example", "mentor@caldera.example"]


def test_a_server_that_is_away_for_days_makes_mails_stale(house: NotificationsHouse, server: MailServer) -> None:
    server.stop()
    house.tell(a_check_in())

    house.wait(BUDGET)
    server.start()
    house.wait(HOUR)

    assert server.answers.taken == []
    assert [(event.data or {})["why"] for event in house.told(MessageSuppressed)] == ["stale"]


def test_a_crash_after_data_gives_one_duplicate_with_the_same_message_id(
    house: NotificationsHouse, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = house.notifications.messages.store.documents
    write = store.replace

    def dies(*_: object) -> bool:
        raise SystemError("killed before the server's word is written down")

    server.answers.on_taken = lambda: monkeypatch.setattr(store, "replace", dies)
    house.tell(a_check_in())
    server.answers.on_taken = lambda: None
    monkeypatch.setattr(store, "replace", write)
    assert states(house) == [MessageState.SENDING]

    house.worker.stop()
    house.worker = house.a_worker()
    house.wait(timedelta(minutes=11))
    house.wait(HOUR)

    assert len({mail["Message-ID"] for mail in server.answers.mails}) == 1
    assert len(server.answers.taken) == 2
    assert {mail.get_body(("plain",)).get_content() for mail in server.answers.mails if mail.get_body(("plain",))} == {
        server.answers.mails[0].get_body(("plain",)).get_content()}  # type: ignore[union-attr]
    assert len(house.told(MessageSent)) == 3


@pytest.mark.parametrize("fault", [Unavailable("the store is away"), Busy("many at once"), StoreFull("no room")])
def test_a_store_that_is_away_after_data_gives_no_duplicate(
    house: NotificationsHouse, server: MailServer, monkeypatch: pytest.MonkeyPatch, fault: DomainError
) -> None:
    store = house.notifications.messages.store.documents
    write, faults = store.replace, [fault] * 3

    def away(*given: Any) -> bool:
        if faults:
            raise faults.pop()
        return write(*given)

    server.answers.on_taken = lambda: monkeypatch.setattr(store, "replace", away)
    house.tell(a_check_in())
    house.wait(HOUR)

    assert not faults
    assert states(house) == [MessageState.ACCEPTED]
    assert len(server.answers.taken) == 1


def test_two_workers_send_a_mail_once(house: NotificationsHouse, server: MailServer) -> None:
    other = house.a_worker()
    server.answers.on_taken = lambda: ring_all(house, other)

    house.tell(a_check_in())
    ring_all(house, other)

    assert len(server.answers.taken) == 1


def ring_all(house: NotificationsHouse, worker: Worker) -> None:
    for message in house.messages():
        worker.ticking[0](message.id, house.clock.now())


def test_without_encryption_nothing_is_sent(open_house: OpenHouse, server: MailServer) -> None:
    house = open_house(f"smtp://127.0.0.1:{server.port}")

    house.begin_pair()

    assert server.answers.taken == []
    assert {one.state for one in house.messages()} == {MessageState.FAILED_FOR_NOW}
    assert {fault for one in house.messages() for fault in one.faults} == {"not-encrypted"}


@pytest.fixture
def strict_server(tmp_path_factory: pytest.TempPathFactory) -> tuple[MailServer, str]:
    context, file = certificate(tmp_path_factory.mktemp("certificate"))
    return MailServer(tls_context=context, require_starttls=True, authenticator=authenticator, auth_required=True), file


@pytest.mark.parametrize(("password", "taken"), [("right", 2), ("wrong", 0)])
def test_a_server_that_wants_encryption_and_a_password_gets_both(
    open_house: OpenHouse, strict_server: tuple[MailServer, str], password: str, taken: int
) -> None:
    server, file = strict_server
    server.start()
    house = open_house(f"smtp://ithaca:{password}@127.0.0.1:{server.port}?ca={file}")

    house.begin_pair()
    server.stop()

    assert len(server.answers.taken) == taken
    assert {one.state for one in house.messages()} == {
        MessageState.ACCEPTED if taken else MessageState.FAILED_FOR_NOW}


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    open_house: OpenHouse, strict_server: tuple[MailServer, str]
) -> None:
    server, _ = strict_server
    server.start()
    house = open_house(f"smtp://ithaca:right@127.0.0.1:{server.port}")

    house.begin_pair()
    server.stop()

    assert {fault for one in house.messages() for fault in one.faults} == {"not-encrypted"}


def test_no_log_line_names_anybody(
    house: NotificationsHouse, server: MailServer, capfd: pytest.CaptureFixture[str]
) -> None:
    server.answers.to_recipient.extend(["550 no mentor@caldera.example here", "451 Amara is busy"])

    house.tell(a_check_in(), a_check_in(person_id="mentee"))
    server.stop()
    house.wait(HOUR)

    said = "".join(capfd.readouterr())
    assert "message_refused" in said
    assert not [word for word in ("Amara", "Jun-seo", "caldera.example") if word in said]
