"""An introduction before there is a pair: the words that both would read, of two whom the caller names."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.notifications.application.composing import Composing
from services.notifications.application.ports import Text
from services.notifications.domain.contact import Card, Contact
from services.notifications.domain.kick_off import propose
from services.notifications.domain.letters import Letter, Role
from shared.kernel.clock import Clock


@dataclass(frozen=True, kw_only=True)
class Invited:
    """Who would be asked as what, by which letter, with which code in its link."""

    letter: Letter
    role: Role
    you: Card
    code: str


@dataclass(frozen=True)
class Previews:
    """Nothing is queued, kept or sent."""

    composing: Composing
    clock: Clock

    def invitation(self, programme_id: str, wanted: "Invited", language: str) -> Text:
        """What somebody would read whom a campaign asks. Raises NotFound."""
        you = Contact.of(wanted.you, self.clock.now())
        return self.composing.invitation(programme_id, wanted.letter, wanted.role, you, language, wanted.code)

    def introductions(self, programme_id: str, cards: Mapping[Role, Card], language: str) -> dict[Role, Text]:
        """By role, in one language. Raises NotFound."""
        now = self.clock.now()
        mentor, mentee = (Contact.of(cards[role], now) for role in (Role.MENTOR, Role.MENTEE))
        meets_at = propose(now, (mentor.time_zone, mentee.time_zone))
        sides = {Role.MENTOR: (mentor, mentee), Role.MENTEE: (mentee, mentor)}
        return {role: self.composing.introduction(programme_id, role, two, language, meets_at)
                for role, two in sides.items()}
