"""Somebody who can be written to: what matching says of a person, and whether the address takes mail."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.notifications.contracts.contacts import ContactReachable, ContactUnreachable
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import WrongState

_ADDRESS = re.compile(r"[^\s@<>,;:\"\\()\[\]\x00-\x1f]+@[^\s@<>,;:\"\\()\[\]\x00-\x1f]+")


class ContactState(StrEnum):
    """Whether the person works here at present."""

    ACTIVE = "active"
    ON_LEAVE = "on-leave"
    LEFT = "left"


class MailArrives(WrongState):
    """Nobody is tried again whom mail reaches."""

    code = "mail-arrives"


class NothingToTry(WrongState):
    """Only a mail tells whether an address takes any, and none is left that would not confuse by now."""

    code = "nothing-to-try"


FORMER = "a former participant"


@dataclass(frozen=True, kw_only=True)
class Card:
    """What matching knows of a person."""

    person_id: str
    state: ContactState
    name: str
    email: str
    language: str
    time_zone: str
    location: str


@dataclass(kw_only=True)
class Contact(Aggregate):
    """A person's address, language, time zone and state; the id is the person's. `borne` are names and addresses of
    former days: mails that bear them are found by them."""

    state: ContactState
    name: str
    email: str
    language: str
    time_zone: str
    location: str
    address_since: datetime
    reachable: bool = True
    erased: bool = False
    borne: tuple[str, ...] = ()

    @classmethod
    def of(cls, card: Card, at: datetime) -> "Contact":
        return cls(id=card.person_id, state=card.state, name=_one_line(card.name), email=card.email.strip(),
                   language=card.language, time_zone=card.time_zone, location=_one_line(card.location),
                   address_since=at)

    def learn(self, card: Card, at: datetime) -> None:
        """A new address is believed until it refuses a message."""
        former = {self.name, self.email} - {_one_line(card.name), card.email.strip(), ""}
        self.borne = tuple(sorted({*self.borne, *former}))
        if card.email.strip() != self.email:
            self.email, self.address_since = card.email.strip(), at
            self._believe(at)
        self.state, self.name, self.language = card.state, _one_line(card.name), card.language
        self.time_zone, self.location = card.time_zone, _one_line(card.location)

    def erase(self) -> None:
        """Nobody any more; letters to a former partner still name somebody."""
        self.erased, self.state, self.name, self.email = True, ContactState.LEFT, FORMER, ""
        self.location, self.borne, self.answered = "", (), []

    def believe(self, at: datetime) -> None:
        """Somebody wants the address tried again: what came back before says nothing of it. Raises MailArrives."""
        if self.reachable:
            raise MailArrives("mail reaches this person")
        self.address_since = at
        self._believe(at)

    def _believe(self, at: datetime) -> None:
        if not self.reachable:
            self.reachable = True
            self.record(ContactReachable(person_id=self.id), at)

    def refused(self, at: datetime) -> None:
        """The address refused a message for good. What came back for an earlier address says nothing of this one."""
        if self.reachable and at >= self.address_since:
            self.reachable = False
            self.record(ContactUnreachable(person_id=self.id), at)

    def obstacle(self, *, waits_for_return: bool) -> str | None:
        """Why nothing is sent to this person now; None when it may be. `waits_for_return`: not during a leave."""
        obstacles = {
            "left": self.state is ContactState.LEFT,
            "on-leave": waits_for_return and self.state is ContactState.ON_LEAVE,
            "no-address": not is_address(self.email),
            "unreachable": not self.reachable,
        }
        return next((why for why, stands in obstacles.items() if stands), None)

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]


def is_address(text: str) -> bool:
    """Whether a mail can be addressed to it: one @, nothing that would end the address or the header."""
    return _ADDRESS.fullmatch(text) is not None


def _one_line(text: str) -> str:
    # a line break in a name would begin a new header of the mail
    return " ".join(text.split())
