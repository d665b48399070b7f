"""Seats: a live pair holds one of its mentor's and one of its mentee's in the programme, and one of its mentor's in the
organisation, and no two pairs can hold the same."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from shared.kernel.errors import DomainError, Invalid

ORGANISATION = "organisation"


class NoFreeSeat(DomainError):
    """All pairs that the capacity allows exist."""

    code = "no-free-seat"


class NoSeatInOrganisation(NoFreeSeat):
    """A mentor has as many pairs and circles, in all programmes together, as the organisation allows."""

    code = "no-seat-in-organisation"


class AlreadyTogether(DomainError):
    """These two are a pair in this programme."""

    code = "already-together"


class RoomOfMentee(Invalid):
    """Mentees do not say themselves how many mentors they have."""

    code = "room-of-mentee"


@dataclass(frozen=True)
class Seats:
    """The values that are unique over all pairs. `organisation` is the mentor's own, in whatever programme."""

    mentor: str
    mentee: str
    couple: str
    organisation: str


def released(pair_id: str) -> Seats:
    """What a pair holds that does not count: its own id keeps the index unique."""
    nothing = f"released/{pair_id}"
    return Seats(nothing, nothing, nothing, nothing)


def couple(programme_id: str, mentor_id: str, mentee_id: str) -> str:
    """The same two can be a pair once at a time."""
    return f"{programme_id}/{mentor_id}+{mentee_id}"


def require_apart(couple: str, together: Collection[str]) -> None:
    """Raises AlreadyTogether where the two are among those who are."""
    if couple in together:
        raise AlreadyTogether("these two are a pair of this programme")


def belong(seats: Seats, programme_id: str, mentor_id: str, mentee_id: str) -> bool:
    """Whether these are seats of these two."""
    return (seats.mentor.startswith(f"{programme_id}/{mentor_id}#")
            and seats.mentee.startswith(f"{programme_id}/{mentee_id}#")
            and seats.couple == couple(programme_id, mentor_id, mentee_id)
            and seats.organisation.startswith(f"{ORGANISATION}/{mentor_id}#"))


def first_free(programme_id: str, person_id: str, capacity: int, taken: set[str]) -> str:
    """The first of somebody's seats that is not among those `taken` of theirs. As many pairs as the capacity use it up,
    whatever the numbers of their seats: it may have been larger. Raises NoFreeSeat."""
    if len(taken) >= capacity:
        raise NoFreeSeat("no seat is free: the capacity is used up")
    names = (f"{programme_id}/{person_id}#{number}" for number in range(capacity))
    return next(name for name in names if name not in taken)


def with_organisation_seat(document: dict[str, Any]) -> dict[str, Any]:
    """Of a stored pair, from shape 1, which held none: one that counts and that nobody else can hold."""
    seat = document["mentor_seat"]
    if not seat.startswith("released/"):
        seat = f"{ORGANISATION}/{document['mentor_id']}#{document['_id']}"
    return {**document, "organisation_seat": seat}
