"""What arrives: a mail as programs and people expect it."""

from email.message import EmailMessage

import pytest
from icalendar import Calendar

from tests.integration.mail.conftest import OpenHouse
from tests.integration.mail.server import MailServer
from tests.unit.notifications.builders import a_pair, a_person, a_programme
from tests.unit.notifications.house import NotificationsHouse


@pytest.fixture
def introduction(open_house: OpenHouse, server: MailServer) -> EmailMessage:
    house: NotificationsHouse = open_house(f"smtp://127.0.0.1:{server.port}?starttls=no")
    house.begin_pair()
    return next(mail for mail in server.answers.mails if "mentor@" in mail["To"])


def test_headers_say_who_and_that_no_machine_need_answer(introduction: EmailMessage) -> None:
    assert introduction["From"] == "Ithaca <ithaca@caldera.example>"
    assert introduction["To"] == "Amara Diallo <mentor@caldera.example>"
    assert introduction["Reply-To"] == "Ilse Brandt <coordinator@caldera.example>"
    assert introduction["Auto-Submitted"] == "auto-generated"
    assert introduction["Date"] == "Mon, 01 Mar 2027 09:11:00 +0000"
    assert introduction["Content-Language"] == "en"


def test_text_and_html_stand_side_by_side(introduction: EmailMessage) -> None:
    plain, html = introduction.get_body(("plain",)), introduction.get_body(("html",))

    assert plain is not None
    assert html is not None
    assert "Hello Amara" in plain.get_content()
    assert "Hello Amara" in html.get_content()


def test_the_calendar_file_has_one_method(introduction: EmailMessage) -> None:
    part = next(introduction.iter_attachments())

    calendar = Calendar.from_ical(part.get_content())

    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == calendar["METHOD"] == "PUBLISH"
    assert calendar.walk("VEVENT")[0]["DTSTART"].dt.tzinfo is not None


def test_both_sides_have_the_same_entry(introduction: EmailMessage, server: MailServer) -> None:
    events = [Calendar.from_ical(next(mail.iter_attachments()).get_content()).walk("VEVENT")[0]
              for mail in server.answers.mails]

    assert len({(str(event["UID"]), event["DTSTART"].dt) for event in events}) == 1
    assert len({mail["Message-ID"] for mail in server.answers.mails}) == 2


def test_bounces_go_where_bounces_go(introduction: EmailMessage, server: MailServer) -> None:
    assert {one.mail_from for one in server.answers.taken} == {"ithaca@caldera.example"}


def test_names_and_addresses_of_any_script_arrive(open_house: OpenHouse, server: MailServer) -> None:
    house = open_house(f"smtp://127.0.0.1:{server.port}?starttls=no")
    house.tell(a_person("mentor", name="Åsa Grønvold \"Ö\", Dr.", email="asa@bücher.example"),
               a_person("mentee", name="朴俊瑞"), a_person("coordinator"), a_programme(), a_pair())
    house.wait_for_training()

    mail = next(mail for mail in server.answers.mails if "asa@" in str(mail["To"]))

    assert mail["To"].addresses[0].display_name == 'Åsa Grønvold "Ö", Dr.'
    assert server.answers.recipients == ["asa@xn--bcher-kva.example", "mentee@caldera.example"]
    assert mail["Subject"] == "You are the mentor of 朴俊瑞"
