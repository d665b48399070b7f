"""Notifications starts with what it needs, or says all that is missing."""

import pytest

from services.notifications.settings import MailServer, mail_server, read
from shared.runtime.settings import WrongSettings

ENOUGH = {"STORE_URL": "sqlite:data", "EVENTS_URL": "embedded:data", "CODE_SECRET": "s" * 32, "SMTP_URL": "mailbox:",
          "MAIL_FROM": "Ithaca <ithaca@caldera.example>", "PUBLIC_URL": "https://mentoring.caldera.example/",
          "PROGRAMME_OFFICE_ADDRESS": "office@caldera.example"}


def test_everything_missing_is_named_at_once() -> None:
    with pytest.raises(WrongSettings) as refused:
        read({})

    assert [name for name in ENOUGH if name not in str(refused.value)] == []


@pytest.mark.parametrize(("name", "value"), [
    ("SMTP_URL", "http://mail"), ("SMTP_URL", "smtp://"), ("CODE_SECRET", "short"), ("MAIL_FROM", "nobody"),
    ("PUBLIC_URL", "mentoring.example"), ("PROGRAMME_OFFICE_ADDRESS", "x"), ("SMTP_TIMEOUT", "600"),
])
def test_what_is_wrong_is_named_and_not_repeated(name: str, value: str) -> None:
    with pytest.raises(WrongSettings) as refused:
        read({**ENOUGH, name: value})

    assert name in str(refused.value)
    assert "mentoring.example" not in str(refused.value)


def test_enough_is_enough() -> None:
    settings = read(ENOUGH)

    assert settings.mail_server is None
    assert settings.public_url == "https://mentoring.caldera.example"


@pytest.mark.parametrize(("url", "server"), [
    ("smtp://mail.example", MailServer("mail.example", 587)),
    ("smtps://mail.example", MailServer("mail.example", 465, tls=True, starttls=False)),
    ("smtp://mail.example:25?starttls=no", MailServer("mail.example", 25, starttls=False)),
    ("smtp://a%40b:p%2Fw@mail.example?ca=/ca.pem",
     MailServer("mail.example", 587, user="a@b", password="p/w", ca_file="/ca.pem")),
])
def test_a_mail_server_is_one_url(url: str, server: MailServer) -> None:
    assert mail_server(url) == server


def test_no_secret_is_ever_printed() -> None:
    settings = read({**ENOUGH, "SMTP_URL": "smtp://bob:tulip@mail.example", "TOKEN_KEY": "daisy"})

    assert not [secret for secret in ("s" * 32, "bob", "tulip", "daisy") if secret in repr(settings)]
