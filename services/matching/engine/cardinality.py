"""As many pairs as there can be, and whose seats are over-demanded (Hopcroft and Karp 1973, with seats)."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Graph, Ints, Longs, Mask, State, state_of
from services.matching.engine.aside import aside
from services.matching.engine.compiling import inlined, kernel
from services.matching.engine.greedy import make_room, seat_greedily
from services.matching.engine.problem import Problem
from services.matching.engine.watch import Watch


class Largest(NamedTuple):
    """How many pairs there can be, and who is short of seats: mentees of whom some stay alone in any matching, and all
    the mentors they may sit with (Hall's witness; empty masks where every mentee can be seated)."""

    pairs: int
    mentees: Mask
    mentors: Mask


def largest(problem: Problem, watch: Watch) -> Largest:
    """Counts nothing but pairs; cut by the deadline it answers what it has, with nobody short of seats."""
    aside(lambda: problem.graph, watch.patient, "counting", 0.0, len(problem.score))
    state = state_of(problem.n_mentees, problem.capacity)
    layers = layers_of(problem.n_mentees, problem.n_mentors)
    seat_greedily(problem.graph, state)
    make_room(problem.graph, state)
    while phase(problem.graph, state, layers):
        if not watch.goes_on("counting", 0.0):
            layers.of_mentee[:], layers.of_mentor[:] = -1, -1
            break
    return Largest(int(state.taken.sum()), layers.of_mentee >= 0, layers.of_mentor >= 0)


class Layers(NamedTuple):
    """One phase: how far each mentee and mentor is from somebody free (-1: not reached), and where each one's search
    stands in the row or among the holders. `queue` and `path` hold mentees, `bridge` the mentor after each of `path`.
    """

    of_mentee: Ints
    of_mentor: Ints
    row_at: Longs
    holder_at: Longs
    queue: Ints
    path: Ints
    bridge: Ints


def layers_of(n_mentees: int, n_mentors: int) -> Layers:
    """Room for any number of phases."""
    def ints(size: int) -> Ints:
        return np.full(size, -1, np.int32)

    return Layers(ints(n_mentees), ints(n_mentors), np.zeros(n_mentees, np.int64), np.zeros(n_mentors, np.int64),
                  ints(n_mentees), ints(n_mentees), ints(n_mentees))


@kernel
def phase(graph: Graph, state: State, layers: Layers) -> int:
    """Seats more mentees along shortest alternating paths; answers how many. At 0 the matching is a largest one, and
    `layers` show who can be reached from somebody free: their mentors have too few seats for all who need them."""
    if not _reach(graph, state, layers):
        return 0
    for mentee in range(len(state.mentor_of)):
        layers.row_at[mentee] = graph.row_start[mentee]
    for mentor in range(len(state.capacity)):
        layers.holder_at[mentor] = state.seat_start[mentor]
    more = 0
    for mentee in range(len(state.mentor_of)):
        if state.mentor_of[mentee] < 0 and _augment(graph, state, layers, mentee):
            more += 1
    return more


@inlined
def _reach(graph: Graph, state: State, layers: Layers) -> bool:
    """Breadth first from all free mentees, to the end of the layer with the first free seat; False: there is none."""
    head, tail, last = 0, _begin(state, layers), -1
    while head < tail:
        mentee = layers.queue[head]
        head += 1
        layer = layers.of_mentee[mentee]
        if last >= 0 and layer >= last:
            break
        for at in range(graph.row_start[mentee], graph.row_end[mentee]):
            mentor = graph.row_mentor[at]
            if layers.of_mentor[mentor] >= 0:
                continue
            if state.taken[mentor] < state.capacity[mentor]:
                last = layer + 1
            tail = _enter(state, layers, mentor, layer + 1, tail)
    return last >= 0


@inlined
def _begin(state: State, layers: Layers) -> int:
    """The first layer: everybody free. Answers how many they are."""
    layers.of_mentee[:] = -1
    layers.of_mentor[:] = -1
    tail = 0
    for mentee in range(len(state.mentor_of)):
        if state.mentor_of[mentee] < 0:
            layers.of_mentee[mentee] = 0
            layers.queue[tail] = mentee
            tail += 1
    return tail


@inlined
def _enter(state: State, layers: Layers, mentor: int, layer: int, tail: int) -> int:
    """The mentor and who sits there are reached; answers where the queue ends now."""
    layers.of_mentor[mentor] = layer
    first = state.seat_start[mentor]
    for place in range(first, first + state.taken[mentor]):
        layers.of_mentee[state.holder[place]] = layer
        layers.queue[tail] = state.holder[place]
        tail += 1
    return tail


@inlined
def _augment(graph: Graph, state: State, layers: Layers, start: int) -> bool:
    """Depth first along the layers from a free mentee; each edge and each holder is tried once in a phase."""
    depth = 0
    layers.path[0] = start
    while depth >= 0:
        mentee = layers.path[depth]
        at = layers.row_at[mentee]
        if at == graph.row_end[mentee]:
            depth -= 1
            continue
        mentor = graph.row_mentor[at]
        if layers.of_mentor[mentor] != layers.of_mentee[mentee] + 1:
            layers.row_at[mentee] += 1
            continue
        layers.bridge[depth] = mentor
        if state.taken[mentor] < state.capacity[mentor]:
            _shift(state, layers, depth)
            return True
        place = layers.holder_at[mentor]
        if place == state.seat_start[mentor] + state.taken[mentor]:
            layers.row_at[mentee] += 1
            continue
        layers.holder_at[mentor] += 1
        depth += 1
        layers.path[depth] = state.holder[place]
    return False


@inlined
def _shift(state: State, layers: Layers, depth: int) -> None:
    """Everybody on the path takes the seat of the next one, the last a free seat."""
    mentee, mentor = layers.path[depth], layers.bridge[depth]
    place = state.seat_start[mentor] + state.taken[mentor]
    state.taken[mentor] += 1
    while True:
        left = state.place_of[mentee]
        state.holder[place], state.place_of[mentee] = mentee, place
        state.mentor_of[mentee] = layers.bridge[depth]
        if depth == 0:
            break
        depth -= 1
        mentee, place = layers.path[depth], left
