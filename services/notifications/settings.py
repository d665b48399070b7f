"""Everything the environment can change about notifications."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from services.notifications.domain.contact import is_address
from services.notifications.domain.mail_server import MailServer
from shared.runtime.settings import Reader, ServiceSettings, address_of_pages, of_every_service

MAILBOX = "mailbox:"


@dataclass(frozen=True, kw_only=True)
class Settings(ServiceSettings):
    """`mail_server` None keeps mails in the built-in mailbox.

    `bounce_address` is where servers report what they could not deliver; `code_secret` makes one-click links;
    `smtp_timeout` and `smtp_pause` are seconds: for one step of the dialogue, and after a server was found away.
    """

    code_secret: str = field(repr=False)
    mail_server: MailServer | None = None
    smtp_timeout: int = 10
    smtp_pause: int = 30
    mail_from: str = "Ithaca <ithaca@localhost.localdomain>"
    bounce_address: str = ""
    public_url: str = "http://127.0.0.1:8080"
    programme_office_address: str = ""
    organisation: str = ""


def read(environ: Mapping[str, str]) -> Settings:
    """Raises WrongSettings naming everything that is missing or wrong."""
    reader = Reader(environ)
    settings = Settings(
        **of_every_service(reader),
        code_secret=reader.secret("CODE_SECRET"),
        mail_server=reader.parsed("SMTP_URL", None, mail_server, None),
        smtp_timeout=reader.parsed("SMTP_TIMEOUT", "10", _short, 10),
        smtp_pause=reader.number("SMTP_PAUSE", 30),
        mail_from=reader.parsed("MAIL_FROM", None, _sender, ""),
        bounce_address=reader.text("BOUNCE_ADDRESS", ""),
        public_url=reader.parsed("PUBLIC_URL", None, address_of_pages, ""),
        programme_office_address=reader.parsed("PROGRAMME_OFFICE_ADDRESS", None, _mailbox, ""),
        organisation=reader.text("ORGANISATION", ""),
    )
    reader.done()
    return settings


def mail_server(url: str) -> MailServer | None:
    """`smtp://USER:PASSWORD@HOST:PORT?starttls=no&ca=FILE`, `smtps://…`, or `mailbox:` for none. Raises ValueError."""
    if not url or url == MAILBOX:
        return None
    parts, query = urlsplit(url), parse_qs(urlsplit(url).query)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("give smtp://HOST:PORT, smtps://HOST:PORT or mailbox:")
    tls = parts.scheme == "smtps"
    return MailServer(parts.hostname, parts.port or (465 if tls else 587), tls,
                      not tls and query.get("starttls", ["yes"])[0] != "no", unquote(parts.username or ""),
                      unquote(parts.password or ""), query.get("ca", [None])[0])


def _short(text: str) -> int:
    seconds = int(text)
    if not 1 <= seconds <= 30:
        raise ValueError("between 1 and 30 seconds: a sender must be done before its lease ends")
    return seconds


def _sender(text: str) -> str:
    _mailbox(parseaddr(text)[1])
    return text


def _mailbox(text: str) -> str:
    if not is_address(text):
        raise ValueError("not an e-mail address")
    return text


def from_environment() -> Settings:
    """The settings of this process."""
    return read(os.environ)  # noqa: TID251 - the one place
