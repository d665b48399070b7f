"""Families of problems on which solvers have gone wrong or slow, each in any size."""

from collections.abc import Callable, Mapping

import numpy as np

from tests.unit.matching.engine.instances import Array, Instance

Dice = np.random.Generator
Family = Callable[[int, Dice], Instance]
EDGE = 2**31 - 1
"""The highest score there is."""


def dense(capacity: Array, table: Array) -> Instance:
    """Everybody may sit with everybody; `table` (n, m) holds the scores."""
    mentee, mentor = np.indices(table.shape).reshape(2, -1)
    return Instance(len(table), capacity, mentee, mentor, table.ravel().astype(np.int64))


def sparse(size: int, capacity: Array, mentee: Array, mentor: Array, score: Array) -> Instance:
    """Pairs that come twice count once."""
    _, first = np.unique(mentee * len(capacity) + mentor, return_index=True)
    return Instance(size, capacity, mentee[first], mentor[first], score[first])


def _ones(size: int) -> Array:
    return np.ones(size, np.int64)


def all_equal(size: int, _dice: Dice) -> Instance:
    """Nothing but ties."""
    return dense(2 * _ones(size // 2), np.full((size, size // 2), 7))


def geometric(size: int, dice: Dice) -> Instance:
    """Points in a square: near is good, and neighbours compete for the same seats."""
    here, there = dice.random((size, 1, 2)), dice.random((1, size // 2, 2))
    return dense(2 * _ones(size // 2), 15_000 - (10_000 * np.hypot(*np.moveaxis(here - there, 2, 0))).astype(np.int64))


def uniform(size: int, dice: Dice) -> Instance:
    """As SciPy measures its assignment: from −20 to 20, in thousandths."""
    return dense(_ones(size), dice.integers(0, 40_001, (size, size)))


def logarithmic(size: int, dice: Dice) -> Instance:
    """Likewise: some pairs are worth a thousand million times as much as others."""
    return dense(_ones(size), (10 ** dice.uniform(0, 9.3, (size, size))).astype(np.int64))


def integer(size: int, dice: Dice) -> Instance:
    """Likewise: from −1,000 to 999."""
    return dense(_ones(size), dice.integers(0, 2000, (size, size)))


def binary(size: int, dice: Dice) -> Instance:
    """Likewise: good or not."""
    return dense(_ones(size), dice.integers(0, 2, (size, size)))


def superstar(size: int, dice: Dice) -> Instance:
    """All want the one mentor who has one seat."""
    table = dice.integers(0, 10, (size, size))
    table[:, size // 3] = 9000 + dice.integers(0, 10, size)
    return dense(_ones(size), table)


def short_departments(size: int, dice: Dice) -> Instance:
    """Nobody leaves the department, and every second one has too few seats."""
    home = np.repeat(np.arange(-(-size // 8)), 8)[:size]
    mentee, mentor = np.nonzero(home[:, None] == home[None, :])
    return sparse(size, np.where(home % 2, 2, dice.integers(0, 2, size)), mentee, mentor,
                  dice.integers(0, 9000, len(mentee)))


def closed(size: int, dice: Dice) -> Instance:
    """Whom all want most has no seat, as half of all mentors."""
    table = dice.integers(0, 9000, (size, size))
    table[:, ::2] += 9000
    return dense(np.arange(size) % 2 * dice.integers(1, 4, size), table)


def layers(size: int, dice: Dice) -> Instance:
    """Rungs of a ladder, two mentees and two mentors each, all of them joined to the next, and one mentee too many at
    the beginning; the one spare seat is at the end. A second ladder leads nowhere: a search that forgets dead ends
    takes time there that doubles with each rung."""
    rungs, people = size // 4, np.arange(2 * (size // 4))
    rung = people // 2
    pairs = [(one, 2 * level + side) for one in people for level in (rung[one], rung[one] + 1) for side in (0, 1)]
    ends = 2 * rungs
    pairs += [(ends, 0), (ends, 1)]
    mentee, mentor = np.array(pairs).T
    twice = np.concatenate([mentee, mentee + ends + 1]), np.concatenate([mentor, mentor + ends + 2])
    capacity = np.tile(np.concatenate([_ones(ends), [1, 0]]), 2)
    capacity[-2:] = 0
    return sparse(2 * (ends + 1), capacity, *twice, np.full(len(twice[0]), int(dice.integers(0, 3))))


def over_subscribed(size: int, dice: Dice) -> Instance:
    """Seats for half up to 99 in a hundred."""
    seats = int(dice.choice([0.5, 0.75, 0.9, 0.99]) * size)
    capacity = np.bincount(dice.integers(0, size // 2, seats), minlength=size // 2)
    mentee = np.repeat(np.arange(size), 12)
    return sparse(size, capacity, mentee, dice.integers(0, size // 2, len(mentee)), dice.integers(0, 12_000,
                                                                                                   len(mentee)))


def at_the_edge(size: int, dice: Dice) -> Instance:
    """The highest scores there are, and 0, on few edges."""
    mentee = np.repeat(np.arange(size), 6)
    score = EDGE - dice.integers(0, 3, len(mentee)) * dice.choice([1, EDGE // 2], len(mentee))
    return sparse(size, _ones(size), mentee, dice.integers(0, size, len(mentee)), score)


def chain(size: int, _dice: Dice) -> Instance:
    """One more is seated only when everybody gives up the highest score for 0: count before sum needs a large worth."""
    people = np.arange(size - 1)
    mentee = np.concatenate([people, people, [size - 1]])
    mentor = np.concatenate([people, people + 1, [0]])
    return sparse(size, _ones(size), mentee, mentor, np.repeat([EDGE // size, 0, 0], [size - 1, size - 1, 1]))


def three_wished_for(size: int, dice: Dice) -> Instance:
    """Every wish is for the same three mentors."""
    table = dice.integers(0, 4000, (size, size // 2))
    table[:, :3] += dice.permuted(np.tile([3000, 2000, 1000], (size, 1)), axis=1)
    return dense(dice.integers(1, 4, size // 2), table)


FAMILIES: Mapping[str, Family] = {one.__name__: one for one in (
    all_equal, geometric, uniform, logarithmic, integer, binary, superstar, short_departments, closed, layers,
    over_subscribed, at_the_edge, chain, three_wished_for)}


def of_family(name: str, size: int, seed: int) -> Instance:
    """The same for the same figures."""
    return FAMILIES[name](size, np.random.default_rng(seed))
