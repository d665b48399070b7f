"""Programmes to measure on, made from a seed: the same people and the same whole scores for every contender.

Mentors ≈ 0.525 n with 1–3 seats each (together 1.05 n, or as asked), 256 skills by Zipf's law, 24 time zones, 6
languages, 12 departments, three ranked wishes, nobody with the own manager: a quarter of all pairs is allowed, and
a score is at most 12,600.
"""

from dataclasses import dataclass

import numpy as np

from services.matching.engine.attributes import by_hour, by_overlap, by_sameness, by_step
from services.matching.engine.pool import BARRED, Attribute, Bonus, Ints, Longs, Pool, Ragged
from services.matching.engine.relations import removals

SKILLS, ZONES, LANGUAGES, DEPARTMENTS, GRADES = 256, 24, 6, 12, 8
NEED_WEIGHTS = (30, 20, 10)
"""Times a level of 20, 40 … 100: 6,000 at most."""
WISHES = (3000, 2000, 1000)
SENIORITY = {1: 900, 2: 1200, 3: 900, 4: 600, 5: 300, 6: 0, 7: 0}


@dataclass(frozen=True)
class Shape:
    """How many people, and how many seats all mentors have together, as a part of the mentees."""

    mentees: int
    mentors: int
    seats: float = 1.05

    @classmethod
    def of(cls, mentees: int, seats: float = 1.05) -> "Shape":
        return cls(mentees, round(0.525 * mentees), seats)


def pool(shape: Shape, seed: int) -> Pool:
    """The same bytes for the same shape and seed."""
    lot = np.random.default_rng((seed, shape.mentees, shape.mentors))
    persons = np.arange(shape.mentees + shape.mentors)
    mentee, mentor = persons[:shape.mentees], persons[shape.mentees:]
    attributes = tuple(_attributes(shape, lot))
    return Pool(shape.mentees, _capacity(shape, lot), attributes, _needs(shape, lot), _skills(shape, lot),
                "no-shared-skill", (_wishes(shape, lot),), removals(mentee, mentor, _managers(shape, lot)))


def _capacity(shape: Shape, lot: np.random.Generator) -> Ints:
    """1–3 seats each, so many together as the shape asks for; 0 only where there are fewer seats than mentors."""
    seats = round(shape.seats * shape.mentees)
    capacity = lot.integers(1, 4, shape.mentors)
    while (off := seats - int(capacity.sum())) != 0:
        step = 1 if off > 0 else -1
        able = np.flatnonzero(capacity < 3) if step > 0 else np.flatnonzero(capacity > 1)
        able = able if len(able) else np.arange(shape.mentors)
        capacity[lot.permutation(able)[:abs(off)]] += step
    return np.maximum(capacity, 0).astype(np.int32)


def _attributes(shape: Shape, lot: np.random.Generator) -> list[Attribute]:
    zones = [lot.integers(0, ZONES, count).astype(np.int32) for count in (shape.mentees, shape.mentors)]
    units = [lot.integers(0, DEPARTMENTS, count).astype(np.int32) for count in (shape.mentees, shape.mentors)]
    junior = np.minimum(lot.geometric(0.4, shape.mentees) - 1, GRADES - 3).astype(np.int32)
    senior = np.clip(lot.normal(3.5, 1.8, shape.mentors).round(), 1, GRADES - 1).astype(np.int32)
    spoken = [_languages(shape.mentees, 0.5, lot), _languages(shape.mentors, 1.0, lot)]
    return [by_step("seniority", junior, senior, GRADES, SENIORITY),
            by_overlap("language", spoken[0], spoken[1], (BARRED, 300, 600)),
            by_hour("time-zone", zones[0], zones[1], 1200, 100),
            by_sameness("department", units[0], units[1], DEPARTMENTS, 600, 200)]


def _languages(count: int, at_home: float, lot: np.random.Generator) -> np.ndarray:
    """A mother tongue each; `at_home` of all speak the first language, that of the house, besides."""
    mother = np.minimum(lot.geometric(0.45, count) - 1, LANGUAGES - 1).astype(np.uint64)
    house = (lot.random(count) < at_home).astype(np.uint64)
    return (np.uint64(1) << mother) | house


def _zipf() -> np.ndarray:
    odds = 1.0 / np.arange(1, SKILLS + 1)
    return odds / odds.sum()


def _drawn(rows: int, each: Ints, lot: np.random.Generator) -> tuple[Longs, Longs]:
    """(row, skill): `each[r]` different skills for row r, by Gumbel's trick in slices that fit in memory."""
    found: list[tuple[Longs, Longs]] = []
    for start in range(0, rows, 4096):
        part = each[start:start + 4096]
        keys = np.log(_zipf())[None, :] + lot.gumbel(size=(len(part), SKILLS))
        ranked = np.argsort(-keys, axis=1)[:, :int(each.max())]
        taken = np.arange(ranked.shape[1])[None, :] < part[:, None]
        found.append((start + np.nonzero(taken)[0], ranked[taken]))
    return np.concatenate([row for row, _ in found]), np.concatenate([skill for _, skill in found])


def _needs(shape: Shape, lot: np.random.Generator) -> Ragged:
    each = np.full(shape.mentees, len(NEED_WEIGHTS), dtype=np.int32)
    row, skill = _drawn(shape.mentees, each, lot)
    return Ragged.of(shape.mentees, row, skill, np.tile(NEED_WEIGHTS, shape.mentees))


def _skills(shape: Shape, lot: np.random.Generator) -> Ragged:
    each = lot.integers(3, 9, shape.mentors).astype(np.int32)
    row, skill = _drawn(shape.mentors, each, lot)
    return Ragged.of(shape.mentors, row, skill, 20 * lot.integers(1, 6, len(row)))


def _wishes(shape: Shape, lot: np.random.Generator) -> Bonus:
    """Three different mentors each, the well-known ones more often."""
    ranks = min(len(WISHES), shape.mentors)
    first = (shape.mentors * lot.random(shape.mentees) ** 1.5).astype(np.int64)
    steps = np.cumsum(lot.integers(1, max(2, shape.mentors // 3), (shape.mentees, ranks)), axis=1) - 1
    mentor = (first[:, None] + steps) % shape.mentors
    mentee = np.repeat(np.arange(shape.mentees), ranks)
    points = np.tile(WISHES[:ranks], shape.mentees)
    return Bonus("wish", mentee.astype(np.int32), mentor.ravel().astype(np.int32), points.astype(np.int32))


def _managers(shape: Shape, lot: np.random.Generator) -> Longs:
    """Mentees report to mentors, mentors to a twelfth of them, and these to nobody."""
    mentors = shape.mentees + np.arange(shape.mentors)
    top = max(1, shape.mentors // 12)
    managers = np.full(shape.mentees + shape.mentors, -1, dtype=np.int64)
    managers[:shape.mentees] = lot.choice(mentors, shape.mentees)
    managers[shape.mentees + top:] = shape.mentees + lot.integers(0, top, shape.mentors - top)
    return managers
