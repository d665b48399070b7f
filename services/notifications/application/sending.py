"""Sending what is due: claimed first, sent, and the server's word written down."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_random_exponential

from services.notifications.application.composing import Composing
from services.notifications.application.ports import Mail, NotComposed, NotNow, Post, Refused
from services.notifications.domain.message import Message, MessageState
from shared.kernel.clock import Clock
from shared.kernel.errors import Busy, NotFound, StoreFull, Unavailable, WrongState
from shared.kernel.points import reached
from shared.store.repository import Repository

log = structlog.get_logger("sending")


class Pace:
    """Ends a long batch early: whoever sends must also show that it lives."""

    def __init__(self, seconds: float = 20.0, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._stopwatch = seconds, stopwatch
        self._batch: datetime | None = None
        self._begun = 0.0

    def allows(self, batch: datetime) -> bool:
        """Whether another mail of the batch that began at this moment may be sent now; the first always may."""
        if batch != self._batch:
            self._batch, self._begun = batch, self._stopwatch()
            return True
        if self._stopwatch() - self._begun < self._seconds:
            return True
        self._batch = None
        return False


@dataclass(frozen=True)
class Sending:
    """Promise: one accepted copy for each recipient, but for a crash between the end of DATA and the stored result,
    after which one duplicate with the same Message-ID may follow. SMTP cannot do better. A store that is away between
    the two is waited for, `patience` seconds long: nobody else has the message meanwhile."""

    messages: Repository[Message]
    composing: Composing
    post: Post
    clock: Clock
    pace: Pace
    patience: float = 15.0

    def ring(self, message_id: str, now: datetime) -> None:
        """Sends the message unless somebody else does. What ends a batch early leaves it due."""
        if not self.pace.allows(now):
            return
        message = self._claim(message_id)
        if message:
            self._deliver(message)

    def _claim(self, message_id: str) -> Message | None:
        try:
            message = self.messages.change(message_id, lambda one: one.claim(self.clock.now()))
        except WrongState:
            return None
        return message if message.state is MessageState.SENDING else None

    def _deliver(self, message: Message) -> None:
        try:
            mail = self._mail(message)
        except NotFound:
            self._settle(message, lambda one, now: one.put_off("not-known-yet", now))
        except NotComposed:
            log.error("message_not_composed", message_id=message.id, template=message.template)
            self._settle(message, lambda one, now: one.fail("not-composed", now, permanent=False))
        else:
            if mail:
                self._send(message, mail)

    def _mail(self, message: Message) -> Mail | None:
        why = self.composing.obstacle(message)
        if why is None:
            return self.composing.mail(message)
        self._settle(message, lambda one, now: one.suppress(why, now))
        return None

    def _send(self, message: Message, mail: Mail) -> None:
        reached("mail-before-data")
        try:
            self.post.send(mail)
            reached("mail-after-data")
        except NotNow as answer:
            fault = answer.fault
            log.warning("message_put_off", message_id=message.id, fault=fault, tries=message.tries)
            self._settle(message, lambda one, now: one.put_off(fault, now))
        except Refused as answer:
            reason = answer.reason
            log.warning("message_refused", message_id=message.id, reason=reason)
            self._settle(message, lambda one, now: one.fail(reason, now, permanent=True))
        else:
            self._settle(message, lambda one, now: one.accept(now))

    def _settle(self, message: Message, word: Callable[[Message, datetime], None]) -> None:
        tries = Retrying(stop=stop_after_delay(self.patience), wait=wait_random_exponential(0.05, max=2), reraise=True,
                         retry=retry_if_exception_type((Unavailable, Busy, StoreFull)))
        tries(self.messages.change, message.id, lambda one: word(one, self.clock.now()))
