"""The part of a pair that says who is asked whether they would be one, who said yes, and who was reminded."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.matching.contracts.pairs import PairAccepted, PairEvent, PairProposed, PairReminderDue, PairState, Party
from services.matching.contracts.participants import Role
from services.matching.domain.history import Happened
from services.matching.domain.seats import Seats
from services.matching.domain.under_way import UnderWay
from shared.kernel.errors import NotFound, WrongState

OPEN = (PairState.PROPOSED, PairState.ACCEPTED)
TOLD_BY_MAIL = ("pair-proposed", "pair-created")
"""What the two hear of a pair before it starts."""


class AlreadyDecided(WrongState):
    """What is asked for has happened, or can happen no more."""

    code = "already-decided"


class MailedToday(WrongState):
    """Nobody has two mails about the same on one working day, unless they did something in between."""

    code = "mailed-today"


@dataclass(kw_only=True)
class Asked(UnderWay, ABC):
    """`reminded_at`: when whoever is waited for was last."""

    mentor_id: str
    mentee_id: str
    accepted_by: tuple[str, ...] = ()
    reminded_at: datetime | None = None
    history: list[Happened] = field(default_factory=list)

    @property
    def parties(self) -> tuple[Party, ...]:
        return Party(self.mentor_id, Role.MENTOR), Party(self.mentee_id, Role.MENTEE)

    @property
    def silent_ids(self) -> tuple[str, ...]:
        """Of the two, who has not said yes yet."""
        return tuple(one.person_id for one in self.parties if one.person_id not in self.accepted_by)

    def require_party(self, person_id: str | None) -> None:
        """Raises NotFound: a stranger learns nothing."""
        if person_id not in (self.mentor_id, self.mentee_id):
            raise NotFound(f"no pair {self.id} of yours")

    def require_open(self) -> None:
        """Raises AlreadyDecided when nobody is asked any more."""
        self._require(*OPEN)

    @property
    @abstractmethod
    def waited_for(self) -> tuple[str, ...]:
        """Who has not said yes or, of a pair that is agreed, not done what comes before its start."""

    def require_waiting(self) -> None:
        """Raises AlreadyDecided when nobody is waited for."""
        if not self.waited_for:
            raise AlreadyDecided(f"pair {self.id} is {self.state} and waits for nobody")

    def propose(self, by: str | None, at: datetime) -> None:
        """Asks both."""
        self._tell(PairProposed, at, by)

    def accept(self, by: str, seats: Seats, at: datetime) -> None:
        """One side says yes; the second yes takes the seats."""
        self.require_party(by)
        self._require(*OPEN)
        if by in self.accepted_by:
            raise AlreadyDecided(f"pair {self.id} was accepted by you already")
        self.accepted_by = (*self.accepted_by, by)
        self.state = PairState.ACCEPTED
        self._tell(PairAccepted, at, by, accepted_by=by)
        if not self.silent_ids:
            self._create(seats, at, None)

    def remind(self, by: str, today: datetime, at: datetime) -> None:
        """Whoever is waited for, by mail. `today` began then for them. Raises AlreadyDecided, MailedToday."""
        self.require_waiting()
        mailed = [one.at for one in self.history if one.kind in TOLD_BY_MAIL]
        if max([*mailed, *filter(None, [self.reminded_at])]) >= today:
            raise MailedToday("the two have had a mail about this today")
        self.reminded_at = at
        self._tell(PairReminderDue, at, by, silent_ids=self.waited_for)

    @abstractmethod
    def _create(self, seats: Seats, at: datetime, by: str | None) -> None: ...

    @abstractmethod
    def _tell(self, event: type[PairEvent], at: datetime, by: str | None, **more: Any) -> None: ...
