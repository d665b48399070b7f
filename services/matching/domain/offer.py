"""A mentor whom a mentee may ask, and why: what the mentee is told of it."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace

from services.matching.domain.candidate_rows import Attendee, Listed, answers_to
from services.matching.domain.matchmaking.people import Role
from services.matching.domain.matchmaking.reasons import Reason
from services.matching.domain.matchmaking.rules import Rulebook

MOST_REASONS = 3
_OF_THE_MENTOR = frozenset({"mentor"})


@dataclass(frozen=True)
class Offer:
    """The score is that of the programme's rules; `room`: free seats beside those that others are waiting for;
    `reasons`: the strongest, without what is nobody's business but the mentor's."""

    mentor_id: str
    score: int
    room: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Of mentors with room the `most` that a mentee may be told: who answers to the words of the `text`, with more room
    than they are `asked` for, but those to be kept `apart`. `prices` of a seat make others come first."""

    text: str
    asked: Mapping[str, int]
    apart: Set[str]
    prices: Mapping[str, int]
    most: int

    def left_of(self, mentor: Attendee) -> int:
        """Room that nobody waits for."""
        return mentor.capacity - self.asked.get(mentor.person_id, 0)

    def may_be(self, mentor: Attendee) -> bool:
        return self.left_of(mentor) > 0 and mentor.person_id not in self.apart

    def is_answered_by(self, mentor: Attendee, person: Listed) -> bool:
        return not self.text.strip() or answers_to(self.text, mentor, person)


def offer(mentor_id: str, room: int, found: tuple[Reason, ...], book: Rulebook) -> Offer:
    """All that was `found`, strongest first, counts; some of it is told."""
    told = tuple(_told(found, book))[:MOST_REASONS]
    return Offer(mentor_id, sum(one.points for one in found), room, told)


def _told(found: tuple[Reason, ...], book: Rulebook) -> Iterator[Reason]:
    """No wish of the mentor, nothing that would say the same of everybody, and of a mentor's answers only what the two
    have in common."""
    silent = {*book.no_fit, *(one.name for one in book.every_wish if one.side is Role.MENTOR)}
    for one in found:
        if one.criterion not in silent and one.points > 0:
            yield replace(one, params={name: fact for name, fact in one.params.items() if name not in _OF_THE_MENTOR})
