"""Whom matching may put together."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.matching.domain.candidate_rows import Attendee
from services.matching.domain.matchmaking.locks import Couple
from services.matching.domain.programme_rules import Couples


@dataclass(frozen=True)
class Eligible:
    """As of one moment; `capacity` of each is the room they have. Couples of `former` stay apart, those of `locks` are
    put together, the earliest first."""

    mentors: list[Attendee]
    mentees: list[Attendee]
    former: Couples
    locks: list[Couple]

    def alone(self, mentee_id: str) -> "Eligible":
        """With this mentee alone, and without the seats that are locked for others."""
        return replace(self, mentors=[*self._with_seats_beside(mentee_id)],
                       mentees=[one for one in self.mentees if one.person_id == mentee_id],
                       locks=[couple for couple in self.locks if couple[1] == mentee_id])

    def _with_seats_beside(self, mentee_id: str) -> Iterator[Attendee]:
        others = {one.person_id for one in self.mentees} - {mentee_id}
        locked = Counter(mentor for mentor, mentee in self.locks if mentee in others)
        left = (one._replace(capacity=one.capacity - locked[one.person_id]) for one in self.mentors)
        return (one for one in left if one.capacity > 0)
