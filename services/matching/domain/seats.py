"""Seats: a live pair holds one of its mentor's and one of its mentee's, and no two pairs can hold the same."""

from dataclasses import dataclass

from shared.kernel.errors import DomainError


class NoFreeSeat(DomainError):
    """All pairs that the capacity allows exist."""

    code = "no-free-seat"


class AlreadyTogether(DomainError):
    """These two are a pair in this programme."""

    code = "already-together"


@dataclass(frozen=True)
class Seats:
    """The three values that are unique over all pairs of the service."""

    mentor: str
    mentee: str
    couple: str


def released(pair_id: str) -> Seats:
    """What a pair holds that does not count: its own id keeps the index unique."""
    return Seats(f"released/{pair_id}", f"released/{pair_id}", f"released/{pair_id}")


def seats_of(programme_id: str, person_id: str, capacity: int) -> list[str]:
    """The names of somebody's seats in a programme."""
    return [f"{programme_id}/{person_id}#{number}" for number in range(capacity)]


def couple(programme_id: str, mentor_id: str, mentee_id: str) -> str:
    """The same two can be a pair once at a time."""
    return f"{programme_id}/{mentor_id}+{mentee_id}"


def first_free(names: list[str], taken: set[str]) -> str:
    """Raises NoFreeSeat."""
    for name in names:
        if name not in taken:
            return name
    raise NoFreeSeat("no seat is free: the capacity is used up")
