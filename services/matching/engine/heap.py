"""A binary heap of mentors by distance, in which a mentor stands once and can come nearer."""

from services.matching.engine.arrays import Scratch
from services.matching.engine.compiling import inlined


@inlined
def begin(scratch: Scratch) -> int:
    """The stamp of a new search: empty heap, nothing reached, nothing scanned."""
    scratch.counts[0] += 1
    scratch.counts[1] = 0
    scratch.counts[2] = 0
    return int(scratch.counts[0])


@inlined
def reach(scratch: Scratch, mentor: int, dist: int) -> bool:
    """Puts a mentor at that distance, or brings it nearer; False when it was as near already."""
    heap, spot, dists = scratch.heap, scratch.spot, scratch.dist
    if scratch.stamp[mentor] == scratch.counts[0]:
        if dists[mentor] <= dist:
            return False
        at = spot[mentor]
    else:
        scratch.stamp[mentor] = scratch.counts[0]
        at = scratch.counts[1]
        scratch.counts[1] += 1
    dists[mentor] = dist
    while at > 0:
        above = (at - 1) >> 1
        if dists[heap[above]] <= dist:
            break
        heap[at] = heap[above]
        spot[heap[at]] = at
        at = above
    heap[at] = mentor
    spot[mentor] = at
    return True


@inlined
def nearest(scratch: Scratch) -> int:
    """Takes the nearest mentor out. The heap is not empty."""
    heap, spot, dists = scratch.heap, scratch.spot, scratch.dist
    first = heap[0]
    scratch.counts[1] -= 1
    size = scratch.counts[1]
    last = heap[size]
    at = 0
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        if below + 1 < size and dists[heap[below + 1]] < dists[heap[below]]:
            below += 1
        if dists[heap[below]] >= dists[last]:
            break
        heap[at] = heap[below]
        spot[heap[at]] = at
        at = below
    heap[at] = last
    spot[last] = at
    return int(first)
