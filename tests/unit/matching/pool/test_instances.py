"""The programmes that benchmarks run on are what they say."""

import numpy as np

from tests.bench.engine import graph, product
from tests.bench.engine.instances import Shape, pool


def test_the_same_seed_makes_the_same_people_and_another_makes_others() -> None:
    shape = Shape.of(200)

    first, again, other = (product.scores(pool(shape, seed)) for seed in (1, 1, 2))

    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_programme_has_the_seats_asked_for_and_a_quarter_of_all_pairs_is_allowed() -> None:
    plenty, short = pool(Shape.of(1000), 1), pool(Shape.of(1000, seats=0.85), 1)

    scores = product.scores(plenty)

    assert (plenty.capacity.sum(), short.capacity.sum()) == (1050, 850)
    assert 0.2 < (scores >= 0).mean() < 0.3
    assert 9_000 < scores.max() <= 12_600


def test_the_graph_holds_the_best_of_every_mentee() -> None:
    people = pool(Shape.of(120), 1)
    scores = product.scores(people)

    edges = graph.best(people, 5)

    for mentee in range(120):
        kept = edges.score[edges.mentee == mentee]
        assert sorted(kept)[::-1] == sorted(scores[mentee][scores[mentee] >= 0])[::-1][:5]
