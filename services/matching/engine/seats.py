"""Sits mentees down and lets them stand up; the seats taken of a mentor stay without a gap."""

import numpy as np

from services.matching.engine.arrays import Ints, Longs, State
from services.matching.engine.compiling import inlined, kernel, maker


@inlined
def sit(state: State, mentee: int, mentor: int) -> None:
    """Takes a free seat of the mentor, who has one; the mentee has none."""
    place = state.seat_start[mentor] + state.taken[mentor]
    state.taken[mentor] += 1
    state.holder[place] = mentee
    state.place_of[mentee] = place
    state.mentor_of[mentee] = mentor


@inlined
def stand(state: State, mentee: int) -> int:
    """Gives the seat back and answers whose it was."""
    mentor, place = state.mentor_of[mentee], state.place_of[mentee]
    state.taken[mentor] -= 1
    last = state.holder[state.seat_start[mentor] + state.taken[mentor]]
    state.holder[place] = last
    state.place_of[last] = place
    state.mentor_of[mentee] = -1
    return int(mentor)


@kernel
def seat_as_before(state: State, mentor_of: Ints) -> None:
    """Those first who come first, where there is room: what does not fit is not kept."""
    for mentee in range(len(mentor_of)):
        mentor = mentor_of[mentee]
        if mentor >= 0 and state.taken[mentor] < state.capacity[mentor]:
            sit(state, mentee, mentor)


@kernel
def rise(state: State, mentee: int) -> int:
    """As `stand`, for callers outside of kernels."""
    return stand(state, mentee)


@maker
def release(state: State, mentor: int, seats: int) -> Longs:
    """Whoever sits beyond that many seats stands up; answers who."""
    moved = np.empty(max(0, state.taken[mentor] - seats), np.int64)
    for at in range(len(moved)):
        moved[at] = state.holder[state.seat_start[mentor] + state.taken[mentor] - 1]
        stand(state, moved[at])
    return moved
