"""A mail as it goes over the wire: text and HTML side by side, a calendar file where a meeting is proposed."""

from datetime import timedelta
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from functools import cache, lru_cache
from typing import Any

from services.notifications.application.ports import Invitation, Mail, Somebody

METHOD = "PUBLISH"


class _Headers(HeaderRegistry):
    """Most headers of most mails are the same, and parsing them takes longer than all the rest of a mail."""

    @cache  # noqa: B019 - one registry, as long as the process lives
    def __getitem__(self, name: str) -> Any:
        return super().__getitem__(name)

    def __call__(self, name: str, value: Any) -> Any:
        # no two mails share these, and both are written here as they must be
        return value if name in ("Date", "Message-ID") else self._parsed(name, value)

    @lru_cache(maxsize=10_000)  # noqa: B019 - as above
    def _parsed(self, name: str, value: Any) -> Any:
        return super().__call__(name, value)


class _Policy(EmailPolicy):
    """Folds a header once, however many mails carry it."""

    @lru_cache(maxsize=10_000)  # noqa: B019 - as above
    def fold_binary(self, name: str, value: Any) -> bytes:
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n", header_factory=_Headers())


def as_mime(mail: Mail, sender: str) -> EmailMessage:
    """The same mail gives the same Message-ID, whenever and however often it is tried."""
    message = EmailMessage(policy=_POLICY)
    name, address = parseaddr(sender)
    host = address.rpartition("@")[2]
    message["From"] = _address(name, address)
    message["To"] = _address(mail.to.name, mail.to.address)
    if mail.reply_to:
        message["Reply-To"] = _person(mail.reply_to)
    message["Subject"] = mail.text.subject
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = f"<{mail.id}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message.set_content(mail.text.plain)
    message.add_alternative(mail.text.html, subtype="html")
    if mail.invitation:
        _attach(message, mail.invitation, mail, address)
    # last: adding parts takes headers that speak of the content away
    message["Content-Language"] = mail.language
    return message


def _attach(message: EmailMessage, invitation: Invitation, mail: Mail, organizer: str) -> None:
    message.add_attachment(
        _calendar(invitation, mail, organizer), maintype="text", subtype="calendar", filename="kick-off.ics",
        params={"method": METHOD, "charset": "utf-8"})


def _calendar(invitation: Invitation, mail: Mail, organizer: str) -> bytes:
    """In UTC, which every calendar shows in its owner's zone; the method is the one of the MIME type."""
    from icalendar import Calendar, Event  # a large library, and few mails hold a calendar

    calendar = Calendar()
    for name, value in {"prodid": "-//Ithaca//Mentoring//EN", "version": "2.0", "method": METHOD}.items():
        calendar.add(name, value)
    event = Event()
    event.add("uid", f"{invitation.uid}@{organizer.rpartition('@')[2]}")
    event.add("sequence", 0)
    event.add("dtstamp", mail.at)
    event.add("dtstart", invitation.starts_at)
    event.add("dtend", invitation.starts_at + timedelta(minutes=invitation.minutes))
    event.add("summary", invitation.summary)
    event.add("organizer", f"mailto:{organizer}")
    event.add("status", "TENTATIVE")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _person(person: Somebody) -> str:
    return _address(person.name, person.address)


def _address(name: str, address: str) -> str:
    user, _, host = address.rpartition("@")
    return str(Address(name, user, host.encode("idna").decode("ascii") if not host.isascii() else host))
