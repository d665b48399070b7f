"""A mail server that takes everything and writes down what it took and when: the ledger of mails."""

import asyncio
import time
from email import message_from_bytes
from pathlib import Path
from typing import NamedTuple

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mail(NamedTuple):
    """One copy: the Message-ID's local part is the message's id."""

    at: float
    message_id: str


class _Book:
    def __init__(self, ledger: Path) -> None:
        self._ledger = ledger.open("a", buffering=1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        name = str(message_from_bytes(envelope.content or b"")["Message-ID"])  # type: ignore[arg-type]
        self._ledger.write(f"{time.monotonic()} {name.strip('<>').partition('@')[0]}\n")
        return "250 OK"


def keep_post(ledger: Path, port: int) -> None:
    """Serves until it is killed."""
    loop = asyncio.new_event_loop()
    UnthreadedController(_Book(ledger), "127.0.0.1", port, loop=loop).begin()
    loop.run_forever()


def mails(ledger: Path) -> list[Mail]:
    """What was taken, in order."""
    lines = ledger.read_text().splitlines() if ledger.exists() else []
    return [Mail(float(at), name) for at, _, name in (line.partition(" ") for line in lines)]
