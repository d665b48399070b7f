"""A promotion kit: papers of a campaign, in words that are the programme's own facts."""

from dataclasses import dataclass
from enum import StrEnum

from services.matching.contracts.participants import Role
from services.matching.contracts.programmes import Format, RoleNames
from services.matching.domain.campaign_code import Channel

LANGUAGES = ("en", "de")


class Paper(StrEnum):
    """What is printed or handed on: a mail and its reminder for whoever writes to people themselves, too, a message for
    a chat, and a notice for the intranet or a newsletter."""

    MAIL = "mail"
    REMINDER = "reminder"
    CHAT = "chat"
    NOTICE = "notice"
    POSTER = "poster"
    BRIEFING = "briefing"
    PROPOSAL = "proposal"

    @property
    def channel(self) -> Channel:
        """Whose code stands in its link."""
        return Channel(self.value)


class Form(StrEnum):
    """As what it is handed out."""

    HTML = "html"
    PDF = "pdf"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What papers may say of a programme. Dates are ISO dates; `objectives` are name, measure and target; `contacts`
    coordinators by name and address; `role_names` are what the programme calls its roles; `url` leads to the form with
    the code of the paper, and is short enough to be typed."""

    programme: str
    purpose: str
    role: Role
    starts_on: str
    ends_on: str
    apply_by: str | None
    asked_every_days: int
    objectives: tuple[tuple[str, str, float], ...]
    contacts: tuple[tuple[str, str], ...]
    role_names: RoleNames
    url: str
    format: Format = Format.PAIRS


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A paper in words: sections of a heading and paragraphs, facts as label and value, and what to do now. `code`: the
    address to be read by a camera, drawn as SVG, or nothing."""

    title: str
    lead: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    facts: tuple[tuple[str, str], ...]
    ask: str
    url: str
    contact: str
    code: str = ""
