"""Mails over SMTP: one connection for a batch, encryption demanded, every answer of the server made one of ours."""

import smtplib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr
from typing import NoReturn

import structlog

from services.notifications.adapters.mime import as_mime
from services.notifications.application.ports import Mail, NotNow, Refused
from services.notifications.domain.mail_server import MailServer

log = structlog.get_logger("smtp")

IDLE = 10.0
"""Seconds after which an unused connection is not trusted any more."""


@dataclass
class SmtpPost:
    """Used by one thread. A server found away is left alone for `pause` seconds: a thousand waiting mails must not each
    wait for its time-out."""

    server: MailServer
    sender: str
    bounce_address: str
    timeout: float
    pause: float
    stopwatch: Callable[[], float] = time.monotonic
    _open: smtplib.SMTP | None = field(default=None, repr=False)
    _used_at: float = 0.0
    _away_until: float = field(default=float("-inf"))

    def send(self, mail: Mail) -> None:
        """Raises NotNow or Refused. A time-out after the end of DATA is NotNow: whether the server took it, nobody
        knows, and a copy with the same Message-ID is better than none."""
        message = as_mime(mail, self.sender)
        connection = self._connection()
        try:
            self._transmit(connection, message, _recipient(message))
        except (NotNow, Refused):
            raise
        except (OSError, smtplib.SMTPException):
            self._give_up("server-away")
        self._used_at = self.stopwatch()

    def _transmit(self, connection: smtplib.SMTP, message: EmailMessage, recipient: str) -> None:
        options = () if recipient.isascii() else ("SMTPUTF8",)
        try:
            connection.sendmail(self._envelope_sender(), [recipient], message.as_bytes(), mail_options=options)
        except smtplib.SMTPRecipientsRefused as answer:
            _judge_recipient(*next(iter(answer.recipients.values())))
        except smtplib.SMTPNotSupportedError:
            raise Refused("recipient-refused") from None
        except smtplib.SMTPSenderRefused:
            # what is wrong with the sender is wrong with every mail: it is repaired, and then they leave
            raise NotNow("sender-refused") from None
        except smtplib.SMTPDataError as answer:
            _judge_message(answer.smtp_code)

    def _envelope_sender(self) -> str:
        return self.bounce_address or parseaddr(self.sender)[1]

    def _connection(self) -> smtplib.SMTP:
        if self.stopwatch() < self._away_until:
            raise NotNow("server-away")
        if self._open and self._still_there(self._open):
            return self._open
        self.close()
        try:
            self._open = self._connected()
        except smtplib.SMTPAuthenticationError:
            self._give_up("login-refused")
        except (smtplib.SMTPNotSupportedError, ssl.SSLError):
            self._give_up("not-encrypted")
        except (OSError, smtplib.SMTPException):
            self._give_up("server-away")
        self._used_at = self.stopwatch()
        return self._open

    def _connected(self) -> smtplib.SMTP:
        server, context = self.server, ssl.create_default_context(cafile=self.server.ca_file)
        if server.tls:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=self.timeout, context=context)
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=self.timeout)
        try:
            if server.starttls:
                connection.starttls(context=context)
            if server.user:
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _still_there(self, connection: smtplib.SMTP) -> bool:
        if self.stopwatch() - self._used_at > IDLE:
            return False
        try:
            return connection.noop()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False

    def _give_up(self, fault: str) -> NoReturn:
        self.close()
        self._away_until = self.stopwatch() + self.pause
        log.warning("mail_server_left_alone", fault=fault, seconds=self.pause)
        raise NotNow(fault) from None

    def close(self) -> None:
        """Says goodbye where somebody still listens."""
        connection, self._open = self._open, None
        if connection:
            try:
                connection.quit()
            except (OSError, smtplib.SMTPException):
                connection.close()


def _recipient(message: EmailMessage) -> str:
    return str(message["To"].addresses[0].addr_spec)


def _judge_recipient(code: int, answer: bytes) -> NoReturn:
    if code < 500:
        raise NotNow("recipient-not-now")
    # 5.7.x and 530 speak of what the server allows, not of this address: the person stays reachable
    policy = answer.startswith(b"5.7.") or code == 530
    raise Refused("message-refused" if policy else "recipient-refused")


def _judge_message(code: int) -> NoReturn:
    if code < 500:
        raise NotNow("message-not-now")
    raise Refused("message-refused")
