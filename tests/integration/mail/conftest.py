"""A mail server, and a house that sends its mails there."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from services.notifications.settings import mail_server
from tests.integration.mail.server import MailServer
from tests.unit.notifications.builders import SETTINGS
from tests.unit.notifications.house import NotificationsHouse

OpenHouse = Callable[[str], NotificationsHouse]


@pytest.fixture
def open_house(tmp_path: Path) -> Iterator[OpenHouse]:
    houses: list[NotificationsHouse] = []

    def opened(url: str) -> NotificationsHouse:
        settings = replace(SETTINGS, mail_server=mail_server(url), smtp_timeout=3, smtp_pause=0)
        houses.append(NotificationsHouse(tmp_path, settings))
        return houses[-1]

    yield opened
    for house in houses:
        house.notifications.sending.post.close()  # type: ignore[attr-defined]
        house.close()


@pytest.fixture
def server() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def house(open_house: OpenHouse, server: MailServer) -> NotificationsHouse:
    """Two people, introduced to each other; their two mails are at the server already."""
    house = open_house(f"smtp://127.0.0.1:{server.port}?starttls=no")
    house.begin_pair()
    assert server.answers.recipients == ["mentee@caldera.example", "mentor@caldera.example"]
    server.answers.taken.clear()
    server.answers.sessions.clear()
    return house
