"""A real SMTP server that does what a test tells it: takes, refuses, stalls, goes away, demands encryption."""

import asyncio
import ssl
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.engines.child import free_port

TAKEN = "250 OK"
STALL = "stall"


class Answers:
    """`to_recipient` and `to_data` are what the next commands are answered; when they are used up, all is taken."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.to_recipient: deque[str] = deque()
        self.to_data: deque[str] = deque()
        self.sessions: set[int] = set()
        self.on_taken: Callable[[], None] = lambda: None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.sessions.add(id(session))
        answer = self.to_recipient.popleft() if self.to_recipient else TAKEN
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.to_data.popleft() if self.to_data else TAKEN
        if answer == STALL:
            await asyncio.sleep(6)
            return TAKEN
        if answer == TAKEN:
            self.taken.append(envelope)
            self.on_taken()
        return answer

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(one.content or b"", policy=default) for one in self.taken]  # type: ignore[arg-type]

    @property
    def recipients(self) -> list[str]:
        return sorted(one.rcpt_tos[0] for one in self.taken)


class _Doors(Controller):
    """Knows every connection, so that none stays half open when the server stops."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._connections: list[SMTP] = []

    def factory(self) -> SMTP:
        self._connections.append(super().factory())
        return self._connections[-1]

    def stop(self, no_assert: bool = False) -> None:
        for one in self._connections:
            for transport in (one.transport, one._original_transport):
                if transport is not None:
                    self.loop.call_soon_threadsafe(transport.abort)
        super().stop(no_assert)


class MailServer:
    """May be stopped and started again on its port. Its answers outlive it."""

    def __init__(self, **options: Any) -> None:
        self.answers, self.port, self._options = Answers(), free_port(), options
        self._controller: _Doors | None = None

    def start(self) -> None:
        self._controller = _Doors(self.answers, hostname="127.0.0.1", port=self.port, **self._options)
        self._controller.start()

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None


def authenticator(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    """Lets in ithaca with the password `right`."""
    return AuthResult(success=(data.login, data.password) == (b"ithaca", b"right"), handled=False)


def certificate(folder: Path) -> tuple[ssl.SSLContext, str]:
    """A server's context for 127.0.0.1, and the file that makes it trusted."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256()))
    file = folder / "certificate.pem"
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, str(file)
