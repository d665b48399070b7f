"""Seats: what makes it impossible, not only forbidden, to give somebody more pairs than they have room for.

A live pair holds one seat of its mentor and one of its mentee in the programme, each unique in its collection; a closed
pair holds a seat of its own that nobody else can want.
"""

from collections.abc import Iterator


def seats(programme_id: str, person_id: str, capacity: int) -> Iterator[str]:
    """All seats of a participant, in order."""
    return (f"{programme_id}/{person_id}#{number}" for number in range(capacity))


def released(pair_id: str) -> str:
    """What a pair holds that holds nobody's seat any more."""
    return f"released/{pair_id}"
