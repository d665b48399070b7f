"""Who was together in the last proposal stays so in the next run, unless others are better by more than some points."""

from dataclasses import dataclass

from services.matching.domain.matchmaking.cells import Row
from services.matching.domain.matchmaking.locks import Couple
from services.matching.domain.matchmaking.people import Person, Role
from services.matching.domain.matchmaking.reasons import Reason
from services.matching.domain.matchmaking.terms import Term

NAME = "settled"


@dataclass(frozen=True, kw_only=True)
class Settled(Term):
    """All points for those who are together already. It says nothing of how two fit."""

    couples: frozenset[Couple] = frozenset()
    is_fit = False

    def columns(self, _side: Role) -> tuple[str, ...]:
        return ()

    def reason(self, mentor: Person, mentee: Person) -> Reason | None:
        return self._reason(NAME, self.points) if (mentor.id, mentee.id) in self.couples else None

    def _found(self, _mentor: Row, _mentee: Row) -> Reason | None:
        """Rows say nothing of it."""
