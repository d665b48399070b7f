"""What is told to two people whom a coordinator would like to be a pair."""

from collections.abc import Collection
from dataclasses import dataclass

from services.notifications.application.contacts import Contacts
from services.notifications.application.directory import Directory
from services.notifications.application.messages import Messages
from services.notifications.application.ports import Happening
from services.notifications.domain import letters
from services.notifications.domain.copies import Pair
from services.notifications.domain.letters import Letter
from services.notifications.domain.message import Wish

ASKING = (letters.PAIR_PROPOSED.name, letters.PAIR_REMINDER.name, letters.START_REMINDER.name)


@dataclass(frozen=True)
class ProposalNotices:
    """When both have said yes the introduction of the pair tells it; that nothing comes of it hears who had said yes
    alone. All raise NotFound while somebody involved is not known yet."""

    messages: Messages
    contacts: Contacts
    directory: Directory

    def asked(self, pair: Pair, cause: Happening) -> None:
        """Both, each of the other."""
        self._tell(pair, letters.PAIR_PROPOSED, pair.person_ids, cause)

    def remind(self, pair: Pair, silent_ids: Collection[str], cause: Happening) -> None:
        """Whoever has not said yes or, when both have, not done what comes before the start."""
        letter = letters.START_REMINDER if pair.is_agreed else letters.PAIR_REMINDER
        self._tell(pair, letter, silent_ids, cause)

    def ended(self, pair: Pair, waiting_ids: Collection[str], cause: Happening) -> None:
        """Whoever had said yes and waits for the other, whatever it was: neither who ended it nor why is theirs to
        know."""
        self._tell(pair, letters.PROPOSAL_ENDED, waiting_ids, cause)

    def answered(self, pair: Pair, person_ids: Collection[str], cause: Happening) -> None:
        """Nobody is asked who said yes already, or for whom a coordinator did, or whose pair has begun."""
        for one in self.messages.unheard(pair.pair_id):
            if one.template in ASKING and one.person_id in person_ids:
                self.messages.withdraw_one(one, "settled", cause)

    def _tell(self, pair: Pair, letter: Letter, to: Collection[str], cause: Happening) -> None:
        self.directory.programme(pair.programme_id)
        for one in pair.person_ids:
            self.contacts.get(one)
        for role, person_id, partner_id in pair.sides:
            if person_id in to:
                self.messages.queue(Wish(
                    letter=letter, role=role, person_id=person_id, about=pair.pair_id, pair_id=pair.pair_id,
                    programme_id=pair.programme_id, partner_id=partner_id), cause)
