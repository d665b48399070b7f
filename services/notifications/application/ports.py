"""What sending needs from outside: somebody who writes letters, and somebody who carries them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from services.notifications.domain.letters import Role
from shared.kernel.events import Cause


class Happening(Cause, Protocol):
    """An event with its time: too old, and what it asks for is not sent any more."""

    @property
    def time(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A person as a letter names them."""

    name: str
    first_name: str
    address: str = ""
    location: str = ""
    time_zone: str = "UTC"


@dataclass(frozen=True, kw_only=True)
class Contents:
    """Everything a letter may say. `code` is None in letters without a one-click link, `campaign_code` where no
    campaign asks. `roles` are what the programme calls them, in the language of the letter. A `flash`
    pair has one session. `matching`: somebody may be matched in the programme still. `figures` are counts by what is
    counted, 0: fewer than `least`, which is one of them."""

    template: str
    role: Role
    language: str
    you: Somebody
    programme: str
    programme_id: str
    pair_id: str
    partner: Somebody | None = None
    coordinator: Somebody | None = None
    code: str | None = None
    meets_at: datetime | None = None
    due_on: str | None = None
    closes_at: datetime | None = None
    campaign_code: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    flash: bool = False
    matching: bool = True
    figures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Text:
    """A letter in words: plain, and as HTML that needs nothing from outside."""

    subject: str
    plain: str
    html: str


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A calendar entry that goes with a letter; `uid` is the same for both sides."""

    uid: str
    starts_at: datetime
    minutes: int
    summary: str


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A letter ready to be sent. `id` stays the same over all tries, and with it the Message-ID."""

    id: str
    person_id: str | None
    to: Somebody
    reply_to: Somebody | None
    text: Text
    language: str
    at: datetime
    invitation: Invitation | None = None


class NotComposed(Exception):
    """The letter cannot be written: a fault of ours. Holds no personal data."""


class NotNow(Exception):
    """The mail was not taken, and may be later. `fault` is a code."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class Refused(Exception):
    """The server said never. `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Writer(Protocol):
    """Puts contents into words."""

    def write(self, contents: Contents) -> Text:
        """Raises NotComposed."""

    def invitation(self, contents: Contents) -> Invitation | None:
        """The calendar entry of letters that propose a meeting."""


class Post(Protocol):
    """Carries mails."""

    def send(self, mail: Mail) -> None:
        """Returns when somebody else has promised to deliver it. Raises NotNow or Refused."""
