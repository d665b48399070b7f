"""Sits mentees down and lets them stand up; the seats taken of a mentor stay without a gap."""

from services.matching.engine.arrays import State
from services.matching.engine.compiling import kernel


@kernel
def sit(state: State, mentee: int, mentor: int) -> None:
    """Takes a free seat of the mentor, who has one; the mentee has none."""
    place = state.seat_start[mentor] + state.taken[mentor]
    state.taken[mentor] += 1
    state.holder[place] = mentee
    state.place_of[mentee] = place
    state.mentor_of[mentee] = mentor


@kernel
def stand(state: State, mentee: int) -> int:
    """Gives the seat back and answers whose it was."""
    mentor, place = state.mentor_of[mentee], state.place_of[mentee]
    state.taken[mentor] -= 1
    last = state.holder[state.seat_start[mentor] + state.taken[mentor]]
    state.holder[place] = last
    state.place_of[last] = place
    state.mentor_of[mentee] = -1
    return int(mentor)
