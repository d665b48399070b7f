"""The k best mentors of each mentee, as edges: the graph that solvers are compared on."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.pool import Ints, Pool
from tests.bench.engine import product


class Graph(NamedTuple):
    """Edges sorted by mentee, then mentor; `capacity` int32 (m,), the rest int32 (edges,)."""

    n_mentees: int
    capacity: Ints
    mentee: Ints
    mentor: Ints
    score: Ints


def best(pool: Pool, k: int) -> Graph:
    """Of equal scores the mentor with the lower number."""
    parts = [_best_of(block, first, min(k, pool.n_mentors)) for first, block in product.blocks(pool)]
    mentee, mentor, score = (np.concatenate(one).astype(np.int32) for one in zip(*parts, strict=True))
    return Graph(pool.n_mentees, pool.capacity, mentee, mentor, score)


def _best_of(block: np.ndarray, first: int, k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    columns = block.shape[1]
    ranked = block.astype(np.int64) * columns + (columns - 1 - np.arange(columns))
    chosen = np.sort(np.argpartition(ranked, columns - k, axis=1)[:, columns - k:], axis=1)
    score = np.take_along_axis(block, chosen, axis=1)
    row, place = np.nonzero(score >= 0)
    return first + row, chosen[row, place], score[row, place]
